import { curation } from '../cli';
import { createDatabase } from '../database';
import { PLAYGROUND } from '../paths';
import { createPublicDir } from '../public-dir';
import { keepTemplate } from './template';

interface JestConfig {
  testPathPatterns: { patterns: string[] };
}

/** Starts the playground once, so that no test file has to wait until it has made its tables. For a few files that somebody named it does not pay. */
const make = async ({ testPathPatterns: { patterns } }: JestConfig): Promise<void> => {
  if (patterns.length > 0) return;
  const database = await createDatabase();
  keepTemplate(database);
  const publicDir = await createPublicDir();
  const { code, stderr } = await curation(['runs', '--app', PLAYGROUND], { env: { ...database.env, ...publicDir.env } });
  await publicDir.remove();
  if (code !== 0) throw new Error(`The playground does not start on an empty database:\n${stderr}`);
};

export default make;
