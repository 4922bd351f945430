import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { check } from './lib/check-demo.mjs';
import { PLAYGROUND, PRIVATE } from './lib/paths.mjs';
import { here, importArchive, lastingPlace, SAMPLE, start, stop, temporaryPlace } from './lib/playground.mjs';
import { prepare } from './lib/prepare.mjs';
import { box, main, paint, say, seconds, step, Stop } from './lib/terminal.mjs';

const USAGE = `npm run demo                          a Strapi with the sample archive at http://localhost:1337/admin
npm run demo -- --check               the same in a temporary database, on a free port: says what works, and ends
npm run demo -- --content DIR         another archive than the sample
       [--assets DIR] [--mapping M]   its pictures, and the mapping that reads it
PORT=1338 npm run demo                another port`;

const readOptions = () => {
  const options = Object.fromEntries(['content', 'assets', 'mapping'].map((name) => [name, { type: 'string' }]));
  const flags = Object.fromEntries(['check', 'help'].map((name) => [name, { type: 'boolean', default: false }]));
  try {
    return parseArgs({ options: { ...options, ...flags } }).values;
  } catch (error) {
    throw new Stop(`${error.message}\n\n${USAGE}`);
  }
};

/** A file or folder as it was typed: npm moves to the package's folder first, and INIT_CWD is where it came from. */
const typed = (name) => path.resolve(process.env.INIT_CWD ?? process.cwd(), name);

const folder = (name) => {
  if (!fs.existsSync(typed(name))) throw new Stop(`There is no folder ${typed(name)}.`);
  return typed(name);
};

/** The archive to show: the sample, or one of the visitor's own, which has pictures only where --assets names them. */
const archiveOf = ({ content, assets, mapping }) => ({
  content: content === undefined ? SAMPLE.content : folder(content),
  assets: assets === undefined ? content === undefined && SAMPLE.assets : folder(assets),
  // A name, or a file.
  mapping: mapping && fs.existsSync(typed(mapping)) ? typed(mapping) : mapping,
  sample: content === undefined && mapping === undefined,
});

/** An archive of one's own gets a database of its own, so that its stories do not mix with the sample's. */
const databaseOf = ({ content, sample }) => {
  if (sample) return path.join(PRIVATE, 'data.db');
  return path.join(PRIVATE, `demo-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.db`);
};

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
  const env = options.check ? temporaryPlace() : lastingPlace(databaseOf(archive));
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
