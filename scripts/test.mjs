import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ROOT } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, paint, say, Stop } from './lib/terminal.mjs';

const USAGE = `npm test                                      everything this machine can run
npm test -- unit                              one project, or several: unit, app, integration, faults, browser, smoke
npm test -- integration --client sqlite       one database, or several: sqlite, postgres, mysql
npm test -- --require-all                     what is missing is a failure, not a skip
npm test -- faults --rounds 30                kills at so many random moments on each database; without it at 4, on MariaDB at none
npm test -- integration -- tests/integration/rest.test.ts -t sorted
                                              what follows the second -- goes to jest`;

const PROJECTS = ['unit', 'faults', 'app', 'integration', 'browser', 'smoke'];
/** Those that run once for each database. */
const ON_DATABASES = ['integration', 'faults'];
const CLIENTS = ['sqlite', 'postgres', 'mysql'];

const readArguments = (words) => {
  const options = { projects: [], clients: [], requireAll: false, rounds: undefined, help: false, jest: [] };
  const queue = [...words];
  while (queue.length > 0) {
    const word = queue.shift();
    if (word === '--') options.jest = queue.splice(0);
    else if (PROJECTS.includes(word)) options.projects.push(word);
    else if (word === '--client' && CLIENTS.includes(queue[0])) options.clients.push(queue.shift());
    else if (word === '--rounds' && /^[1-9]\d*$/.test(queue[0])) options.rounds = queue.shift();
    else if (word === '--require-all') options.requireAll = true;
    else if (word === '--help') options.help = true;
    else throw new Stop(`"${word}" is not understood here.\n\n${USAGE}`);
  }
  return {
    ...options,
    projects: options.projects.length > 0 ? options.projects : PROJECTS,
    clients: options.clients.length > 0 ? options.clients : CLIENTS,
  };
};

/** What is to run: projects of jest, each with what it needs of the machine. */
const projectsOf = ({ projects, clients }) =>
  PROJECTS.filter((folder) => projects.includes(folder)).flatMap((folder) => {
    if (ON_DATABASES.includes(folder)) return clients.map((client) => ({ folder, name: `${folder}-${client}`, client, needs: client }));
    return [{ folder, name: folder, client: 'sqlite', needs: folder === 'browser' ? 'chromium' : 'sqlite' }];
  });

const unique = (items) => [...new Set(items)];

const NONE = { passed: 0, failed: 0, skipped: 0 };

/** Test files at a time: on two cores one of three waits for a database, or for a process that it started. */
const WORKERS = 3;

/**
 * Runs projects of jest in one go: none of the workers waits for the last file of one before it takes the first of the next.
 *
 * @param {(text: string) => void} [tell] gets what jest says; without it, that goes straight to standard error
 * @returns what each came to, by its name; the time is that of its files, one behind the other
 */
const runJest = async (projects, workers, { env, jest: more }, tell) => {
  if (projects.length === 0) return {};
  const names = projects.map(({ name }) => name);
  const file = path.join(os.tmpdir(), `curation-tests-${process.pid}-${names[0]}.json`);
  const reporters = ['default', path.join(ROOT, 'scripts', 'lib', 'count-tests.cjs')].map((reporter) => `--reporters=${reporter}`);
  const args = ['--selectProjects', ...names, `--maxWorkers=${workers}`, '--passWithNoTests', ...reporters, ...more];
  const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, TEST_CLIENT: unique(projects.map(({ client }) => client)).join(), TEST_COUNTS: file },
    stdio: ['ignore', 'ignore', tell ? 'pipe' : 'inherit'],
  });
  child.stderr?.setEncoding('utf8').on('data', tell);
  const code = await new Promise((resolve) => child.once('close', resolve));
  let counts = {};
  try {
    counts = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // It ended before it could write, with a code that says so.
  }
  fs.rmSync(file, { force: true });
  const isTold = Object.values(counts).some(({ failed }) => failed > 0);
  // jest can fail without a failed test: a wrong option, a hook after the last test.
  if (code !== 0 && !isTold) counts[names.at(-1)] = { ...NONE, seconds: 0, ...counts[names.at(-1)], failed: 1 };
  return counts;
};

/**
 * A Strapi and a Chromium wait for each other a third of the time, and two of each on two cores longer than a person would for a page. So one
 * worker runs the browser tests, beside two that run others, as many as take about as long; what it says comes in one piece, when it is over.
 * Then all three run the rest.
 */
const runProjects = async (projects, options) => {
  const of = (...folders) => projects.filter(({ folder }) => folders.includes(folder));
  const [browser, beside, rest] = [of('browser'), of('unit', 'faults'), of('app', 'integration', 'smoke')];
  if (browser.length === 0) return runJest([...beside, ...rest], WORKERS, options);
  const said = [];
  const isAlone = browser.length === projects.length;
  const browsing = runJest(browser, 1, options, isAlone ? undefined : (text) => said.push(text)).finally(() =>
    process.stderr.write(said.join('')),
  );
  const [first, last] = beside.length > 0 ? [beside, rest] : [rest, []];
  const counts = { ...(await runJest(first, WORKERS - 1, options)), ...(await runJest(last, WORKERS, options)) };
  return { ...counts, ...(await browsing) };
};

/** Asks each service that projects need whether it is there. @returns what leads the tests to them, and why a project cannot run */
const lookForServices = async (projects) => {
  // Not before now: the database drivers may just have been installed.
  const { SERVICES } = await import('./lib/services.mjs');
  const needed = unique(projects.map(({ needs }) => needs));
  const answers = Object.fromEntries(await Promise.all(needed.map(async (name) => [name, await SERVICES[name]()])));
  return {
    env: Object.assign({}, ...Object.values(answers).map(({ env }) => env)),
    reasonOf: ({ needs }) => answers[needs]?.reason,
  };
};

const tell = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

// What ends before the end is a failure.
let total = { ...NONE, failed: 1 };

const options = { help: false };
await main(async () => {
  Object.assign(options, readArguments(process.argv.slice(2)));
  if (options.help) return say(USAGE);
  const { requireAll, rounds, jest } = options;
  const projects = projectsOf(options);
  await prepare({ admin: projects.some(({ folder }) => folder === 'browser') });

  const { env, reasonOf } = await lookForServices(projects);
  const counts = await runProjects(
    projects.filter((project) => !reasonOf(project)),
    { env: { ...env, ...(rounds && { FAULT_ROUNDS: rounds }) }, jest },
  );
  say(`\n${paint('bold', 'Summary')}`);
  total = { ...NONE };
  for (const project of projects) {
    const reason = reasonOf(project);
    const { seconds, ...came } = counts[project.name] ?? { ...NONE, failed: reason && requireAll ? 1 : 0 };
    const note = reason ? `${requireAll ? 'required, but' : 'not run:'} ${reason}` : tell(came);
    say(`  ${project.name}: ${note}${seconds ? ` (its files took ${seconds.toFixed(0)} s)` : ''}`);
    for (const kind of Object.keys(NONE)) total[kind] += came[kind];
  }
  if (total.failed > 0) process.exitCode = 1;
  if (total.passed === 0) {
    process.exitCode = 1;
    say('  Not one test ran.');
  }
});

if (!options.help) say(`tests: ${tell(total)}`);
