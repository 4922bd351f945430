import type { Core } from '@strapi/strapi';

import { encodePath } from '../../../content-types/rules/site-path';
import type { SiteConfig } from '../config';
import { configOf } from '../config/config-of';

/** The site that the stories are for, as the configuration describes it. */
export interface Site extends SiteConfig {
  /** Without a slash at its end. */
  url: string;
  /** A page's address, from a path in its one form. */
  addressOf(path: string): string;
  /** A page's path as an address holds it, with the slash at its end that the site wants. */
  hrefOf(path: string): string;
}

const siteConfig = (strapi: Core.Strapi): SiteConfig => configOf(strapi).site;

/** The site, with Strapi's own address where none is configured. */
export const siteOf = (strapi: Core.Strapi): Site => {
  const site = siteConfig(strapi);
  const url = (site.url ?? strapi.config.get<string>('server.absoluteUrl', 'http://localhost:1337')).replace(/\/+$/, '');
  const hrefOf = (path: string) => {
    const href = encodePath(path);
    return site.trailingSlash && !href.endsWith('/') ? `${href}/` : href;
  };
  return { ...site, url, hrefOf, addressOf: (path) => url + hrefOf(path) };
};

/** Whether an address is one of the site's own; of none where no site is configured. */
export const isOwnHost = (strapi: Core.Strapi, host: string): boolean => {
  const { url } = siteConfig(strapi);
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '');
  return url !== undefined && bare(new URL(url).host) === bare(host);
};
