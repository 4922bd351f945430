import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';
import { numberedSlug } from '../../../content-types/rules/numbered-slug';
import { uniqueKeys } from '../../../content-types/rules/unique-keys';

interface Wish {
  type: ContentType;
  base: string;
  /** The entry that wants it: its own slug is no obstacle. */
  documentId?: string;
  /** Slugs that were refused although they looked free. */
  refused?: string[];
  /** Picks one of so many free ones at random: parallel requests that met once would meet at every next number. */
  among?: number;
}

const FIRST_BATCH = 16;
const LAST_BATCH = 512;

const slugKeys = (type: ContentType, slug: string): string[] =>
  (['draft', 'published'] as const).map((state) => String(uniqueKeys(type, { slug }, state).slugKey));

/** The first of `slug`, `slug-2`, `slug-3` … that no other entry has, as draft or as published version. */
export const freeSlug = async (strapi: Core.Strapi, { type, base, documentId, refused = [], among = 1 }: Wish): Promise<string> => {
  const free: string[] = [];
  for (let first = 1, size = FIRST_BATCH; ; first += size, size = Math.min(size * 2, LAST_BATCH)) {
    const candidates = Array.from({ length: size }, (_, index) => numberedSlug(base, first + index));
    const rows = (await strapi.db.query(UIDS[type]).findMany({
      select: ['slugKey'],
      where: {
        slugKey: { $in: candidates.flatMap((slug) => slugKeys(type, slug)) },
        ...(documentId ? { documentId: { $ne: documentId } } : {}),
      },
    })) as { slugKey: string }[];
    const taken = new Set(rows.map(({ slugKey }) => slugKey));
    free.push(...candidates.filter((slug) => !refused.includes(slug) && !slugKeys(type, slug).some((key) => taken.has(key))));
    const slug = free[Math.floor(Math.random() * among)];
    if (free.length >= among && slug !== undefined) return slug;
  }
};
