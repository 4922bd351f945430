import { factories } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../../content-types';

import { createHost } from './host';

/** Strapi's own services of the three types, which its controllers call, and the migration engine's host. */
export const services = {
  ...Object.fromEntries(CONTENT_TYPES.map((type) => [type, factories.createCoreService(UIDS[type])])),
  host: createHost,
};
