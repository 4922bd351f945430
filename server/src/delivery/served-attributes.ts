import type { Core } from '@strapi/strapi';
import { contentTypes } from '@strapi/utils';

import { UIDS, type ContentType } from '../../../content-types';

const NOT_SERVED = new Set(['id', 'documentId', 'locale', 'createdAt', 'updatedAt', 'publishedAt']);
const NO_SCALARS = new Set(['relation', 'media', 'component', 'dynamiczone', 'password']);

/** One attribute that a site gets to see. */
export interface ServedAttribute {
  name: string;
  type: string;
}

export interface Served {
  attributes: ServedAttribute[];
  dates: string[];
}

const findServed = (strapi: Core.Strapi, type: ContentType): Served => {
  const model = strapi.contentType(UIDS[type]);
  const isPrivate = (name: string) => contentTypes.isPrivateAttribute(model, name);
  const attributes = Object.entries(model.attributes)
    .filter(([name, { type: kind }]) => !NOT_SERVED.has(name) && !NO_SCALARS.has(kind) && !isPrivate(name))
    .map(([name, { type: kind }]) => ({ name, type: kind }));
  const dates = ['createdAt', 'updatedAt', ...(model.options?.draftAndPublish ? ['publishedAt'] : [])];
  return { attributes, dates: dates.filter((name) => !isPrivate(name)) };
};

/** Asked at every write; what an app keeps private is settled when it starts. */
const served = new WeakMap<Core.Strapi, Map<ContentType, Served>>();

/**
 * What of an entry stands in its answer: its own attributes and dates, those that the app added too, without what the schema or the app's
 * configuration keeps private.
 */
export const servedOf = (strapi: Core.Strapi, type: ContentType): Served => {
  const known = served.get(strapi) ?? new Map<ContentType, Served>();
  served.set(strapi, known);
  const found = known.get(type) ?? findServed(strapi, type);
  known.set(type, found);
  return found;
};

/** The relations and media of the schema that are private by the app's own wish, and so stay out of answers. */
export const isHidden = (strapi: Core.Strapi, type: ContentType, name: string): boolean =>
  contentTypes.isPrivateAttribute(strapi.contentType(UIDS[type]), name);
