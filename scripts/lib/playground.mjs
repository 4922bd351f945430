import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { CLI, PLAYGROUND, ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { say, step, Stop } from './terminal.mjs';

/** The sample archive. */
export const SAMPLE = { content: path.join(PLAYGROUND, 'content'), assets: path.join(PLAYGROUND, 'assets') };

/** What the playground's environment says wherever it runs. */
const ALWAYS = { NODE_ENV: 'production', DATABASE_CLIENT: 'sqlite', STRAPI_TELEMETRY_DISABLED: 'true' };

/** A database, uploads and accounts that are gone with this process, on a free port. */
export const temporaryPlace = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'curation-demo-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const publicDir = path.join(folder, 'public');
  fs.mkdirSync(path.join(publicDir, 'uploads'), { recursive: true });
  return {
    ...ALWAYS,
    DATABASE_FILENAME: path.join(folder, 'data.db'),
    PUBLIC_DIR: publicDir,
    ACCOUNTS_FILE: path.join(folder, 'accounts.json'),
    HOST: '127.0.0.1',
    PORT: '0',
  };
};

/** A database that stays, at the address people know. */
export const lastingPlace = (database) => ({
  ...ALWAYS,
  DATABASE_FILENAME: process.env.DATABASE_FILENAME ?? database,
  HOST: process.env.HOST ?? '127.0.0.1',
  PORT: process.env.PORT ?? '1337',
});

/** A path as one would type it. */
export const here = (name) => {
  const relative = path.relative(process.cwd(), name);
  return relative.startsWith('..') ? name : relative || '.';
};

/** Some records refused and conflicts left are news about the archive, not about the demo: it goes on and shows the rest. */
const IMPORTED = [0, 3, 4];

export const importArchive = async ({ content, assets, mapping }, env, show) => {
  const options = [
    ['--app', here(PLAYGROUND)],
    ['--assets', assets && here(assets)],
    ['--mapping', mapping],
  ];
  const args = ['import', here(content), ...options.filter(([, value]) => value).flat(), '--yes'];
  await step(`Importing with the command line (10 to 30 s): curation ${args.join(' ')}`, async () => {
    const { code, output } = await run([process.execPath, CLI, ...args], { cwd: process.cwd(), env, show, accept: IMPORTED });
    if (code === 0) return;
    if (!show) say(output.trimEnd());
    return 'imported, but not everything: see above';
  });
};

/** @returns {Promise<{child: import('node:child_process').ChildProcess, port: number, accounts: {email: string, password: string}[]}>} */
export const start = (env) =>
  new Promise((resolve, reject) => {
    const child = fork(path.join(ROOT, 'scripts', 'lib', 'serve.cjs'), { cwd: PLAYGROUND, env: { ...process.env, ...env } });
    child.once('message', (message) => resolve({ child, ...message }));
    child.once('exit', (code) => reject(new Stop(`Strapi ended before it listened (exit code ${code}).`)));
  });

export const stop = async ({ child }) => {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
};
