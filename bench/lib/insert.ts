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

const server = ({ env }: TemporaryDatabase) => ({
  host: env.DATABASE_HOST,
  port: Number(env.DATABASE_PORT),
  user: env.DATABASE_USERNAME,
  password: env.DATABASE_PASSWORD,
  database: env.DATABASE_NAME,
});

/** Whole batches as one JSON parameter: faster than thousands of parameters, and the driver has no COPY. */
const intoPostgres = async (database: TemporaryDatabase, tables: readonly TableRows[]) => {
  const client = new pg.Client(server(database));
  await client.connect();
  await client.query('begin');
  for (const { table, rows } of tables) {
    for (const batch of batches(rows)) {
      await client.query(`insert into "${table}" select * from json_populate_recordset(null::"${table}", $1)`, [JSON.stringify(batch)]);
    }
  }
  await client.query('commit');
  await client.end();
};

const intoMysql = async (database: TemporaryDatabase, tables: readonly TableRows[]) => {
  const connection = await mysql.createConnection(server(database));
  const plain = (value: unknown): Value =>
    typeof value === 'object' && !(value instanceof Date) && value !== null ? JSON.stringify(value) : (value as Value);
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
