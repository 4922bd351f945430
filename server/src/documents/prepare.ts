import type { Core } from '@strapi/strapi';

import { SCHEMAS, UIDS, type ContentType } from '../../../content-types';
import { isBlank } from '../../../content-types/rules/blank';
import { uniqueColumns } from '../../../content-types/rules/unique-keys';
import { ownLocale } from '../services/locale';
import { baseSlugOf, SLUG_SOURCES } from '../slugs/base-slug';
import { given, type Values } from '../unique-keys/changed-keys';

import { DERIVED, derivedValues } from './derived-values';
import { changedRelations, relationsOfCopy } from './relations-of-copy';

export interface Write {
  type: ContentType;
  action: 'create' | 'update' | 'clone';
  documentId?: string;
  data: Values;
  /** Of a localized type the locale that is written; else null. */
  locale: string | null;
}

export interface Prepared {
  /** What is written. */
  data: Values;
  /** The entry as it will be, as far as uniqueness and derived values go. */
  values: Values;
  /** The unique columns that the write may change. */
  columns: string[];
  /** What the slug is made of where the editor gives none. */
  baseSlug: string | null;
}

const watched = (type: ContentType): string[] => [
  ...new Set([
    ...uniqueColumns(type).flatMap(({ of }) => of),
    ...DERIVED[type].flatMap(({ attribute, from }) => [attribute, from]),
    ...SLUG_SOURCES[type],
  ]),
];

/** The entry as it is stored: its draft, where it has one. Only the attributes that this folder has to do with, and these relations. */
export const readStored = async (
  strapi: Core.Strapi,
  type: ContentType,
  documentId?: string,
  locale: string | null = ownLocale(strapi, UIDS[type]),
  relations: string[] = [],
): Promise<Values | undefined> => {
  if (!documentId) return undefined;
  const draft = SCHEMAS[type].options.draftAndPublish ? { publishedAt: { $null: true } } : {};
  const where = { documentId, ...draft, ...(locale !== null && { locale }) };
  const populate = Object.fromEntries(relations.map((name) => [name, { select: ['id', 'documentId'] }]));
  const row = await strapi.db.query(UIDS[type]).findOne({ select: watched(type), where, populate });
  return (row as Values | null) ?? undefined;
};

/** A copy of a product is another product: it does not take over what identifies the first one, unless its editor says so. */
const withoutIdentity = (type: ContentType, data: Values, source: Values): Values => {
  if (type !== 'offering') return data;
  const same = ['offeringId', 'permalink'].filter((name) => data[name] === undefined || data[name] === source[name]);
  return { ...data, ...Object.fromEntries(same.map((name) => [name, null])) };
};

/** Completes a write with everything that follows from it. Undefined where nothing does, as for a change of relations or of the body. */
export const prepare = async (strapi: Core.Strapi, write: Write): Promise<Prepared | undefined> => {
  const { type, action, documentId, data: asked, locale } = write;
  if (action === 'update' && !watched(type).some((attribute) => asked[attribute] !== undefined)) return undefined;
  const relations = action === 'clone' ? changedRelations(type, asked) : [];
  const stored = action === 'create' ? undefined : await readStored(strapi, type, documentId, locale, relations);
  const isTranslation = locale !== ownLocale(strapi, UIDS[type]);
  // A new translation is an update of its entry.
  if (action !== 'create' && !stored && !isTranslation) return undefined;

  const own = action === 'clone' && stored ? { ...withoutIdentity(type, asked, stored), ...relationsOfCopy(type, asked, stored) } : asked;
  const data = { ...own, ...derivedValues(type, own, stored) };
  const values = { ...stored, ...given(data) };
  const copied = action === 'clone' && values.slug === stored?.slug;
  return {
    data,
    values,
    columns: uniqueColumns(type)
      .filter(({ of }) => !isTranslation && (action !== 'update' || of.some((attribute) => data[attribute] !== undefined)))
      .map(({ column }) => column),
    baseSlug: copied || isBlank(values.slug) ? baseSlugOf(type, values) : null,
  };
};
