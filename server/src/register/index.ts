import type { Core } from '@strapi/strapi';

import { MODELS } from '../../../content-types/tables/models';
import { watchWrites } from '../derived/watch-writes';
import { documentsMiddleware } from '../documents/middleware';
import { registerSuggestOfferings } from '../mcp/suggest-offerings';
import { REFRESHED_EVENT, RUN_EVENT } from '../services/announce';
import { keepUniqueKeys } from '../unique-keys/keep-unique-keys';
import { watchNewViews } from '../views/new-views';

export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  for (const model of MODELS) strapi.get('models').add(model);
  // Here and not in bootstrap: other plugins and the app may write entries in theirs.
  keepUniqueKeys(strapi);
  watchWrites(strapi);
  // The Content Manager makes its views in its bootstrap, which is before the plugin's.
  watchNewViews(strapi);
  strapi.get('webhookStore').addAllowedEvent('CURATION_RUN', RUN_EVENT);
  strapi.get('webhookStore').addAllowedEvent('CURATION_REFRESHED', REFRESHED_EVENT);
  strapi.documents.use(documentsMiddleware(strapi));
  registerSuggestOfferings(strapi);
};
