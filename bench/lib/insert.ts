import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';

import type { TemporaryDatabase } from '../../tests/support/database';
import type { TableRows } from './tables';

const BATCH = 1_000;

type Value = string | number | bigint | Buffer | Date | null;

const batches = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));

/** One prepared statement a table, one transaction for all. */
const intoSqlite = ({ env }: TemporaryDatabase, tables: readonly TableRows[]) => {
  const database = new Database(env.DATABASE_FILENAME);
  database.transaction(() => {
    for (const { table, rows } of tables) {
      if (!rows[0]) continue;
      const columns = Object.keys(rows[0]);
      const insert = database.prepare(
        `insert into "${table}" (${columns.map((name) => `"${name}"`).join()}) values (${columns.map(() => '?').join()})`,
      );
      for (const row of rows) insert.run(...Object.values(row));
    }
  })();
  database.close();
};

/** JSON that a driver answered as a value, as text. */
const plain = (value: unknown): Value =>
  typeof value === 'object' && !(value instanceof Date) && value !== null ? JSON.stringify(value) : (value as Value);

const server = ({ env }: TemporaryDatabase) => ({
  host: env.DATABASE_HOST,
  port: Number(env.DATABASE_PORT),
  user: env.DATABASE_USERNAME,
  password: env.DATABASE_PASSWORD,
  database: env.DATABASE_NAME,
});

/** One array a column: faster than a JSON parameter, and than thousands of parameters; the driver has no COPY. */
const intoPostgres = async (database: TemporaryDatabase, tables: readonly TableRows[]) => {
  const client = new pg.Client(server(database));
  await client.connect();
  await client.query('begin');
  for (const { table, rows } of tables) {
    const columns = Object.keys(rows[0] ?? {});
    const { rows: attributes } = await client.query<{ attname: string; type: string }>(
      'select attname, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass',
      [`"${table}"`],
    );
    const types = new Map(attributes.map(({ attname, type }) => [attname, type]));
    const arrays = columns.map((column, index) => `$${index + 1}::${types.get(column)}[]`);
    const names = columns.map((column) => `"${column}"`).join();
    for (const batch of batches(rows)) {
      await client.query(
        `insert into "${table}" (${names}) select * from unnest(${arrays.join()})`,
        columns.map((column) => batch.map((row) => plain(row[column]))),
      );
    }
  }
  await client.query('commit');
  await client.end();
};

const intoMysql = async (database: TemporaryDatabase, tables: readonly TableRows[]) => {
  const connection = await mysql.createConnection(server(database));
  await connection.beginTransaction();
  for (const { table, rows } of tables) {
    const columns = Object.keys(rows[0] ?? {}).map((name) => `\`${name}\``);
    for (const batch of batches(rows)) {
      await connection.query(`insert into \`${table}\` (${columns.join()}) values ?`, [batch.map((row) => Object.values(row).map(plain))]);
    }
  }
  await connection.commit();
  await connection.end();
};

/** Inserts rows as fast as the driver can, in one transaction and past Strapi and knex. */
export const insertTables = async (database: TemporaryDatabase, tables: readonly TableRows[]): Promise<void> => {
  if (database.client === 'sqlite') intoSqlite(database, tables);
  else if (database.client === 'postgres') await intoPostgres(database, tables);
  else await intoMysql(database, tables);
};
