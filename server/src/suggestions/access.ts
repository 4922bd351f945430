import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';

/** The attributes of an offering that a role can be kept from reading. */
const FIELDS = ['name', 'slug', 'permalink', 'offeringId', 'type', 'editorialStatus', 'summary', 'website', 'logo', 'topics'] as const;

export type Field = (typeof FIELDS)[number];

/** What of a stored story suggestions are made by. */
const STORY_FIELDS = ['title', 'description', 'body', 'topics'] as const;

export type StoryField = (typeof STORY_FIELDS)[number];

/** What somebody may see of offerings, topics and stories. */
export interface Access {
  fields: ReadonlySet<Field>;
  /** Titles of stories, which stand in reasons. */
  stories: boolean;
  /** What may be read of the story that suggestions are for, where the caller does not say it. */
  story: ReadonlySet<StoryField>;
  /** Row ids of the only offerings that they may read, where a condition narrows the permission. */
  offerings?: readonly number[];
}

export const EVERYTHING: Access = { fields: new Set(FIELDS), stories: true, story: new Set(STORY_FIELDS) };

/** The same without what only the readers of topics or of stories may see. */
export const limited = ({ topics, stories }: { topics: boolean; stories: boolean }): Access => ({
  fields: new Set(FIELDS.filter((field) => topics || field !== 'topics')),
  stories,
  story: new Set(stories ? STORY_FIELDS : []),
});

interface Checker {
  can: { read(entity: null, field?: string): boolean };
  requiresEntity: { read(): boolean };
  sanitizedQuery: { read(query: object): Promise<Record<string, unknown>> };
}

/** What an administrator may see: the Content Manager's own permissions, fields and conditions included. */
export const accessOf = async (strapi: Core.Strapi, userAbility: unknown): Promise<Access> => {
  const checkerOf = (type: ContentType): Checker =>
    strapi.plugin('content-manager').service('permission-checker').create({ userAbility, model: UIDS[type] });
  const [offering, topic, story] = [checkerOf('offering'), checkerOf('topic'), checkerOf('curated-content')];
  const readable = FIELDS.filter((field) => offering.can.read(null, field));
  const fields = new Set(topic.can.read(null, 'name') ? readable : readable.filter((field) => field !== 'topics'));
  // A condition such as "is creator" would have to be asked for each story that is named: none is.
  const everyStory = !story.requiresEntity.read();
  const readableOfStory = new Set(everyStory ? STORY_FIELDS.filter((field) => story.can.read(null, field)) : []);
  const access: Access = { fields, stories: readableOfStory.has('title'), story: readableOfStory };
  if (!offering.requiresEntity.read()) return access;
  const query = strapi.get('query-params').transform(UIDS.offering, await offering.sanitizedQuery.read({}));
  const rows = await strapi.db.query(UIDS.offering).findMany({ ...query, select: ['id'] });
  return { ...access, offerings: rows.map(({ id }: { id: number }) => id) };
};
