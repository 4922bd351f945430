import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import { feedQuerySchema, redirectsQuerySchema, resolveQuerySchema, sitemapQuerySchema } from '../contracts/site';
import { feedRecipe, redirectsRecipe, resolveRecipe, sitemapRecipe } from '../delivery/answers/site-recipes';
import { FEEDS, type FeedForm } from '../delivery/feeds/formats';
import type { Context } from '../delivery/http/context';
import { createServe } from '../delivery/http/serve';
import { FORMATS } from '../delivery/redirects/formats';
import { servedOf } from '../delivery/served-attributes';
import { siteOf } from '../services/site';

/** The router does not mind letter case and a slash at the end. */
const pathOf = ({ path }: Context) => path.toLowerCase().replace(/\/+$/, '');

const formOf = (ctx: Context) => pathOf(ctx).split('.').at(-1) as FeedForm;

/** What a site asks about its addresses, and what it gives to feed readers and search engines. */
export const site = ({ strapi }: { strapi: Core.Strapi }) => {
  const serve = createServe(strapi);
  const own = () => ({
    site: siteOf(strapi),
    origin: strapi.config.get<string>('server.absoluteUrl', 'http://localhost:1337').replace(/\/+$/, ''),
    isDated: servedOf(strapi, 'curated-content').dates.includes('updatedAt'),
  });
  /** Where others find what a request asks for, without its query: on the site where its server passes it on, else here. */
  const addressOf = (ctx: Context) => {
    const name = pathOf(ctx).split('/').at(-1)!;
    const {
      site: { url, addresses },
      origin,
    } = own();
    const passedOn = addresses?.[name as keyof typeof addresses];
    if (passedOn !== undefined) return url + passedOn;
    const prefix = strapi.config.get<string>('api.rest.prefix', '/api');
    return `${origin}${prefix}/${PLUGIN_ID}/delivery/${name}`;
  };

  return {
    resolve: serve(resolveQuerySchema, ({ path }, kitchen) => resolveRecipe(kitchen, own(), path)),
    redirects: serve(redirectsQuerySchema, ({ format }, kitchen) => redirectsRecipe(kitchen, own(), format), {
      typeOf: ({ format }) => (format === 'json' ? 'application/json; charset=utf-8' : FORMATS[format].type),
    }),
    feed: serve(
      feedQuerySchema,
      ({ topic }, kitchen, ctx) => {
        const address = `${addressOf(ctx)}${topic === undefined ? '' : `?topic=${encodeURIComponent(topic)}`}`;
        return feedRecipe(kitchen, own(), formOf(ctx), address, topic);
      },
      { typeOf: (_, ctx) => FEEDS[formOf(ctx)].type },
    ),
    sitemap: serve(sitemapQuerySchema, ({ page }, kitchen, ctx) => sitemapRecipe(kitchen, own(), addressOf(ctx), page), {
      typeOf: () => 'application/xml; charset=utf-8',
    }),
  };
};

export type SiteController = ReturnType<typeof site>;
