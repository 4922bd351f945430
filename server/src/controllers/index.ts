import { factories } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../../content-types';

import { delivery } from './delivery';
import { editing } from './editing';
import { picker } from './picker';
import { suggestions } from './suggestions';
import { site } from './site';

export const controllers = {
  /** Strapi's own find, findOne, create, update and delete for the three types. */
  ...Object.fromEntries(CONTENT_TYPES.map((type) => [type, factories.createCoreController(UIDS[type])])),
  picker,
  suggestions,
  delivery,
  editing,
  site,
};
