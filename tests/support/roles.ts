import { randomUUID } from 'node:crypto';

import { SCHEMAS } from '../../content-types';
import type { Permission } from './administrators';
import type { Account } from './playground';

const PASSWORD = 'Aa1-only-in-tests';

/** Strapi lets nobody log in more than a few times in a minute. */
const tokens = new Map<string, string>();

/** Makes a role with these permissions in a Strapi of another process, and somebody who has it: by the routes of Strapi's own panel. */
export const createAccount = async (url: string, admin: Account, permissions: Permission[]): Promise<Account> => {
  const key = `${url} ${admin.email}`;
  const ask = async (method: string, path: string, body: object) => {
    const response = await fetch(`${url}/admin/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(tokens.has(key) && { authorization: `Bearer ${tokens.get(key)}` }) },
      body: JSON.stringify(body),
    });
    const { data, error } = (await response.json()) as { data: any; error?: unknown };
    if (error) throw new Error(`${method} /admin/${path}: ${JSON.stringify(error)}`);
    return data;
  };
  if (!tokens.has(key)) tokens.set(key, (await ask('POST', 'login', admin)).token);
  const name = `role-${randomUUID()}`;
  const role = await ask('POST', 'roles', { name, description: '' });
  await ask('PUT', `roles/${role.id}/permissions`, {
    permissions: permissions.map(({ action, type, fields = Object.keys(SCHEMAS[type].attributes), conditions = [] }) => ({
      action: `plugin::content-manager.explorer.${action}`,
      subject: `plugin::curation.${type}`,
      properties: ['delete', 'publish'].includes(action) ? {} : { fields },
      conditions,
    })),
  });
  const account = { email: `${name}@curation.example`, password: PASSWORD };
  const user = await ask('POST', 'users', { firstname: 'Robin', lastname: 'Reduced', email: account.email, roles: [role.id] });
  await ask('PUT', `users/${user.id}`, { password: PASSWORD, isActive: true });
  return account;
};
