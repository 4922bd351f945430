import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

import { UIDS, type ContentType } from '../../../content-types';
import { parse } from '../contracts/parse';
import {
  dismissalRequestSchema,
  offeringsRequestSchema,
  searchRequestSchema,
  suggestionsRequestSchema,
  type DismissalAnswer,
  type DismissalRequest,
  type OfferingsAnswer,
  type SearchAnswer,
  type SuggestionsAnswer,
} from '../contracts/picker';
import { checkerOf, type Checker } from '../editing/checker';
import { demand } from '../editing/editor';
import { accessOf } from '../suggestions/access';
import { suggestionsOf } from '../suggestions/service';

interface Context {
  request: { body: unknown };
  state: { userAbility: unknown };
  body: unknown;
}

/**
 * Demands that an editor may change the offerings of the story: a dismissal is for everybody who picks for it.
 *
 * @throws NotFoundError, ForbiddenError
 */
const demandDismissal = async (strapi: Core.Strapi, checker: Checker, { story, offering }: DismissalRequest): Promise<void> => {
  const count = (type: ContentType, ...where: object[]): Promise<number> => strapi.db.query(UIDS[type]).count({ where: { $and: where } });
  const [there, offered] = await Promise.all([
    count('curated-content', { documentId: story }),
    count('offering', { documentId: offering }),
  ]);
  if (there === 0 || offered === 0) throw new errors.NotFoundError();
  demand((await count('curated-content', { documentId: story }, checker.where('update', 'relatedOfferings'))) > 0);
};

/** What the panel asks while an editor picks offerings; the routes have checked who asks. */
export const picker = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => suggestionsOf(strapi);
  const access = ({ state }: Context) => accessOf(strapi, state.userAbility);

  return {
    async search(ctx: Context) {
      const request = parse(searchRequestSchema, ctx.request.body);
      ctx.body = (await service().search(request, { access: await access(ctx) })) satisfies SearchAnswer;
    },
    async suggestions(ctx: Context) {
      const { story, picked = [], limit = 5 } = parse(suggestionsRequestSchema, ctx.request.body);
      ctx.body = {
        data: await service().suggest(story, { limit, exclude: picked, access: await access(ctx) }),
      } satisfies SuggestionsAnswer;
    },
    async offerings(ctx: Context) {
      const { documentIds, story } = parse(offeringsRequestSchema, ctx.request.body);
      ctx.body = { data: await service().offerings(documentIds, story, { access: await access(ctx) }) } satisfies OfferingsAnswer;
    },
    async dismiss(ctx: Context) {
      const dismissal = parse(dismissalRequestSchema, ctx.request.body);
      await demandDismissal(strapi, checkerOf(strapi, ctx.state.userAbility, 'curated-content'), dismissal);
      await service().dismiss(dismissal);
      ctx.body = { data: dismissal } satisfies DismissalAnswer;
    },
  };
};
