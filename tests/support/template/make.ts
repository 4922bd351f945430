import { curation } from '../cli';
import { createDatabase, testClients, type DatabaseClient } from '../database';
import { PLAYGROUND } from '../paths';
import { createPublicDir } from '../public-dir';
import { keepTemplate } from './template';

interface JestConfig {
  testPathPatterns: { patterns: string[] };
}

const makeTemplate = async (client: DatabaseClient): Promise<void> => {
  const database = await createDatabase(client);
  keepTemplate(database);
  const publicDir = await createPublicDir();
  const { code, stderr } = await curation(['runs', '--app', PLAYGROUND], { env: { ...database.env, ...publicDir.env } });
  await publicDir.remove();
  if (code !== 0) throw new Error(`The playground does not start on an empty database of ${client}:\n${stderr}`);
};

/** Starts the playground once on each database, so that no test file has to wait until it has made its tables. For a few named files it does not pay. */
const makeTemplates = async ({ testPathPatterns: { patterns } }: JestConfig): Promise<void> => {
  if (patterns.length > 0) return;
  await Promise.all(testClients().map(makeTemplate));
};

export default makeTemplates;
