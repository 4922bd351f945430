import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ROOT } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, paint, say, seconds, Stop } from './lib/terminal.mjs';

const USAGE = `npm test                                      everything this machine can run
npm test -- unit                              one project, or several: unit, app, integration, faults, browser, smoke
npm test -- integration --client sqlite       one database, or several: sqlite, postgres, mysql
npm test -- --require-all                     what is missing is a failure, not a skip
npm test -- faults --rounds 30                kills at so many random moments on each database; without it at 4
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

/** What is to run: a project, with what it needs of the machine. */
const roundsOf = ({ projects, clients, rounds }) =>
  PROJECTS.filter((name) => projects.includes(name)).flatMap((project) => {
    if (ON_DATABASES.includes(project)) {
      const env = rounds === undefined ? {} : { FAULT_ROUNDS: rounds };
      return clients.map((client) => ({ project, title: `${project} on ${client}`, needs: client, env: { ...env, TEST_CLIENT: client } }));
    }
    return [{ project, title: project, needs: project === 'browser' ? 'chromium' : undefined, env: { TEST_CLIENT: 'sqlite' } }];
  });

const NONE = { passed: 0, failed: 0, skipped: 0 };

/** A file that could not run at all has no tests to count, and is a failure all the same. */
const countsOf = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
  skipped: report.numPendingTests + report.numTodoTests,
});

/** Test files at a time: on two cores one of three waits for a database, or for a process that it started. */
const WORKERS = 3;

/**
 * A Strapi and a Chromium wait for each other a third of the time, and two of each on two cores longer than a person would for a page. So one
 * of them runs beside all others, which leave it a worker.
 */
const isBeside = ({ project }) => project === 'browser';

/** @param {(text: string) => void} [tell] gets what jest says; without it, that goes straight to standard error */
const jest = async ({ title, project, env }, workers, more, tell) => {
  const report = path.join(os.tmpdir(), `curation-tests-${process.pid}-${title.replaceAll(' ', '-')}.json`);
  const args = ['--selectProjects', project, `--maxWorkers=${workers}`, '--passWithNoTests', '--json', `--outputFile=${report}`, ...more];
  const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    // --json prints the report as well as writing it; people read what goes to standard error.
    stdio: ['ignore', 'ignore', tell ? 'pipe' : 'inherit'],
  });
  child.stderr?.setEncoding('utf8').on('data', tell);
  const code = await new Promise((resolve) => child.once('close', resolve));
  try {
    const counts = countsOf(JSON.parse(fs.readFileSync(report, 'utf8')));
    // jest can fail without a failed test: a wrong option, a hook after the last test.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { ...NONE, failed: 1 };
  } finally {
    fs.rmSync(report, { force: true });
  }
};

const tell = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

const runRound = async (round, services, { requireAll, jest: more }, workers, tell) => {
  const start = performance.now();
  const done = (result) => ({ title: round.title, ...result, time: seconds(start) });
  const answer = round.needs ? await services[round.needs]() : { env: {} };
  if (answer.reason && !requireAll) return done({ ...NONE, note: `not run: ${answer.reason}` });
  if (answer.reason) return done({ ...NONE, failed: 1, note: `required, but ${answer.reason}` });
  (tell ?? process.stderr.write.bind(process.stderr))(`\n${paint('bold', round.title)}\n`);
  return done(await jest({ ...round, env: { ...round.env, ...answer.env } }, workers, more, tell));
};

/** Runs one round after the other, and beside them the one that may; what that says comes in one piece, when it is over. */
const runRounds = async (rounds, services, options) => {
  const workersOf = (round) => (isBeside(round) ? 1 : WORKERS);
  const besides = rounds.length > 1 ? rounds.find(isBeside) : undefined;
  const said = [];
  let isBusy = besides !== undefined;
  const beside =
    besides &&
    runRound(besides, services, options, workersOf(besides), (text) => said.push(text)).finally(() => {
      isBusy = false;
      process.stderr.write(said.join(''));
    });
  const results = new Map();
  for (const round of rounds.filter((each) => each !== besides)) {
    results.set(round, await runRound(round, services, options, workersOf(round) - (isBusy ? 1 : 0)));
  }
  if (besides) results.set(besides, await beside);
  return rounds.map((round) => results.get(round));
};

// What ends before the end is a failure.
let total = { ...NONE, failed: 1 };

const options = { help: false };
await main(async () => {
  Object.assign(options, readArguments(process.argv.slice(2)));
  if (options.help) return say(USAGE);
  const rounds = roundsOf(options);
  await prepare({ admin: rounds.some(({ project }) => project === 'browser') });
  // Not before now: the database drivers may just have been installed.
  const { SERVICES } = await import('./lib/services.mjs');

  const results = await runRounds(rounds, SERVICES, options);
  say(`\n${paint('bold', 'Summary')}`);
  for (const { title, note, time, ...counts } of results) say(`  ${title}: ${note ?? `${tell(counts)} (${time})`}`);
  total = results.reduce((sum, { passed, failed, skipped }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
  }));
  if (total.failed > 0) process.exitCode = 1;
  if (total.passed === 0) {
    process.exitCode = 1;
    say('  Not one test ran.');
  }
});

if (!options.help) say(`tests: ${tell(total)}`);
