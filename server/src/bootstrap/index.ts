import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import { ACTIONS } from '../constants';
import { extendSlugField } from '../content-manager/slug-field';
import type { DeliveryService } from '../delivery/service';
import { sharePublicPermissions } from '../delivery/share-public-permissions';
import { runMigrations } from '../migrations/run-migrations';
import { readDefaultLocale } from '../services/locale';
import { startSuggestions } from '../suggestions/start';
import { configureViews } from '../views/configure-views';
import { configOf } from '../config/config-of';

export const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await readDefaultLocale(strapi);
  extendSlugField(strapi);
  await strapi.service('admin::permission').actionProvider.registerMany([...ACTIONS]);
  const { configureViews: wanted } = configOf(strapi);
  // The Content Manager makes its own views in its bootstrap, which runs before those of plugins that are not Strapi's.
  if (wanted) await configureViews(strapi);
  sharePublicPermissions(strapi);
  await (strapi.plugin(PLUGIN_ID).service('delivery') as unknown as DeliveryService).prepare();
  await runMigrations(strapi);
  startSuggestions(strapi);
};
