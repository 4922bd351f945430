'use strict';

/** Starts the playground with its two accounts, tells the parent process where it listens, and goes on until it is told to stop. */

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const { createStrapi } = require('@strapi/strapi');

const PLAYGROUND = path.resolve(__dirname, '..', '..', 'playground');
const ACCOUNTS_FILE = process.env.ACCOUNTS_FILE ?? path.join(PLAYGROUND, '.tmp', 'accounts.json');

const PEOPLE = [
  { email: 'editor@curation.example', firstname: 'Edith', lastname: 'Editor', role: 'strapi-editor' },
  { email: 'admin@curation.example', firstname: 'Ada', lastname: 'Admin', role: 'strapi-super-admin' },
];

/** Strapi asks for a small letter, a capital and a digit. */
const makePassword = () => `Aa1-${crypto.randomBytes(12).toString('base64url')}`;

const readPasswords = () => {
  try {
    return JSON.parse(fs.readFileSync(ACCOUNTS_FILE, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
};

const savePasswords = (passwords) => {
  fs.mkdirSync(path.dirname(ACCOUNTS_FILE), { recursive: true });
  fs.writeFileSync(ACCOUNTS_FILE, JSON.stringify(passwords, null, 2), { mode: 0o600 });
};

/**
 * Strapi gives its Editor every content type on the very first start only: where the plugin joined later, the role has never heard of it.
 */
const letEditorEdit = async (strapi) => {
  const admin = (name) => strapi.service(`admin::${name}`);
  const { id } = await admin('role').findOne({ code: 'strapi-editor' });
  const actions = admin('permission').actionProvider.values();
  const wanted = admin('content-type')
    .getPermissionsWithNestedFields(actions.filter(({ section }) => section === 'contentTypes'))
    .filter(({ subject }) => subject.startsWith('plugin::curation.'));
  // Nobody may merge who was not allowed to.
  wanted.push({ action: 'plugin::curation.topics.merge', subject: null, properties: {}, conditions: [] });
  const granted = await admin('permission').findMany({ where: { role: { id } } });
  const missing = wanted.filter(({ action, subject }) => !granted.some((own) => own.action === action && own.subject === subject));
  if (missing.length > 0) await admin('role').addPermissions(id, missing);
};

/** Opens the ready answers, as an app does under Settings > Users & Permissions > Roles > Public; Strapi's own routes the playground opens. */
const letEverybodyPull = async (strapi) => {
  const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' }, populate: ['permissions'] });
  for (const action of ['plugin::curation.delivery.find', 'plugin::curation.delivery.findOne']) {
    if (role.permissions.some((granted) => granted.action === action)) continue;
    await strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: role.id } });
  }
};

const ensureAccounts = async (strapi) => {
  const users = strapi.service('admin::user');
  const passwords = readPasswords();
  const accounts = [];
  for (const { role, ...person } of PEOPLE) {
    const known = await strapi.db.query('admin::user').findOne({ where: { email: person.email } });
    const kept = passwords[person.email];
    const password = kept ?? makePassword();
    passwords[person.email] = password;
    if (!known) {
      const { id } = await strapi.service('admin::role').findOne({ code: role });
      await users.create({ ...person, password, roles: [id], isActive: true, registrationToken: null });
    } else if (!kept) {
      await users.updateById(known.id, { password });
    }
    const changed = known && kept && !(await strapi.service('admin::auth').validatePassword(kept, known.password));
    accounts.push({ email: person.email, password: changed ? '(the one you changed it to)' : password });
  }
  savePasswords(passwords);
  return accounts;
};

const serve = async () => {
  const strapi = createStrapi({ appDir: PLAYGROUND, distDir: PLAYGROUND });
  strapi.log.level = 'warn';
  // Whoever started this is gone; half a Strapi cannot be shut down in good order.
  process.once('disconnect', () => (strapi.isLoaded ? process.emit('SIGTERM') : process.exit(1)));
  await strapi.load();
  await letEditorEdit(strapi);
  await letEverybodyPull(strapi);
  const accounts = await ensureAccounts(strapi);
  const { host, port } = strapi.config.get('server');
  // strapi.start() would print a page of its own about the project and its address.
  strapi.server.mount().listen(port, host, () => process.send?.({ port: strapi.server.httpServer.address().port, accounts }));
};

serve().catch((error) => {
  console.error(error);
  process.exit(1);
});
