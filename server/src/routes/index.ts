import { factories } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../../content-types';

const routers = CONTENT_TYPES.map((type) => factories.createCoreRouter(UIDS[type]));

/** `/api/curation/curated-contents`, `/api/curation/topics`, `/api/curation/offerings`, with Strapi's own parameters and permissions. */
export const routes = {
  'content-api': {
    type: 'content-api',
    get routes() {
      return routers.flatMap(({ routes: own }) => (typeof own === 'function' ? own() : own));
    },
  },
};
