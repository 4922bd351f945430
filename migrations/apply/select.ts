import type { Knex } from 'knex';

import { sqliteStatement, toSqlite, type SqliteConnection } from './sqlite-statement';

/** Values that one statement asks for. */
export const MAX_KEYS = 1_000;

export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

export type Row = Record<string, unknown>;

/**
 * Runs a select. Within a transaction SQLite's driver is asked itself: what is asked at each write of an entry takes knex several times as
 * long as SQLite.
 */
export const runSelect = async (knex: Knex, query: Knex.QueryBuilder): Promise<Row[]> => {
  const client = knex.client as { driverName: string; acquireConnection(): Promise<SqliteConnection> };
  if (!knex.isTransaction || !client.driverName.includes('sqlite')) return (await query) as Row[];
  const { sql, bindings } = query.toSQL().toNative();
  // A transaction's client answers its one connection, and wants nothing back.
  return sqliteStatement(await client.acquireConnection(), sql).all(bindings.map(toSqlite));
};

/**
 * Selects rows by a column that holds one of many values.
 *
 * @param narrow adds to each statement
 */
export const selectWhereIn = async (
  knex: Knex,
  table: string,
  column: string,
  values: readonly (string | number)[],
  columns: readonly string[] = ['*'],
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder = (query) => query,
): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const chunk of chunksOf(values, MAX_KEYS)) {
    const query = knex(table)
      .whereIn(column, chunk)
      .select(...columns);
    rows.push(...(await runSelect(knex, narrow(query))));
  }
  return rows;
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

/**
 * Reads a table a page at a time, in the order of its numeric key.
 *
 * @param narrow adds conditions
 */
export async function* readPages(
  knex: Knex,
  table: string,
  key: string,
  columns: readonly string[],
  size: number,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder = (query) => query,
): AsyncGenerator<Row[]> {
  for (let last = 0; ;) {
    const query = knex(table).where(key, '>', last).orderBy(key).limit(size);
    const rows: Row[] = await narrow(query).select(key, ...columns);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = Number(rows.at(-1)![key]);
  }
}
