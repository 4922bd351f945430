'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const FILE = path.join(__dirname, '..', '.tmp', 'secrets.json');
const secret = () => crypto.randomBytes(24).toString('base64');

/**
 * Secrets of this one machine, made when they are first needed. 'wx' lets the first of several processes that start together win.
 */
const readOrMake = () => {
  fs.mkdirSync(path.dirname(FILE), { recursive: true });
  const made = {
    appKeys: [secret(), secret()],
    apiTokenSalt: secret(),
    adminJwtSecret: secret(),
    transferTokenSalt: secret(),
    jwtSecret: secret(),
    encryptionKey: secret(),
  };
  try {
    fs.writeFileSync(FILE, JSON.stringify(made, null, 2), { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return JSON.parse(fs.readFileSync(FILE, 'utf8'));
  }
};

module.exports = readOrMake();
