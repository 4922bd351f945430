import type { Core } from '@strapi/strapi';

import { SCHEMAS, type ContentType } from '../../content-types';

interface Reply {
  status: number;
  body: any;
}

/** Somebody who is logged in to the panel: the requests that the panel makes for them. */
export interface Administrator {
  get(path: string): Promise<Reply>;
  post(path: string, body: object): Promise<Reply>;
  put(path: string, body: object): Promise<Reply>;
}

export interface Permission {
  action: 'create' | 'read' | 'update' | 'delete' | 'publish';
  type: ContentType;
  /** All of them without it. */
  fields?: string[];
  conditions?: string[];
}

const PASSWORD = 'Curation-2026';

let number = 0;

/** Requests of the panel, as nobody or with a token. */
export const administrator = (url: string, token?: string): Administrator => {
  const request = async (method: string, path: string, data?: object): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(data && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(data && { body: JSON.stringify(data) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  };
  return {
    get: (path) => request('GET', path),
    post: (path, body) => request('POST', path, body),
    put: (path, body) => request('PUT', path, body),
  };
};

const logIn = async (strapi: Core.Strapi, url: string, role: number): Promise<Administrator> => {
  number += 1;
  const email = `administrator-${number}@curation.example`;
  await strapi
    .service('admin::user')
    .create({ email, firstname: 'Ada', lastname: 'Min', password: PASSWORD, isActive: true, roles: [role] });
  const { body } = await administrator(url).post('/admin/login', { email, password: PASSWORD });
  return administrator(url, body.data.token);
};

/**
 * A new administrator with a role that may do just this in the Content Manager.
 *
 * @param actions of plugins' own that the role may do, such as `plugin::curation.topics.merge`
 */
export const logInWith = async (
  strapi: Core.Strapi,
  url: string,
  permissions: readonly Permission[],
  actions: readonly string[] = [],
): Promise<Administrator> => {
  number += 1;
  const roles = strapi.service('admin::role') as unknown as Record<string, (...args: any[]) => Promise<any>>;
  const role = await roles.create!({ name: `role ${number}`, description: '' });
  await roles.assignPermissions!(role.id, [
    ...actions.map((action) => ({ action, subject: null, properties: {}, conditions: [] })),
    ...permissions.map(({ action, type, fields = Object.keys(SCHEMAS[type].attributes), conditions = [] }) => ({
      action: `plugin::content-manager.explorer.${action}`,
      subject: `plugin::curation.${type}`,
      properties: ['delete', 'publish'].includes(action) ? {} : { fields },
      conditions,
    })),
  ]);
  return logIn(strapi, url, role.id);
};

/** A new super admin. */
export const logInAsSuperAdmin = async (strapi: Core.Strapi, url: string): Promise<Administrator> => {
  const { id } = (await strapi.service('admin::role').getSuperAdmin()) as { id: number };
  return logIn(strapi, url, id);
};
