import type { Core } from '@strapi/strapi';

import { parse } from '../contracts/parse';
import {
  dismissalRequestSchema,
  offeringsRequestSchema,
  searchRequestSchema,
  suggestionsRequestSchema,
  type DismissalAnswer,
  type OfferingsAnswer,
  type SearchAnswer,
  type SuggestionsAnswer,
} from '../contracts/picker';
import { accessOf } from '../suggestions/access';
import { suggestionsOf } from '../suggestions/service';

interface Context {
  request: { body: unknown };
  state: { userAbility: unknown };
  body: unknown;
}

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
      await service().dismiss(dismissal);
      ctx.body = { data: dismissal } satisfies DismissalAnswer;
    },
  };
};
