import type { ContentType } from '../uids';
import { isBlank } from './blank';
import { foldName } from './name';
import { sha256 } from './sha256';

type Values = Record<string, unknown>;
type Key = { column: string; of: string[]; key: (values: Values) => string | null };

/** Letter case is folded: addresses that differ in nothing else are one page on many hosts. */
export const foldSlug = (slug: string): string => slug.normalize('NFC').toLowerCase();

const slugKey: Key = {
  column: 'slugKey',
  of: ['slug'],
  key: ({ slug }) => (isBlank(slug) ? null : foldSlug(String(slug))),
};

const KEYS: Record<ContentType, Key[]> = {
  'curated-content': [slugKey],
  topic: [slugKey, { column: 'nameKey', of: ['name'], key: ({ name }) => (isBlank(name) ? null : foldName(String(name))) }],
  offering: [
    slugKey,
    {
      column: 'identityKey',
      of: ['offeringId', 'permalink'],
      key: ({ offeringId, permalink }) =>
        !isBlank(offeringId) ? `id:${String(offeringId)}` : !isBlank(permalink) ? `permalink:${foldName(String(permalink))}` : null,
    },
  ],
};

/** The columns under a unique index, and the attributes that each is made of. */
export const uniqueColumns = (type: ContentType): { column: string; of: string[] }[] => KEYS[type];

/**
 * The values of a row's unique columns.
 *
 * @param values the row's attributes
 * @param state with draft & publish each entry has a draft row and a published row; the two may share a slug, two entries may not
 */
export const uniqueKeys = (type: ContentType, values: Values, state: 'draft' | 'published'): Record<string, string | null> =>
  Object.fromEntries(
    KEYS[type].map(({ column, key }) => {
      const text = key(values);
      // MariaDB's collations take 'é' for 'e' and 'x ' for 'x', PostgreSQL's do not; an index over a digest means the same on every database.
      return [column, text === null ? null : sha256(type === 'curated-content' ? `${state}:${text}` : text)];
    }),
  );
