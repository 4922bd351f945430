import type { Core } from '@strapi/strapi';
import type { z } from 'zod';

import { PLUGIN_ID } from '../../../../content-types';
import { NOT_BUILT } from '../../contracts/delivery';
import { parse } from '../../contracts/parse';
import type { Recipe } from '../answers/answer';
import type { Kitchen } from '../answers/kitchen';
import { rightsOf } from '../answers/rights';
import type { DeliveryService } from '../service';

import type { Context } from './context';
import { respond } from './respond';
import { configOf } from '../../config/config-of';

/** Seconds after which it makes sense to ask again whether the table is built. */
const RETRY_AFTER = 10;

/** Makes handlers of recipes: they check the query, and send the answer as caches want it; 503 while the table is being built. */
export const createServe =
  (strapi: Core.Strapi) =>
  <T extends z.ZodType>(
    schema: T,
    recipeOf: (query: z.infer<T>, kitchen: Kitchen, ctx: Context) => Recipe,
    { typeOf }: { typeOf?: (query: z.infer<T>, ctx: Context) => string } = {},
  ) =>
  async (ctx: Context): Promise<void> => {
    const query = parse(schema, ctx.query);
    const { host, cache, callers, generation, isServed }: DeliveryService = strapi.plugin(PLUGIN_ID).service('delivery');
    const [rights, sequence] = await Promise.all([rightsOf(strapi, ctx.state), generation()]);
    if (!isServed(sequence)) {
      ctx.set('Retry-After', String(RETRY_AFTER));
      ctx.set('Cache-Control', 'no-store');
      ctx.serviceUnavailable('The answers are being built; ask again in a few seconds.', { name: NOT_BUILT });
      return;
    }
    const { delivery: config } = configOf(strapi);
    const recipe = recipeOf(query, { host, rights, sequence }, ctx);
    const since = callers.since(ctx, rights, Date.now());
    await respond(ctx, recipe, { cache, sequence, since, config, type: typeOf?.(query, ctx) });
  };
