import type { Core } from '@strapi/strapi';

import { MODELS } from '../../../content-types/tables/models';

export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  for (const model of MODELS) strapi.get('models').add(model);
};
