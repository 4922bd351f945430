import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import type { Suggestions } from '../suggestions/service';

export const destroy = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  const suggestions: Suggestions = strapi.plugin(PLUGIN_ID).service('suggestions');
  await suggestions.index.stop();
};
