import type { ContentType } from '../../../content-types';
import { uniqueColumns, uniqueKeys } from '../../../content-types/rules/unique-keys';

export type Values = Record<string, unknown>;
export type Keys = Record<string, string | null>;

const isGiven = (values: Values, attribute: string): boolean => values[attribute] !== undefined;

/** Without the attributes that are undefined, which a write leaves as they are. */
export const given = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/**
 * All unique columns of a row that is about to be written whole. A translation has none: it may share the slug and the name of its entry, and
 * Strapi gives it what no locale has of its own.
 *
 * @param own the locale of the entries themselves, where an app has localized the type
 */
export const keysOf = (type: ContentType, row: Values, own: string | null = null): Keys => {
  const isTranslation = own !== null && typeof row.locale === 'string' && row.locale !== own;
  if (isTranslation) return Object.fromEntries(uniqueColumns(type).map(({ column }) => [column, null]));
  return uniqueKeys(type, row, row.publishedAt ? 'published' : 'draft');
};

/** The attributes without which the columns that `data` touches cannot be told; empty where it touches none. */
export const neededFor = (type: ContentType, data: Values, own: string | null = null): string[] => {
  const touched = uniqueColumns(type).filter(({ of }) => of.some((attribute) => isGiven(data, attribute)));
  if (touched.length === 0) return [];
  return [...touched.flatMap(({ of }) => of), ...(type === 'curated-content' ? ['publishedAt'] : []), ...(own === null ? [] : ['locale'])];
};

/**
 * The unique columns that an update changes.
 *
 * @param data what the update writes
 * @param load reads the stored row; called only where `data` does not hold all that a touched column is made of
 * @param own the locale of the entries themselves, where an app has localized the type
 */
export const changedKeys = async (
  type: ContentType,
  data: Values,
  load: () => Promise<Values | null>,
  own: string | null = null,
): Promise<Keys> => {
  const needed = neededFor(type, data, own);
  if (needed.length === 0) return {};
  const complete = needed.every((attribute) => isGiven(data, attribute));
  const keys = keysOf(type, complete ? data : { ...(await load()), ...given(data) }, own);
  const touched = uniqueColumns(type).filter(({ of }) => of.some((attribute) => needed.includes(attribute)));
  return Object.fromEntries(touched.map(({ column }) => [column, keys[column] ?? null]));
};

/** The keys that `data` does not hold yet. */
export const missingKeys = (keys: Keys, data: Values): Keys =>
  Object.fromEntries(Object.entries(keys).filter(([column, key]) => data[column] !== key));
