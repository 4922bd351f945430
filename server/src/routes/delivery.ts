import {
  contentAnswerSchema,
  contentsAnswerSchema,
  contentsQuerySchema,
  noQuerySchema,
  offeringAnswerSchema,
  offeringsAnswerSchema,
  pageQuerySchema,
  syncAnswerSchema,
  syncQuerySchema,
  topicAnswerSchema,
  topicsAnswerSchema,
} from '../contracts/delivery';

import { handlerOf, scopeOf } from './for-sites';

const handler = handlerOf('delivery');

const params = { slug: contentAnswerSchema.shape.data.shape.slug.unwrap().describe('The slug') };

/** What sites pull: `/api/curation/delivery/…`. */
export const deliveryRoutes = [
  {
    method: 'GET',
    path: '/delivery/contents',
    handler: 'delivery.find',
    request: { query: contentsQuerySchema.shape },
    response: contentsAnswerSchema,
    config: scopeOf('find'),
  },
  {
    method: 'GET',
    path: '/delivery/contents/:slug',
    handler: 'delivery.findOne',
    request: { params, query: noQuerySchema.shape },
    response: contentAnswerSchema,
    config: scopeOf('findOne'),
  },
  {
    method: 'GET',
    path: '/delivery/topics',
    handler: handler('topics'),
    request: { query: pageQuerySchema.shape },
    response: topicsAnswerSchema,
    config: scopeOf('find'),
  },
  {
    method: 'GET',
    path: '/delivery/topics/:slug',
    handler: handler('topic'),
    request: { params, query: pageQuerySchema.shape },
    response: topicAnswerSchema,
    config: scopeOf('findOne'),
  },
  {
    method: 'GET',
    path: '/delivery/offerings',
    handler: handler('offerings'),
    request: { query: pageQuerySchema.shape },
    response: offeringsAnswerSchema,
    config: scopeOf('find'),
  },
  {
    method: 'GET',
    path: '/delivery/offerings/:slug',
    handler: handler('offering'),
    request: { params, query: pageQuerySchema.shape },
    response: offeringAnswerSchema,
    config: scopeOf('findOne'),
  },
  {
    method: 'GET',
    path: '/delivery/sync',
    handler: handler('sync'),
    request: { query: syncQuerySchema.shape },
    response: syncAnswerSchema,
    config: scopeOf('find'),
  },
];
