import { randomInt } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { connect } from '../support/connect';
import type { TemporaryDatabase } from '../support/database';
import { createPublicDir } from '../support/public-dir';
import { randomFrom } from '../support/random';
import { writeEditions } from './archive';
import { differences, readContent } from '../support/content';
import { copyDatabase } from '../support/copy-database';
import { countChanges, hasWritten, startCuration, waitUntil, type Ended } from '../support/process';
import { createReadyDatabase } from '../support/template/template';

/** Enough for several transactions of each act. */
const FILES = Number(process.env.FAULT_FILES) || 2_000;
/** How many moments are tried. A round takes 6 s on an idle machine. */
const ROUNDS = Number(process.env.FAULT_ROUNDS) || 4;
/** What failed once fails again with the same seed, as far as the machine is as fast as it was. */
const SEED = Number(process.env.FAULT_SEED) || (process.env.CI ? 1 : randomInt(2 ** 31));

type Content = Record<string, string[]>;

/** A thing to do to a database, with what it is before and has to be after. */
interface Act {
  args: string[];
  before: TemporaryDatabase;
  after: Content;
  /** The number that its run will have, how many changes it makes, and how long that takes where nobody kills it. */
  run: number;
  changes: number;
  milliseconds: number;
}

type ActName = 'import' | 'update' | 'undo of the update' | 'undo of the import';

/** Where a kill hit. */
const PHASES = ['before its first commit', 'between two commits', 'after its last commit'] as const;
type Phase = (typeof PHASES)[number];
const hits: Record<Phase, number> = { 'before its first commit': 0, 'between two commits': 0, 'after its last commit': 0 };

let folder: string;
let publicDir: Awaited<ReturnType<typeof createPublicDir>>;
const databases: TemporaryDatabase[] = [];
let acts: Record<ActName, Act>;

const curation = (args: readonly string[], { env }: TemporaryDatabase) => startCuration(args, { ...env, ...publicDir.env });

const keep = (database: TemporaryDatabase): TemporaryDatabase => {
  databases.push(database);
  return database;
};

const succeed = async (args: readonly string[], database: TemporaryDatabase): Promise<Ended> => {
  const ended = await curation(args, database).ended;
  if (ended.code !== 0)
    throw new Error(`curation ${args.join(' ')} ended with ${ended.code ?? ended.signal}\n${ended.stdout}\n${ended.stderr}`);
  return ended;
};

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_faults-'));
  publicDir = await createPublicDir();
  const { first, second, assets } = await writeEditions(folder, FILES);
  const importOf = (edition: string) => ['import', edition, '--assets', assets, '--publish', 'as-source', '--missing', 'delete', '--quiet'];

  const empty = keep(await createReadyDatabase());
  await succeed(['runs'], empty);
  const imported = keep(await copyDatabase(empty));
  await succeed(importOf(first), imported);
  const updated = keep(await copyDatabase(imported));
  await succeed(importOf(second), updated);

  // That an undo which nobody kills leads back to what was before is looked at here as well.
  const notUpdated = keep(await copyDatabase(updated));
  await succeed(['undo', '2', '--quiet'], notUpdated);
  const notImported = keep(await copyDatabase(imported));
  await succeed(['undo', '1', '--quiet'], notImported);
  const [contentOfEmpty, contentOfImported] = [await readContent(empty), await readContent(imported)];
  expect(differences(contentOfImported, await readContent(notUpdated))).toEqual([]);
  expect(differences(contentOfEmpty, await readContent(notImported))).toEqual([]);

  const act = async (args: string[], before: TemporaryDatabase, after: Content, run: number, done: TemporaryDatabase): Promise<Act> => {
    const { changes, milliseconds } = await stateOf(done, run);
    return { args, before, after, run, changes, milliseconds };
  };
  acts = {
    import: await act(importOf(first), empty, contentOfImported, 1, imported),
    update: await act(importOf(second), imported, await readContent(updated), 2, updated),
    'undo of the update': await act(['undo', '2', '--quiet'], updated, contentOfImported, 3, notUpdated),
    'undo of the import': await act(['undo', '1', '--quiet'], imported, contentOfEmpty, 2, notImported),
  };
}, 600_000);

afterAll(async () => {
  for (const database of databases) await database.drop();
  await publicDir.remove();
  await fs.rm(folder, { recursive: true, force: true });
});

