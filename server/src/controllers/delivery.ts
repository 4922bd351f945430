import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Context } from '../delivery/http/context';

import {
  contentsQuerySchema,
  CURSOR_EXPIRED,
  noQuerySchema,
  pageQuerySchema,
  syncQuerySchema,
  type ContentsQuery,
} from '../contracts/delivery';
import type { Recipe } from '../delivery/answers/answer';
import { contentRecipe, contentsRecipe, termRecipe, termsRecipe } from '../delivery/answers/recipes';
import type { Kitchen } from '../delivery/answers/kitchen';
import type { Rights } from '../delivery/answers/rights';
import { CursorExpired, syncRecipe } from '../delivery/answers/sync';
import type { TermType } from '../delivery/answers/terms';
import { createServe } from '../delivery/http/serve';

const RIGHT: Record<TermType, keyof Rights> = { topic: 'topics', offering: 'offerings' };

/** As Strapi answers a filter on a relation that the caller may not see. */
const refuseHidden = ({ topic, offering }: ContentsQuery, rights: Rights): void => {
  for (const [key, value, isSeen] of [
    ['topic', topic, rights.topics],
    ['offering', offering, rights.offerings],
  ] as const) {
    if (value !== undefined && !isSeen) throw new errors.ValidationError(`Invalid key ${key}`, { path: key, source: 'query' });
  }
};

/** Ready answers for sites. The routes have checked who asks; what a caller may not see besides is left out. */
export const delivery = ({ strapi }: { strapi: Core.Strapi }) => {
  const serve = createServe(strapi);

  const slugOf = (ctx: Context) => String((ctx.params as Record<string, string>).slug);

  /** Topics and offerings themselves are for those who may `find` them. */
  const visible = (type: TermType, recipe: (kitchen: Kitchen) => Recipe, kitchen: Kitchen): Recipe => {
    if (!kitchen.rights[RIGHT[type]]) throw new errors.ForbiddenError();
    return recipe(kitchen);
  };
  const terms = (type: TermType) =>
    serve(pageQuerySchema, (query, kitchen) => visible(type, (own) => termsRecipe(own, type, query), kitchen));
  const term = (type: TermType) =>
    serve(pageQuerySchema, (query, kitchen, ctx) => visible(type, (own) => termRecipe(own, type, slugOf(ctx), query), kitchen));

  const sync = serve(syncQuerySchema, (query, kitchen) => syncRecipe(kitchen, query));

  return {
    find: serve(contentsQuerySchema, (query, kitchen) => {
      refuseHidden(query, kitchen.rights);
      return contentsRecipe(kitchen, query);
    }),
    findOne: serve(noQuerySchema, (_, kitchen, ctx) => contentRecipe(kitchen, slugOf(ctx))),
    topics: terms('topic'),
    topic: term('topic'),
    offerings: terms('offering'),
    offering: term('offering'),

    async sync(ctx: Context): Promise<void> {
      try {
        await sync(ctx);
      } catch (error) {
        if (!(error instanceof CursorExpired)) throw error;
        ctx.set('Cache-Control', 'no-store');
        ctx.gone(
          'The cursor is from before the answers were built anew or restored, too old, or from when you could see more or less. Start again without a cursor.',
          { name: CURSOR_EXPIRED },
        );
      }
    },
  };
};
