import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { check } from './lib/check-demo.mjs';
import { CLI, PLAYGROUND, PRIVATE, ROOT } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';
import { box, main, paint, say, seconds, step, Stop } from './lib/terminal.mjs';

const USAGE = `npm run demo                          a Strapi with the sample archive at http://localhost:1337/admin
npm run demo -- --check               the same in a temporary database, on a free port: says what works, and ends
npm run demo -- --content DIR         another archive than the sample
       [--assets DIR] [--mapping M]   its pictures, and the mapping that reads it
PORT=1338 npm run demo                another port`;

const SAMPLE = path.join(PLAYGROUND, 'content');

const readOptions = () => {
  const options = Object.fromEntries(['content', 'assets', 'mapping'].map((name) => [name, { type: 'string' }]));
  const flags = Object.fromEntries(['check', 'help'].map((name) => [name, { type: 'boolean', default: false }]));
  try {
    return parseArgs({ options: { ...options, ...flags } }).values;
  } catch (error) {
    throw new Stop(`${error.message}\n\n${USAGE}`);
  }
};

/** The archive to show. npm moves to the package's folder first; INIT_CWD is where the words were typed. */
const archiveOf = ({ content, assets, mapping }) => {
  if (content === undefined) return { content: SAMPLE, assets: path.join(PLAYGROUND, 'assets'), mapping, sample: mapping === undefined };
  const folder = (name) => {
    const found = path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
    if (!fs.existsSync(found)) throw new Stop(`There is no folder ${found}.`);
    return found;
  };
  return { content: folder(content), assets: assets && folder(assets), mapping, sample: false };
};

/** An archive of one's own gets a database of its own, so that its stories do not mix with the sample's. */
const databaseOf = ({ content, sample }) => {
  if (sample) return path.join(PRIVATE, 'data.db');
  return path.join(PRIVATE, `demo-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.db`);
};

const temporaryPlace = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'curation-demo-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const publicDir = path.join(folder, 'public');
  fs.mkdirSync(path.join(publicDir, 'uploads'), { recursive: true });
  return {
    DATABASE_FILENAME: path.join(folder, 'data.db'),
    PUBLIC_DIR: publicDir,
    ACCOUNTS_FILE: path.join(folder, 'accounts.json'),
    HOST: '127.0.0.1',
    PORT: '0',
  };
};

const lastingPlace = (archive) => ({
  DATABASE_FILENAME: process.env.DATABASE_FILENAME ?? databaseOf(archive),
  HOST: process.env.HOST ?? '127.0.0.1',
  PORT: process.env.PORT ?? '1337',
});

/** Asked before anything slow begins: nobody wants to learn it after a build. */
const refuseTakenPort = ({ HOST, PORT }) =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', ({ code, message }) => {
      const reason = code === 'EADDRINUSE' ? `Port ${PORT} is taken, perhaps by a demo that still runs.` : message;
      reject(new Stop(`${reason} Stop what uses it, or choose another: PORT=${Number(PORT) + 1} npm run demo`));
    });
    server.listen(Number(PORT), HOST, () => server.close(resolve));
  });

const here = (name) => path.relative(process.cwd(), name) || '.';

/** Some records refused and conflicts left are news about the archive, not about the demo: it goes on and shows the rest. */
const IMPORTED = [0, 3, 4];

const importArchive = async ({ content, assets, mapping }, env, show) => {
  const options = [
    ['--app', here(PLAYGROUND)],
    ['--assets', assets && here(assets)],
    ['--mapping', mapping],
  ];
  const args = ['import', here(content), ...options.filter(([, value]) => value).flat(), '--yes'];
  await step(`Importing with the command line (10 s): curation ${args.join(' ')}`, async () => {
    const { code, output } = await run([process.execPath, CLI, ...args], { env, show, accept: IMPORTED });
    if (code === 0) return;
    if (!show) say(output.trimEnd());
    return 'imported, but not everything: see above';
  });
};

/** @returns {Promise<{child: import('node:child_process').ChildProcess, port: number, accounts: {email: string, password: string}[]}>} */
const start = (env) =>
  new Promise((resolve, reject) => {
    const child = fork(path.join(ROOT, 'scripts', 'lib', 'serve.cjs'), { cwd: PLAYGROUND, env: { ...process.env, ...env } });
    child.once('message', (message) => resolve({ child, ...message }));
    child.once('exit', (code) => reject(new Stop(`Strapi ended before it listened (exit code ${code}).`)));
  });

const stop = async ({ child }) => {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
};

const untilStopped = ({ child }) =>
  new Promise((resolve) => {
    // Ctrl-C reaches the child by itself: the parent waits for its farewell. A plain `kill` reaches the parent alone.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.once('exit', resolve);
  });

const welcome = (base, { accounts }, { content, sample }) => {
  const story = sample ? 'filters[workPackageId]=4711&populate=*' : 'pagination[pageSize]=1&populate=*';
  const bold = (text) => paint('bold', text);
  return box([
    `${bold('Panel')}     ${base}/admin`,
    `${bold('Editor')}    ${accounts[0].email}   ${accounts[0].password}`,
    `${bold('Admin')}     ${accounts[1].email}    ${accounts[1].password}`,
    '',
    bold('What to try next'),
    'Open Content Manager > Curated content, pick a story, change its title, publish. Then ask for it over REST:',
    `  curl -g '${base}/api/curation/curated-contents?${story}'`,
    'Check an archive without a database:',
    `  npx curation lint ${here(content)}`,
    'Write what editors changed back to files:',
    `  npx curation export artifacts/exported --app ${here(PLAYGROUND)}`,
    '',
    paint('dim', 'Ctrl-C stops it. The next start takes seconds: nothing is built again.'),
  ]);
};

await main(async () => {
  const begun = performance.now();
  const options = readOptions();
  if (options.help) return say(USAGE);
  const archive = archiveOf(options);
  const env = {
    ...(options.check ? temporaryPlace() : lastingPlace(archive)),
    NODE_ENV: 'production',
    DATABASE_CLIENT: 'sqlite',
    STRAPI_TELEMETRY_DISABLED: 'true',
  };
  if (options.check) process.once('SIGINT', () => process.exit(130));
  else await refuseTakenPort(env);

  await prepare({ admin: true });
  await importArchive(archive, env, !options.check);
  let server;
  await step('Starting Strapi on SQLite, with an account for an editor and one for an administrator (4 s)', async () => {
    server = await start(env);
    return `listening on port ${server.port}`;
  });

  const base = `http://${options.check ? '127.0.0.1' : 'localhost'}:${server.port}`;
  if (options.check) {
    try {
      await check(base, server, archive);
    } finally {
      await stop(server);
    }
    return say(`\nAll is well, in ${seconds(begun)}.`);
  }
  say(`\n${welcome(base, server, archive)}\n`);
  await untilStopped(server);
  say('Stopped.');
});
