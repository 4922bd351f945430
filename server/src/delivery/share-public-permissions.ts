import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';

import { shareNext } from './share-next';

interface PermissionService {
  findPublicPermissions(): Promise<unknown[]>;
}

/** Users & Permissions is a plugin of its own, and an app may do without it. */
const USERS_PERMISSIONS = 'users-permissions';

/**
 * Strapi reads what the public may for each request, and for an answer that is ready this takes longer than the answer. Requests for this
 * plugin's routes that come while one reading is under way share the next. It begins after all of them came, so a permission that was taken
 * away is gone for the very next request, as ever. Other routes read for themselves: an app may have reasons to tell their callers apart.
 */
export const sharePublicPermissions = (strapi: Core.Strapi): void => {
  if (!(USERS_PERMISSIONS in strapi.plugins)) return;
  strapi.get('services').extend(`plugin::${USERS_PERMISSIONS}.permission`, (service: PermissionService) => {
    const read = service.findPublicPermissions.bind(service);
    const shared = shareNext(read);
    return {
      ...service,
      findPublicPermissions() {
        const { route } = (strapi.requestContext.get()?.state ?? {}) as { route?: { info?: { pluginName?: string } } };
        return route?.info?.pluginName === PLUGIN_ID ? shared() : read();
      },
    };
  });
};
