import { factories } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../../content-types';

import { createDeliveryService } from '../delivery/service';
import { createDerived } from '../derived';
import { createLinks } from '../editing/links';
import { createMerges } from '../editing/merges';
import { createOverview } from '../editing/overview';
import { createUndoing } from '../editing/undoing';
import { createUsage } from '../editing/usage';
import { createSuggestions } from '../suggestions/service';

import { createHost } from './host';

/** Strapi's own services of the three types, which its controllers call, and what the plugin's other parts offer each other. */
export const services = {
  ...Object.fromEntries(CONTENT_TYPES.map((type) => [type, factories.createCoreService(UIDS[type])])),
  host: createHost,
  suggestions: createSuggestions,
  derived: createDerived,
  delivery: createDeliveryService,
  usage: createUsage,
  merges: createMerges,
  links: createLinks,
  overview: createOverview,
  undoing: createUndoing,
};
