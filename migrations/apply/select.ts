import type { Knex } from 'knex';

/** SQLite takes 32,766 variables in one statement, PostgreSQL 65,535. */
const MAX_VARIABLES = 30_000;
/** knex writes an insert of many rows into SQLite as one compound select, which ends at 500. */
const MAX_ROWS = 500;
const MAX_KEYS = 1_000;

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

export type Row = Record<string, unknown>;

/** Selects rows by a column that holds one of many values. */
export const selectWhereIn = async (
  knex: Knex,
  table: string,
  column: string,
  values: readonly (string | number)[],
  columns: readonly string[] = ['*'],
): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const chunk of chunksOf(values, MAX_KEYS)) {
    rows.push(...((await knex(table).whereIn(column, chunk).select(...columns)) as Row[]));
  }
  return rows;
};

/** Inserts many rows in as few statements as the database takes. */
export const insertRows = async (trx: Knex.Transaction, table: string, rows: readonly Row[]): Promise<void> => {
  const first = rows[0];
  if (!first) return;
  const size = Math.max(1, Math.min(MAX_ROWS, Math.floor(MAX_VARIABLES / Object.keys(first).length)));
  for (const chunk of chunksOf(rows, size)) await trx(table).insert(chunk);
};

/** Deletes the rows whose column holds one of many values. */
export const deleteWhereIn = async (
  trx: Knex.Transaction,
  table: string,
  column: string,
  values: readonly (string | number)[],
  where: Row = {},
): Promise<void> => {
  for (const chunk of chunksOf(values, MAX_KEYS)) await trx(table).whereIn(column, chunk).andWhere(where).delete();
};
