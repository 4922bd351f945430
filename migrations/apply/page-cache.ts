import type { Host } from './host';

/** In kibibytes, as SQLite wants them: below zero. What 10,000 stories put into their indexes fits in it. */
const ROOMY = -65_536;

/**
 * Gives SQLite's page cache room for a run. Keys that are digests land anywhere in their indexes, and a cache smaller than those (16 MB) is
 * written out and read back over and over within one transaction: half of all that the inserts take. On other databases that is the server's
 * own to decide.
 */
export const withRoomyCache = async <T>({ client, knex }: Host, work: () => Promise<T>): Promise<T> => {
  if (client !== 'sqlite') return work();
  // Strapi's pool holds one connection to SQLite.
  const [before] = await knex.raw<{ cache_size: number }[]>('pragma cache_size');
  await knex.raw(`pragma cache_size = ${ROOMY}`);
  try {
    return await work();
  } finally {
    await knex.raw(`pragma cache_size = ${before!.cache_size}`);
    await knex.raw('pragma shrink_memory');
  }
};
