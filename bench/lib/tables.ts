import type { Knex } from 'knex';

import { CONTENT_TYPES, UIDS } from '../../content-types';
import { MODELS } from '../../content-types/tables/models';
import type { Host } from '../../migrations/apply/host';

/** The rows of one table. */
export interface TableRows {
  table: string;
  rows: Record<string, unknown>[];
}

/** Every table that an import without pictures writes to, but for the note of the run; what is pointed at comes first. */
const tablesOf = (host: Host): string[] => {
  const types = CONTENT_TYPES.map((type) => host.tables(UIDS[type]));
  const own = MODELS.filter(({ singularName }) => ['record', 'change', 'redirect', 'delivery', 'facet'].includes(singularName)).map(
    ({ uid }) => host.tables(uid).table,
  );
  return [...types.map(({ table }) => table), ...types.flatMap(({ links }) => Object.values(links).map(({ table }) => table)), ...own];
};

/** All that an import wrote. */
export const readTables = async (host: Host): Promise<TableRows[]> => {
  const dump: TableRows[] = [];
  for (const table of tablesOf(host))
    dump.push({ table, rows: (await host.knex(table).select('*').orderBy('id')) as Record<string, unknown>[] });
  return dump;
};

/** Takes it away again. */
export const emptyTables = async (host: Host): Promise<void> => {
  const tables = tablesOf(host).reverse();
  const knex: Knex = host.knex;
  // DELETE leaves PostgreSQL with dead rows that the next round would have to step over.
  if (host.client === 'postgres') await knex.raw(`truncate ${tables.map((table) => `"${table}"`).join(', ')}`);
  else for (const table of tables) await knex(table).delete();
};
