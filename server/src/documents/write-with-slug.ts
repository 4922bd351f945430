import type { Core } from '@strapi/strapi';

import { freeSlug } from '../slugs/free-slug';
import { TakenError } from '../unique-keys/taken-error';

import type { Write } from './prepare';

/** Each attempt chooses among twice as many free slugs as the one before, so that even hundreds of parallel requests come apart. */
const ATTEMPTS = 12;

interface Attempts<T> {
  /** Goes on with the call that is under way. */
  first: (slug: string) => Promise<T>;
  /** Makes the call again from its beginning. */
  again: (slug: string) => Promise<T>;
}

/**
 * Writes an entry under a free slug. Where a parallel request takes the slug first, the next one is tried. Inside an outer transaction that
 * is not possible: what the attempt left behind would stay, and PostgreSQL takes no more statements.
 *
 * @throws TakenError when no attempt succeeds
 */
export const writeWithSlug = async <T>(
  strapi: Core.Strapi,
  { type, action, documentId }: Write,
  base: string,
  { first, again }: Attempts<T>,
): Promise<T> => {
  const refused: string[] = [];
  for (let attempt = 0; ; attempt += 1) {
    const own = action === 'update' ? documentId : undefined;
    const slug = await freeSlug(strapi, { type, base, documentId: own, refused, among: 2 ** attempt });
    try {
      return await (attempt === 0 ? first(slug) : again(slug));
    } catch (error) {
      const lost = error instanceof TakenError && error.attribute === 'slug';
      if (!lost || attempt === ATTEMPTS || strapi.db.inTransaction()) throw error;
      refused.push(slug);
    }
  }
};
