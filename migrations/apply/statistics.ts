import type { Knex } from 'knex';

import { CONTENT_TYPES, UIDS } from '../../content-types';
import { MODELS } from '../../content-types/tables/models';
import type { Host } from './host';

/** What a run changes at least for its tables to be another size than they were. */
const MANY = 500;

const allTables = (host: Host): string[] => {
  const types = CONTENT_TYPES.map((type) => host.tables(UIDS[type]));
  const links = types.flatMap((tables) => Object.values(tables.links).map(({ table }) => table));
  return [...types.map(({ table }) => table), ...links, ...MODELS.map(({ uid }) => host.tables(uid).table)];
};

/**
 * Tells PostgreSQL how much is in the tables now, as its manual asks for after a bulk load ("Populating a Database"). Until somebody does, which
 * an autovacuum does a minute later or never, it takes them for as empty as they were, and sorts every story there is to find a page of them.
 * Other databases keep count on their own.
 *
 * @param changes how many records were written; a few leave things as they are
 */
export const updateStatistics = async (host: Host, changes: number, knex: Knex = host.knex): Promise<void> => {
  if (host.client !== 'postgres' || changes < MANY) return;
  const tables = allTables(host);
  await knex.raw(`analyze ${tables.map(() => '??').join(', ')}`, tables);
};
