import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';

/** The attributes of an offering that a role can be kept from reading. */
const FIELDS = ['name', 'slug', 'permalink', 'offeringId', 'type', 'editorialStatus', 'summary', 'website', 'logo', 'topics'] as const;

export type Field = (typeof FIELDS)[number];

/** What somebody may see of offerings, topics and stories. */
export interface Access {
  fields: ReadonlySet<Field>;
  /** Titles of stories, which stand in reasons. */
  stories: boolean;
  /** Row ids of the only offerings that they may read, where a condition narrows the permission. */
  offerings?: readonly number[];
}

export const EVERYTHING: Access = { fields: new Set(FIELDS), stories: true };

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
  const stories = story.can.read(null, 'title') && !story.requiresEntity.read();
  if (!offering.requiresEntity.read()) return { fields, stories };
  const query = strapi.get('query-params').transform(UIDS.offering, await offering.sanitizedQuery.read({}));
  const rows = await strapi.db.query(UIDS.offering).findMany({ ...query, select: ['id'] });
  return { fields, stories, offerings: rows.map(({ id }: { id: number }) => id) };
};
