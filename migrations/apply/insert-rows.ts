import type { Knex } from 'knex';

import { chunksOf, type Row } from './select';

/** PostgreSQL takes 65,535 variables in one statement. */
const MAX_VARIABLES = 30_000;
const MAX_ROWS = 500;

/** As much of each database's driver as is used here. */
interface Drivers {
  sqlite: { prepare(sql: string): { run(...values: unknown[]): unknown } };
  postgres: { query(sql: string, values: unknown[]): Promise<unknown> };
  mysql: { query(sql: string, values: unknown[], done: (error: Error | null) => void): void };
}

/** JSON that a driver answered as a value goes back as text. */
const toDriver = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : (value ?? null);

/** SQLite has no dates and no booleans. */
const toSqlite = (value: unknown): unknown => {
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Date ? value.getTime() : toDriver(value);
};

const list = (names: readonly string[], quote: string): string => names.map((name) => quote + name + quote).join(', ');

/** One statement, prepared once and run for each row. */
const insertIntoSqlite = (connection: Drivers['sqlite'], table: string, columns: readonly string[], rows: readonly unknown[][]): void => {
  const statement = connection.prepare(`insert into "${table}" (${list(columns, '"')}) values (${columns.map(() => '?').join(', ')})`);
  for (const row of rows) statement.run(row);
};

const insertIntoPostgres = async (
  connection: Drivers['postgres'],
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
) => {
  const { length } = columns;
  const tuples = rows.map((row, at) => `(${row.map((_, index) => `$${at * length + index + 1}`).join(',')})`);
  await connection.query(`insert into "${table}" (${list(columns, '"')}) values ${tuples.join(',')}`, rows.flat());
};

const insertIntoMysql = (connection: Drivers['mysql'], table: string, columns: readonly string[], rows: readonly unknown[][]) =>
  new Promise<void>((resolve, reject) => {
    connection.query(`insert into \`${table}\` (${list(columns, '`')}) values ?`, [rows], (error) => (error ? reject(error) : resolve()));
  });

/**
 * Inserts many rows, each with the columns of the first. It goes to the driver's own connection, inside the transaction: knex spends longer
 * on putting a statement of twenty thousand variables together than the database on running it.
 */
export const insertRows = async (trx: Knex.Transaction, table: string, rows: readonly Row[]): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const client = trx.client as { driverName: string; acquireConnection(): Promise<unknown> };
  // A transaction's client answers its one connection, and wants nothing back.
  const connection = await client.acquireConnection();
  const encode = client.driverName.includes('sqlite') ? toSqlite : toDriver;
  const size = Math.max(1, Math.min(MAX_ROWS, Math.floor(MAX_VARIABLES / columns.length)));
  for (const chunk of chunksOf(rows, size)) {
    const values = chunk.map((row) => columns.map((column) => encode(row[column])));
    if (client.driverName.includes('sqlite')) insertIntoSqlite(connection as Drivers['sqlite'], table, columns, values);
    else if (client.driverName.includes('mysql')) await insertIntoMysql(connection as Drivers['mysql'], table, columns, values);
    else await insertIntoPostgres(connection as Drivers['postgres'], table, columns, values);
  }
};
