import { isDeepStrictEqual } from 'node:util';

import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';
import { isHidden } from '../delivery/served-attributes';
import { checkerOf } from '../editing/checker';

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

/** The same without what only the readers of topics or of stories may see, and without what the app keeps private. */
export const limited = (strapi: Core.Strapi, { topics, stories }: { topics: boolean; stories: boolean }): Access => {
  const isOpen = (type: ContentType) => (name: string) => !isHidden(strapi, type, name);
  const withTopics = topics && ['name', 'label'].every(isOpen('topic'));
  const story = new Set(stories ? STORY_FIELDS.filter(isOpen('curated-content')) : []);
  return {
    fields: new Set(FIELDS.filter(isOpen('offering')).filter((field) => withTopics || field !== 'topics')),
    stories: story.has('title'),
    story,
  };
};

/**
 * What an administrator may see: the Content Manager's own permissions, fields and conditions included. What a condition narrows to some topics
 * or stories, or to some of the offerings that they may read, would have to be asked for each that is named: none is.
 */
export const accessOf = async (strapi: Core.Strapi, userAbility: unknown): Promise<Access> => {
  const of = (type: ContentType) => checkerOf(strapi, userAbility, type);
  const [offering, topic, story] = [of('offering'), of('topic'), of('curated-content')];
  const where = offering.where('read');
  const readable = FIELDS.filter((field) => isDeepStrictEqual(offering.where('read', field), where));
  const fields = new Set(readable.filter((field) => field !== 'topics' || topic.mayEverywhere('read', 'name')));
  const readableOfStory = new Set(STORY_FIELDS.filter((field) => story.mayEverywhere('read', field)));
  const access: Access = { fields, stories: readableOfStory.has('title'), story: readableOfStory };
  if (offering.mayEverywhere('read')) return access;
  const rows = await strapi.db.query(UIDS.offering).findMany({ select: ['id'], where });
  return { ...access, offerings: rows.map(({ id }: { id: number }) => id) };
};
