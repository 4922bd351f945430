import type { Core } from '@strapi/strapi';

import { derivedOf } from '../derived';
import { webhooksSent } from '../services/announce';
import { isCommand } from '../config/config-of';
import { suggestionsOf } from '../suggestions/service';

export const destroy = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  const { worker } = derivedOf(strapi);
  // After a command nobody may be there to go on: a server that is running would, but there need not be one.
  if (isCommand(strapi) && worker.hasWork) {
    await worker.drain();
    await webhooksSent(strapi);
  }
  await worker.stop();
  const suggestions = suggestionsOf(strapi);
  await suggestions.index.stop();
};