/** What a database says of a run. */
const stateOf = async (database: TemporaryDatabase, run: number) => {
  const knex = connect(database);
  try {
    const row = (await knex('curation_runs').where('id', run).first()) as { status: string; started_at: unknown; finished_at: unknown };
    const moment = (value: unknown) => new Date(value as string | number).getTime();
    const milliseconds = moment(row.finished_at) - moment(row.started_at);
    return { status: row.status, changes: await countChanges(knex, run), milliseconds };
  } finally {
    await knex.destroy();
  }
};

/**
 * Starts an act and kills it while its run is under way.
 *
 * @param delay milliseconds after the run has begun
 * @returns where it hit, and how many changes had been committed; undefined where the run was over by then
 */
const kill = async ({ args, run, changes: all }: Act, database: TemporaryDatabase, delay: number) => {
  const knex = connect(database);
  const running = curation(args, database);
  try {
    if (!(await waitUntil(running, hasWritten(knex, run, 0)))) return undefined;
    await Promise.race([wait(delay), running.ended]);
    running.child.kill('SIGKILL');
    // Strapi takes a while to stop after the last word of a run.
    if ((await running.ended).signal !== 'SIGKILL') return undefined;
  } finally {
    await knex.destroy();
  }
  const { status, changes } = await stateOf(database, run);
  if (status !== 'running') return undefined;
  const phase: Phase = changes === 0 ? PHASES[0] : changes < all ? PHASES[1] : PHASES[2];
  return { phase, changes };
};

const NAMES: readonly ActName[] = ['import', 'update', 'undo of the update', 'undo of the import'];
const random = randomFrom(SEED);
/** Each act is killed in each part of its time: the moments of its rounds lie at random in one of as many equal parts of it. */
const rounds = Array.from({ length: ROUNDS }, (_, index) => {
  const [part, parts] = [Math.floor(index / NAMES.length), Math.ceil(ROUNDS / NAMES.length)];
  return { round: index + 1, name: NAMES[index % NAMES.length]!, percent: Math.floor(((part + random.below(1000) / 1000) / parts) * 100) };
});
const TRIES = 10;

// On MySQL a round takes twice as long, and tells nothing that the other two do not: it is killed where somebody asks for rounds.
(process.env.TEST_CLIENT === 'mysql' && !process.env.FAULT_ROUNDS ? describe.skip : describe)(`killed (FAULT_SEED=${SEED})`, () => {
  it.each(rounds)(
    '$round: the next run finishes the $name, killed after $percent% of its time',
    async ({ round, name, percent }) => {
      const act = acts[name];
      let database = await copyDatabase(act.before);
      try {
        let hit: Awaited<ReturnType<typeof kill>>;
        for (let tries = 0; ; tries += 1) {
          // The machine may have been busy when the act was timed: where the kill came too late it is drawn anew, sooner.
          const share = tries === 0 ? percent / 100 : random.below(1000) / 1000 / (1 + tries / 3);
          hit = await kill(act, database, share * act.milliseconds);
          if (hit) break;
          if (tries === TRIES) throw new Error(`the ${name} was over each time before it could be killed`);
          await database.drop();
          database = await copyDatabase(act.before);
        }
        hits[hit.phase] += 1;
        process.stderr.write(`      ${name}, killed ${hit.phase}, after ${hit.changes} of ${act.changes} changes\n`);
        if (round === 1) {
          const { stdout } = await succeed(['runs', '--format', 'json'], database);
          expect(JSON.parse(stdout)).toMatchObject({ runs: [{ run: act.run, status: 'died' }] });
        }

        const { stderr } = await succeed(act.args, database);
        expect(stderr).toContain(`Run ${act.run} did not finish`);
        expect((await stateOf(database, act.run)).status).toBe('died');
        expect(differences(act.after, await readContent(database))).toEqual([]);
      } finally {
        await database.drop();
      }
    },
    240_000,
  );

  it('was hit while it wrote', () => {
    process.stderr.write(`      ${PHASES.map((phase) => `${hits[phase]} ${phase}`).join(', ')}\n`);
    expect(hits['before its first commit'] + hits['between two commits'] + hits['after its last commit']).toBe(ROUNDS);
    expect(hits['between two commits']).toBeGreaterThanOrEqual(Math.floor(ROUNDS / 4));
  });
});
