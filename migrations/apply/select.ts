import type { Knex } from 'knex';

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
    const found: Row[] = await knex(table)
      .whereIn(column, chunk)
      .select(...columns);
    rows.push(...found);
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
