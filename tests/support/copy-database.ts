import fs from 'node:fs/promises';

import { connect } from './connect';
import { createDatabase, type TemporaryDatabase } from './database';

type Original = Pick<TemporaryDatabase, 'client' | 'env'>;
type Copy = (original: Original, copy: TemporaryDatabase) => Promise<void>;

const copyFile: Copy = ({ env: from }, { env: to }) => fs.copyFile(from.DATABASE_FILENAME!, to.DATABASE_FILENAME!);

const fromTemplate: Copy = async ({ env: from }, copy) => {
  const server = connect(copy, 'postgres');
  try {
    await server.raw('DROP DATABASE ??', [copy.env.DATABASE_NAME!]);
    await server.raw('CREATE DATABASE ?? TEMPLATE ??', [copy.env.DATABASE_NAME!, from.DATABASE_NAME!]);
  } finally {
    await server.destroy();
  }
};

/** MySQL copies tables, and no database. */
const tableByTable: Copy = async ({ env: { DATABASE_NAME: name } }, copy) => {
  const server = connect(copy);
  try {
    // One session for all: it alone is told not to look at keys to tables that are yet to come.
    const session = (await server.client.acquireConnection()) as unknown;
    const run = (sql: string, bindings: string[] = []) => server.raw(sql, bindings).connection(session);
    await run('SET foreign_key_checks = 0, unique_checks = 0');
    for (const table of (await server('information_schema.tables').where('table_schema', name!).pluck('table_name')) as string[]) {
      const [[{ 'Create Table': create }]] = (await run('SHOW CREATE TABLE ??.??', [name!, table])) as [[{ 'Create Table': string }]];
      await run(create);
      await run('INSERT INTO ?? SELECT * FROM ??.??', [table, name!, table]);
    }
    await server.client.releaseConnection(session);
  } finally {
    await server.destroy();
  }
};

const COPY = { sqlite: copyFile, postgres: fromTemplate, mysql: tableByTable };

/** A database with what another one holds. Nobody may be connected to that one. */
export const copyDatabase = async (original: Original): Promise<TemporaryDatabase> => {
  const copy = await createDatabase(original.client);
  await COPY[original.client](original, copy);
  return copy;
};
