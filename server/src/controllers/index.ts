import { factories } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../../content-types';

/** Strapi's own find, findOne, create, update and delete for the three types. */
export const controllers = Object.fromEntries(CONTENT_TYPES.map((type) => [type, factories.createCoreController(UIDS[type])]));
