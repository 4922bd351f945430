import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import type { CurationConfig } from '../config';

/** Whether an address is one of the site's own; of none where no site is configured. */
export const isOwnHost = (strapi: Core.Strapi, host: string): boolean => {
  const { url } = strapi.config.get<CurationConfig>(`plugin::${PLUGIN_ID}`).site;
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '');
  return url !== undefined && bare(new URL(url).host) === bare(host);
};
