import type { Knex } from 'knex';

import type { Row } from './select';
import { sqliteStatement, toSqlite, type SqliteConnection } from './sqlite-statement';
import { textArray } from './text-array';

const MAX_ROWS = 500;
/** MariaDB takes 16 MB in one statement, where a character has three bytes at most, and two where it has to be escaped. */
const MAX_CHARACTERS = 4_000_000;

/** As much of each database's driver as is used here. */
interface Drivers {
  sqlite: SqliteConnection;
  postgres: { query(sql: string, values: unknown[]): Promise<{ rows: Row[] }> };
  mysql: { query(sql: string, values: unknown[], done: (error: Error | null) => void): void };
}

/** JSON that a driver answered as a value goes back as text. */
const toDriver = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : (value ?? null);

const charactersIn = (values: readonly unknown[]): number =>
  values.reduce<number>((sum, value) => (typeof value === 'string' ? sum + value.length : sum), 0);

/** Rows in pieces that one statement may hold. */
function* inPieces(rows: readonly unknown[][], atMost: number): Generator<unknown[][]> {
  let piece: unknown[][] = [];
  let characters = 0;
  for (const row of rows) {
    const more = charactersIn(row);
    if (piece.length > 0 && (piece.length === atMost || characters + more > MAX_CHARACTERS)) {
      yield piece;
      piece = [];
      characters = 0;
    }
    piece.push(row);
    characters += more;
  }
  yield piece;
}

const list = (names: readonly string[], quote: string): string => names.map((name) => quote + name + quote).join(', ');

/** What is done where a row with the same unique columns is there already: all of it is replaced, some columns are, or nothing. */
export interface Conflict {
  unique: readonly string[];
  then: 'replace' | 'keep' | { replace: readonly string[] };
}

const replacedBy = (columns: readonly string[], { unique, then }: Conflict): readonly string[] =>
  typeof then === 'object' ? then.replace : columns.filter((column) => !unique.includes(column));

const onConflict = (columns: readonly string[], conflict: Conflict): string => {
  const values = replacedBy(columns, conflict).map((column) => `"${column}" = excluded."${column}"`);
  return ` on conflict (${list(conflict.unique, '"')}) do ${conflict.then === 'keep' ? 'nothing' : `update set ${values.join(', ')}`}`;
};

/** MySQL has no word for it but "ignore", which would swallow every other trouble too: a column set to itself keeps the row as it is. */
const onDuplicateKey = (columns: readonly string[], conflict: Conflict): string => {
  const [first] = conflict.unique;
  const values =
    conflict.then === 'keep'
      ? [`\`${first}\` = \`${first}\``]
      : replacedBy(columns, conflict).map((column) => `\`${column}\` = values(\`${column}\`)`);
  return ` on duplicate key update ${values.join(', ')}`;
};

/** One statement, prepared once and run for each row. */
const insertIntoSqlite = (
  connection: Drivers['sqlite'],
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
  end: string,
): void => {
  const places = columns.map(() => '?').join(', ');
  const statement = sqliteStatement(connection, `insert into "${table}" (${list(columns, '"')}) values (${places})${end}`);
  for (const row of rows) statement.run(row);
};

const columnTypes = new WeakMap<Drivers['postgres'], Map<string, Map<string, string>>>();

/** The types of a table's columns, asked once for each connection. Without their lengths: a cast to `varchar(255)` cuts off what is longer. */
const columnTypesOf = async (connection: Drivers['postgres'], table: string): Promise<ReadonlyMap<string, string>> => {
  const known = columnTypes.get(connection) ?? new Map<string, Map<string, string>>();
  columnTypes.set(connection, known);
  if (!known.has(table)) {
    const { rows } = await connection.query(
      'select attname, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped',
      [`"${table}"`],
    );
    known.set(table, new Map(rows.map(({ attname, type }) => [attname as string, type as string])));
  }
  return known.get(table)!;
};

/** Types whose values the server takes as text, so that they can go as a binary array of texts. */
const TEXTS: ReadonlySet<string | undefined> = new Set(['text', 'character varying', 'json', 'jsonb']);

/** One array a column: to read a variable for each value takes PostgreSQL two to three times as long as to insert the rows. */
const insertIntoPostgres = async (
  connection: Drivers['postgres'],
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
  end: string,
) => {
  const types = await columnTypesOf(connection, table);
  const kinds = columns.map((column) => types.get(column));
  const arrays = kinds.map((kind, index) => `$${index + 1}::${TEXTS.has(kind) ? 'text' : kind}[]`);
  const names = columns.map((_, index) => `v${index}`);
  const values = kinds.map((kind, index) => `v${index}::${kind}`);
  const sql = `insert into "${table}" (${list(columns, '"')}) select ${values.join(', ')} from unnest(${arrays.join(', ')}) as u(${names.join(', ')})${end}`;
  await connection.query(
    sql,
    kinds.map((kind, index) => {
      const column = rows.map((row) => row[index]);
      return TEXTS.has(kind) ? textArray(column.map((value) => (value === null ? null : String(value)))) : column;
    }),
  );
};

const insertIntoMysql = (
  connection: Drivers['mysql'],
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
  end: string,
) =>
  new Promise<void>((resolve, reject) => {
    const sql = `insert into \`${table}\` (${list(columns, '`')}) values ?${end}`;
    connection.query(sql, [rows], (error) => (error ? reject(error) : resolve()));
  });

/**
 * Inserts many rows, each with the columns of the first. It goes to the driver's own connection, inside the transaction: knex spends longer
 * on putting a statement of twenty thousand variables together than the database on running it.
 *
 * @param conflict without it a row that is there already is an error
 */
export const insertRows = async (trx: Knex.Transaction, table: string, rows: readonly Row[], conflict?: Conflict): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const client = trx.client as { driverName: string; acquireConnection(): Promise<unknown> };
  // A transaction's client answers its one connection, and wants nothing back.
  const connection = await client.acquireConnection();
  const encode = client.driverName.includes('sqlite') ? (value: unknown) => toDriver(toSqlite(value)) : toDriver;
  const makeEnd = client.driverName.includes('mysql') ? onDuplicateKey : onConflict;
  const end = conflict ? makeEnd(columns, conflict) : '';
  const encoded = rows.map((row) => columns.map((column) => encode(row[column])));
  for (const values of inPieces(encoded, MAX_ROWS)) {
    if (client.driverName.includes('sqlite')) insertIntoSqlite(connection as Drivers['sqlite'], table, columns, values, end);
    else if (client.driverName.includes('mysql')) await insertIntoMysql(connection as Drivers['mysql'], table, columns, values, end);
    else await insertIntoPostgres(connection as Drivers['postgres'], table, columns, values, end);
  }
};
