import { PLUGIN_ID } from '../../../content-types';
import {
  atomSchema,
  feedQuerySchema,
  jsonFeedSchema,
  redirectsAnswerSchema,
  redirectsQuerySchema,
  resolveAnswerSchema,
  resolveQuerySchema,
  rssSchema,
  sitemapQuerySchema,
  sitemapSchema,
} from '../contracts/site';
import type { SiteController } from '../controllers/site';
import type { Context } from '../delivery/http/context';

type Action = keyof SiteController;

/**
 * Goes to the controller without Strapi taking its name for a permission: who may find answers may find all of these, and who may find one
 * may resolve a path.
 */
const to = (action: Action) => (ctx: Context) => {
  const controller: SiteController = strapi.plugin(PLUGIN_ID).controller('site');
  return controller[action](ctx);
};

const scope = (action: 'find' | 'findOne') => ({ auth: { scope: [`plugin::${PLUGIN_ID}.delivery.${action}`] } });

const FEEDS = { rss: rssSchema, atom: atomSchema, json: jsonFeedSchema };

const feed = (form: keyof typeof FEEDS) => ({
  method: 'GET',
  path: `/delivery/feed.${form}`,
  handler: to('feed'),
  request: { query: feedQuerySchema.shape },
  response: FEEDS[form],
  config: scope('find'),
});

/** What a site asks about its addresses, and what it gives to feed readers and search engines. */
export const siteRoutes = [
  {
    method: 'GET',
    path: '/delivery/resolve',
    handler: to('resolve'),
    request: { query: resolveQuerySchema.shape },
    response: resolveAnswerSchema,
    config: scope('findOne'),
  },
  {
    method: 'GET',
    path: '/delivery/redirects',
    handler: to('redirects'),
    request: { query: redirectsQuerySchema.shape },
    response: redirectsAnswerSchema,
    config: scope('find'),
  },
  feed('rss'),
  feed('atom'),
  feed('json'),
  {
    method: 'GET',
    path: '/delivery/sitemap.xml',
    handler: to('sitemap'),
    request: { query: sitemapQuerySchema.shape },
    response: sitemapSchema,
    config: scope('find'),
  },
];
