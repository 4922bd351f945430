import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

import { UIDS } from '../../../content-types';
import { parse } from '../contracts/parse';
import { suggestionsRequestSchema, type Story, type SuggestionsAnswer } from '../contracts/picker';
import { mayFind } from '../services/may-find';
import { limited } from '../suggestions/access';
import { suggestionsOf } from '../suggestions/service';

interface Context {
  request: { body: unknown };
  state: { auth: unknown };
  body: unknown;
}

const saysNothing = ({ title, description, body, topics }: Story) => !title && !description && !body && topics === undefined;

/**
 * Suggestions for those who hold a token. What they learn is of published stories alone, and topics and stories are told of only to those who
 * may `find` them, as in Strapi's own answers.
 */
export const suggestions = ({ strapi }: { strapi: Core.Strapi }) => {
  const may = ({ state }: Context, uid: string) => mayFind(strapi, state.auth, uid);

  /** A story that is named and no more must be there to be read. */
  const checkStory = async (story: Story): Promise<void> => {
    if (!story.documentId || !saysNothing(story)) return;
    const where = { documentId: story.documentId, publishedAt: { $notNull: true } };
    if ((await strapi.db.query(UIDS['curated-content']).count({ where })) > 0) return;
    throw new errors.NotFoundError(
      `There is no published story ${story.documentId}. Send its title, body and topics to get suggestions for a draft.`,
    );
  };

  return {
    async find(ctx: Context) {
      const { story, picked = [], limit } = parse(suggestionsRequestSchema, ctx.request.body);
      const stories = await may(ctx, UIDS['curated-content']);
      const access = limited(strapi, { topics: await may(ctx, UIDS.topic), stories });
      if (stories) await checkStory(story);
      const service = suggestionsOf(strapi);
      ctx.body = { data: await service.suggest(story, { limit, exclude: picked, access, state: 'published' }) } satisfies SuggestionsAnswer;
    },
  };
};
