import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';

import { chunksOf } from '../../migrations/apply/select';
import { textArray } from '../../migrations/apply/text-array';
import type { TemporaryDatabase } from '../../tests/support/database';
import type { TableRows } from './tables';

const BATCH = 1_000;

type Value = string | number | bigint | Buffer | Date | null;

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

/** Types that a binary array of texts is cast to for nothing. */
const TEXTS: ReadonlySet<string | undefined> = new Set(['text', 'character varying', 'json', 'jsonb']);

/**
 * One array a column, texts in its binary form: faster than a JSON parameter, and than thousands of parameters; the driver has no COPY. Long
 * texts are compressed in the faster way, where the server has it.
 */
const intoPostgres = async (database: TemporaryDatabase, tables: readonly TableRows[]) => {
  const client = new pg.Client(server(database));
  await client.connect();
  await client.query('begin');
  await client.query(
    "select set_config(name, 'lz4', true) from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)",
  );
  for (const { table, rows } of tables) {
    const columns = Object.keys(rows[0] ?? {});
    const { rows: attributes } = await client.query<{ attname: string; type: string }>(
      'select attname, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass',
      [`"${table}"`],
    );
    const types = new Map(attributes.map(({ attname, type }) => [attname, type]));
    const kinds = columns.map((column) => types.get(column));
    const arrays = kinds.map((kind, index) => `$${index + 1}::${TEXTS.has(kind) ? 'text' : kind}[]`);
    const values = kinds.map((kind, index) => `v${index}::${kind}`);
    const names = columns.map((column) => `"${column}"`).join();
    for (const batch of chunksOf(rows, BATCH)) {
      await client.query(
        `insert into "${table}" (${names}) select ${values.join()} from unnest(${arrays.join()}) as u(${kinds.map((_, index) => `v${index}`).join()})`,
        columns.map((column, index) => {
          const all = batch.map((row) => plain(row[column]));
          return TEXTS.has(kinds[index]) ? textArray(all.map((value) => (value === null ? null : String(value)))) : all;
        }),
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
    for (const batch of chunksOf(rows, BATCH)) {
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
