'use strict';

const secrets = require('./secrets');

module.exports = ({ env }) => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  dirs: { public: env('PUBLIC_DIR', 'public') },
  logger: { updates: { enabled: false } },
  app: { keys: env.array('APP_KEYS', secrets.appKeys) },
});
