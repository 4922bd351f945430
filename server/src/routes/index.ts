import { factories } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../../content-types';

import { deliveryRoutes } from './delivery';
import { editingRoutes } from './editing';
import { pickerRoutes } from './picker';
import { suggestionRoutes } from './suggestions';
import { siteRoutes } from './site';

const routers = CONTENT_TYPES.map((type) => factories.createCoreRouter(UIDS[type]));

export const routes = {
  /** What the plugin's half of the panel asks: `/curation/…`, for people who are logged in. */
  admin: { type: 'admin', routes: [...pickerRoutes, ...editingRoutes] },

  /**
   * `/api/curation/curated-contents`, `/api/curation/topics`, `/api/curation/offerings`, with Strapi's own parameters and permissions,
   * `/api/curation/delivery`, and `/api/curation/suggestions`.
   */
  'content-api': {
    type: 'content-api',
    get routes() {
      return [
        ...deliveryRoutes,
        ...siteRoutes,
        ...routers.flatMap(({ routes: own }) => (typeof own === 'function' ? own() : own)),
        ...suggestionRoutes,
      ];
    },
  },
};
