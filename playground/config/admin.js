'use strict';

const secrets = require('./secrets');

module.exports = ({ env }) => ({
  auth: { secret: env('ADMIN_JWT_SECRET', secrets.adminJwtSecret) },
  apiToken: { salt: env('API_TOKEN_SALT', secrets.apiTokenSalt) },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT', secrets.transferTokenSalt) } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY', secrets.encryptionKey) },
  flags: { nps: false, promoteEE: false },
});
