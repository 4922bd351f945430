import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import type { Story } from '../contracts/picker';
import { inOwnLocale } from '../services/locale';
import type { Access } from './access';
import type { State } from './index/stories';

const TEXTS = ['title', 'description', 'body'] as const;

/** A story of a form, with what the form did not say read from the stored one, as far as the caller may read it. */
export const completeStory = async (
  strapi: Core.Strapi,
  story: Story,
  { access, state }: { access: Access; state: State },
): Promise<Story> => {
  const { documentId } = story;
  const missing = TEXTS.filter((name) => story[name] === undefined && access.story.has(name));
  const needsTopics = story.topics === undefined && access.story.has('topics');
  if (!documentId || (missing.length === 0 && !needsTopics)) return story;
  const stored = await strapi.db.query(UIDS['curated-content']).findOne({
    select: missing.length > 0 ? missing : ['id'],
    where: { documentId, ...inOwnLocale(strapi, UIDS['curated-content']), publishedAt: state === 'draft' ? null : { $notNull: true } },
    ...(needsTopics && { populate: { topics: { select: ['documentId'] } } }),
  });
  if (!stored) return story;
  return {
    ...Object.fromEntries(missing.map((name) => [name, stored[name]])),
    ...story,
    ...(needsTopics && { topics: stored.topics.map((topic: { documentId: string }) => topic.documentId) }),
  };
};
