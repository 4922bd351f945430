import { LRUCache } from 'lru-cache';

/** As much of the SQLite driver as is used here. */
export interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}

interface SqliteStatement {
  all(...values: unknown[]): Record<string, unknown>[];
  run(...values: unknown[]): unknown;
}

/** More than a write of an entry takes; those of long lists of ids come once and go. */
const KEPT = 100;

const statements = new WeakMap<SqliteConnection, LRUCache<string, SqliteStatement>>();

/** A statement, prepared once for its connection. Knex prepares it each time, which for a wide table takes longer than to run it. */
export const sqliteStatement = (connection: SqliteConnection, sql: string): SqliteStatement => {
  const known = statements.get(connection) ?? new LRUCache<string, SqliteStatement>({ max: KEPT });
  statements.set(connection, known);
  const statement = known.get(sql) ?? connection.prepare(sql);
  known.set(sql, statement);
  return statement;
};

/** SQLite has no dates and no booleans. */
export const toSqlite = (value: unknown): unknown => {
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Date ? value.getTime() : value;
};
