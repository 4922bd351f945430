import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import type { Story } from '../contracts/picker';
import type { State } from './index/stories';

const TEXTS = ['title', 'description', 'body'] as const;

/** A story of a form, with what the form did not say read from the stored one. */
export const completeStory = async (strapi: Core.Strapi, story: Story, state: State): Promise<Story> => {
  const { documentId } = story;
  const missing = TEXTS.filter((name) => story[name] === undefined);
  if (!documentId || (missing.length === 0 && story.topics)) return story;
  const stored = await strapi.db.query(UIDS['curated-content']).findOne({
    select: missing.length > 0 ? missing : ['id'],
    where: { documentId, publishedAt: state === 'draft' ? null : { $notNull: true } },
    ...(!story.topics && { populate: { topics: { select: ['documentId'] } } }),
  });
  if (!stored) return story;
  return {
    ...Object.fromEntries(missing.map((name) => [name, stored[name]])),
    ...story,
    topics: story.topics ?? stored.topics.map((topic: { documentId: string }) => topic.documentId),
  };
};
