import type { Core } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS, type ContentType } from '../../../content-types';

const CORE_STORE = 'strapi::core-store' as Parameters<Core.Strapi['db']['query']>[0];

const PREFIX = 'plugin_content_manager_configuration_content_types::';

const made = new WeakMap<Core.Strapi, Set<ContentType>>();

/**
 * Sees which views the Content Manager makes in its bootstrap: those of types that are new to it, also because the plugin was uninstalled for a
 * while and Strapi dropped them. Later nothing tells such a view from one that an editor has put back to Strapi's default.
 */
export const watchNewViews = (strapi: Core.Strapi): void => {
  const types = new Set<ContentType>();
  made.set(strapi, types);
  strapi.db.lifecycles.subscribe({
    models: [CORE_STORE],
    afterCreate({ params }) {
      const type = CONTENT_TYPES.find((each) => params.data?.key === `${PREFIX}${UIDS[each]}`);
      if (type) types.add(type);
    },
  });
};

/** True for a view that the Content Manager has made since Strapi started. */
export const isNewView = (strapi: Core.Strapi, type: ContentType): boolean => made.get(strapi)?.has(type) ?? false;
