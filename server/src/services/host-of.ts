import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import type { Host } from '../../../migrations/apply/host';

/** What the migration engine has of this Strapi. */
export const hostOf = (strapi: Core.Strapi): Host => strapi.plugin(PLUGIN_ID).service('host') as unknown as Host;
