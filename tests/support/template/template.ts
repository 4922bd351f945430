import { copyDatabase } from '../copy-database';
import { createDatabase, testClient, type TemporaryDatabase } from '../database';

/** Where jest's processes learn of it. */
const VARIABLE = 'TEST_TEMPLATE';

let template: TemporaryDatabase | undefined;

/** From now on all test files of this run begin with a copy of this database. */
export const keepTemplate = (database: TemporaryDatabase): void => {
  template = database;
  process.env[VARIABLE] = JSON.stringify(database);
};

export const dropTemplate = async (): Promise<void> => template?.drop();

/**
 * A database in which the playground has started once, where this run has made one; else an empty one, on which the first start makes all tables.
 */
export const createReadyDatabase = async (client = testClient()): Promise<TemporaryDatabase> => {
  const original = JSON.parse(process.env[VARIABLE] ?? '{}') as Partial<TemporaryDatabase>;
  return original.client === client ? copyDatabase({ client, env: original.env! }) : createDatabase(client);
};
