import { randomUUID } from 'node:crypto';

import { SCHEMAS } from '../../content-types';
import type { Permission } from './administrators';
import type { Account } from './playground';

const PASSWORD = 'Aa1-only-in-tests';

/** Makes a role with these permissions in a Strapi of another process, and somebody who has it: by the routes of Strapi's own panel. */
export const createAccount = async (url: string, admin: Account, permissions: Permission[]): Promise<Account> => {
  let token = '';
  const ask = async (method: string, path: string, body: object) => {
    const response = await fetch(`${url}/admin/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const { data, error } = (await response.json()) as { data: any; error?: unknown };
    if (error) throw new Error(`${method} /admin/${path}: ${JSON.stringify(error)}`);
    return data;
  };
  token = (await ask('POST', 'login', admin)).token;
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
