import { factories } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../../content-types';

import { createSuggestions } from '../suggestions/service';

import { createHost } from './host';

/** Strapi's own services of the three types, which its controllers call, the migration engine's host, and what fits a story. */
export const services = {
  ...Object.fromEntries(CONTENT_TYPES.map((type) => [type, factories.createCoreService(UIDS[type])])),
  host: createHost,
  suggestions: createSuggestions,
};
