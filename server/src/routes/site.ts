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

import { handlerOf, scopeOf } from './for-sites';

const handler = handlerOf('site');

const FEEDS = { rss: rssSchema, atom: atomSchema, json: jsonFeedSchema };

const feed = (form: keyof typeof FEEDS) => ({
  method: 'GET',
  path: `/delivery/feed.${form}`,
  handler: handler('feed'),
  request: { query: feedQuerySchema.shape },
  response: FEEDS[form],
  config: scopeOf('find'),
});

/**
 * What a site asks about its addresses, and what it gives to feed readers and search engines. Who may find answers may find all of these, and who
 * may find one may resolve a path.
 */
export const siteRoutes = [
  {
    method: 'GET',
    path: '/delivery/resolve',
    handler: handler('resolve'),
    request: { query: resolveQuerySchema.shape },
    response: resolveAnswerSchema,
    config: scopeOf('findOne'),
  },
  {
    method: 'GET',
    path: '/delivery/redirects',
    handler: handler('redirects'),
    request: { query: redirectsQuerySchema.shape },
    response: redirectsAnswerSchema,
    config: scopeOf('find'),
  },
  feed('rss'),
  feed('atom'),
  feed('json'),
  {
    method: 'GET',
    path: '/delivery/sitemap.xml',
    handler: handler('sitemap'),
    request: { query: sitemapQuerySchema.shape },
    response: sitemapSchema,
    config: scopeOf('find'),
  },
];
