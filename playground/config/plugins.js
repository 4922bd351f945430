'use strict';

const path = require('node:path');

const secrets = require('./secrets');

module.exports = ({ env }) => ({
  curation: { enabled: true, resolve: path.resolve(__dirname, '..', '..') },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET', secrets.jwtSecret) } },
});
