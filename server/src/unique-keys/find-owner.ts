import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';
import { uniqueKeys } from '../../../content-types/rules/unique-keys';

import type { Values } from './changed-keys';

export interface Owner {
  /** The unique column over which the two entries meet. */
  column: string;
  /** The title or name of the entry that has it. */
  name: string;
}

interface Search {
  type: ContentType;
  /** The attributes of the entry that is written. */
  values: Values;
  /** The unique columns to look at. */
  columns: string[];
  /** The entry that is written, where it is there already. */
  documentId?: string;
}

/**
 * The entry that already has a slug, a name or an identity. An entry's draft and its published version both count: a draft that took the
 * slug of a published story could never be published itself.
 */
export const findOwner = async (strapi: Core.Strapi, { type, values, columns, documentId }: Search): Promise<Owner | undefined> => {
  const keys = (['draft', 'published'] as const).map((state) => uniqueKeys(type, values, state));
  const wanted = columns
    .map((column) => ({ column, keys: keys.map((own) => own[column]).filter((key): key is string => typeof key === 'string') }))
    .filter((column) => column.keys.length > 0);
  if (wanted.length === 0) return undefined;
  const title = type === 'curated-content' ? 'title' : 'name';
  const row = (await strapi.db.query(UIDS[type]).findOne({
    select: [title, ...columns],
    where: {
      $or: wanted.map((column) => ({ [column.column]: { $in: column.keys } })),
      ...(documentId ? { documentId: { $ne: documentId } } : {}),
    },
  })) as Values | null;
  const met = row && wanted.find(({ column, keys: own }) => own.includes(String(row[column])));
  return met ? { column: met.column, name: String(row[title]) } : undefined;
};
