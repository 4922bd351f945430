'use strict';

const path = require('node:path');

const secrets = require('./secrets');

module.exports = ({ env }) => ({
  curation: {
    enabled: true,
    resolve: path.resolve(__dirname, '..', '..'),
    // Where the site would stand: feeds and the sitemap need whole addresses.
    config: { site: { url: env('SITE_URL', 'https://www.site.example') } },
  },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET', secrets.jwtSecret) } },
});
