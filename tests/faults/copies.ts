import fs from 'node:fs/promises';

import { connect } from '../support/connect';
import { createDatabase, type TemporaryDatabase } from '../support/database';

/**
 * A database with what another one holds. Nobody may be connected to that one. Not on MySQL, which knows no such copy.
 */
export const copyDatabase = async (original: TemporaryDatabase): Promise<TemporaryDatabase> => {
  const copy = await createDatabase(original.client);
  if (original.client === 'sqlite') {
    await fs.copyFile(original.env.DATABASE_FILENAME!, copy.env.DATABASE_FILENAME!);
    return copy;
  }
  const server = connect(copy, 'postgres');
  try {
    await server.raw('DROP DATABASE ??', [copy.env.DATABASE_NAME!]);
    await server.raw('CREATE DATABASE ?? TEMPLATE ??', [copy.env.DATABASE_NAME!, original.env.DATABASE_NAME!]);
  } finally {
    await server.destroy();
  }
  return copy;
};
