import { copyDatabase } from '../copy-database';
import { createDatabase, testClient, type DatabaseClient, type TemporaryDatabase } from '../database';

/** Where jest's processes learn of it. */
const VARIABLE = 'TEST_TEMPLATE';

type Templates = Partial<Record<DatabaseClient, TemporaryDatabase>>;

const templates: Templates = {};

/** From now on all test files of this run that are about a database of this kind begin with a copy of it. */
export const keepTemplate = (database: TemporaryDatabase): void => {
  templates[database.client] = database;
  process.env[VARIABLE] = JSON.stringify(templates);
};

export const dropTemplates = async (): Promise<void> => {
  await Promise.all(Object.values(templates).map((template) => template.drop()));
};

/**
 * A database in which the playground has started once, where this run has made one; else an empty one, on which the first start makes all tables.
 */
export const createReadyDatabase = async (client = testClient()): Promise<TemporaryDatabase> => {
  const { [client]: original } = JSON.parse(process.env[VARIABLE] ?? '{}') as Templates;
  return original ? copyDatabase(original) : createDatabase(client);
};
