import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import { derivedOf } from '../derived';
import { webhooksSent } from '../services/announce';
import type { Suggestions } from '../suggestions/service';

export const destroy = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  const { worker } = derivedOf(strapi);
  // After a command nobody may be there to go on: a server that is running would, but there need not be one.
  if (strapi.config.get<boolean>('curation.commandLine', false) && worker.hasWork) {
    await worker.drain();
    await webhooksSent(strapi);
  }
  await worker.stop();
  const suggestions: Suggestions = strapi.plugin(PLUGIN_ID).service('suggestions');
  await suggestions.index.stop();
};
