import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { createDatabase } from './database';
import { PLAYGROUND } from './paths';
import { createPublicDir } from './public-dir';

const SCRIPT = `
const { createStrapi } = require('@strapi/strapi');
const appDir = process.cwd();
(async () => {
  const strapi = await createStrapi({ appDir, distDir: appDir }).load();
  const views = strapi.plugin('content-manager').service('content-types');
  const { settings } = await views.findConfiguration({ uid: 'plugin::curation.topic' });
  process.stdout.write('RESULT' + JSON.stringify({ config: strapi.config.get('plugin::curation'), settings }) + '\\n');
  await strapi.destroy();
  process.exit(0);
})().catch((error) => {
  process.stderr.write(error.message);
  process.exit(1);
});`;

interface Booted {
  config: unknown;
  /** Of the Content Manager's view of topics. */
  settings: Record<string, unknown>;
}

/**
 * Boots an app like the playground in a process of its own, with a configuration of the plugin in its config/plugins.js.
 *
 * @returns what the app then has, or the message with which it did not start
 */
export const bootWith = async (config: unknown): Promise<Booted | { error: string }> => {
  await fs.mkdir(path.join(PLAYGROUND, '.tmp'), { recursive: true });
  const folder = await fs.mkdtemp(path.join(PLAYGROUND, '.tmp', 'app-'));
  const database = await createDatabase('sqlite');
  const publicDir = await createPublicDir();
  try {
    for (const name of ['config', 'src', 'package.json'])
      await fs.cp(path.join(PLAYGROUND, name), path.join(folder, name), { recursive: true });
    await fs.writeFile(
      path.join(folder, 'config', 'plugins.js'),
      `const plugins = require(${JSON.stringify(path.join(PLAYGROUND, 'config', 'plugins.js'))});
       module.exports = (context) => {
         const { curation, ...others } = plugins(context);
         return { ...others, curation: { ...curation, config: ${JSON.stringify(config)} } };
       };`,
    );
    const env = { ...process.env, ...publicDir.env, ...database.env };
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT], { cwd: folder, env });
    return JSON.parse(stdout.slice(stdout.indexOf('RESULT') + 'RESULT'.length).split('\n')[0]!) as Booted;
  } catch (error) {
    return { error: (error as { stderr?: string }).stderr ?? String(error) };
  } finally {
    await Promise.all([database.drop(), publicDir.remove(), fs.rm(folder, { recursive: true })]);
  }
};
