import { randomInt } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { connect } from '../support/connect';
import { createDatabase, type TemporaryDatabase } from '../support/database';
import { createPublicDir } from '../support/public-dir';
import { randomFrom } from '../support/random';
import { writeEditions } from './archive';
import { differences, readContent } from './content';
import { copyDatabase } from './copies';
import { countChanges, hasWritten, startCuration, waitUntil, type Ended } from './process';

const FILES = 2_000;
/** How many moments are tried. A round takes 10 s on an idle machine. */
const ROUNDS = Number(process.env.FAULT_ROUNDS) || 4;
/** What failed once fails again with the same seed, as far as the machine is as fast as it was. */
const SEED = Number(process.env.FAULT_SEED) || randomInt(2 ** 31);

type Content = Record<string, string[]>;

/** A thing to do to a database, with what it is before and has to be after. */
interface Act {
  args: string[];
  before: TemporaryDatabase;
  after: Content;
  /** The number that its run will have, and about how many changes it makes. */
  run: number;
  changes: number;
}

let folder: string;
let publicDir: Awaited<ReturnType<typeof createPublicDir>>;
const databases: TemporaryDatabase[] = [];
let acts: Record<'import' | 'update' | 'undo of the update' | 'undo of the import', Act>;

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

  const empty = keep(await createDatabase());
  await succeed(['runs'], empty);
  const imported = keep(await copyDatabase(empty));
  await succeed(importOf(first), imported);
  const updated = keep(await copyDatabase(imported));
  await succeed(importOf(second), updated);

  const [contentOfEmpty, contentOfImported] = [await readContent(empty), await readContent(imported)];
  const [created, changed] = [(await stateOf(imported, 1)).changes, (await stateOf(updated, 2)).changes];
  acts = {
    import: { args: importOf(first), before: empty, after: contentOfImported, run: 1, changes: created },
    update: { args: importOf(second), before: imported, after: await readContent(updated), run: 2, changes: changed },
    // That an undo which nobody kills leads back to what was before is what these two hold as well.
    'undo of the update': { args: ['undo', '2', '--quiet'], before: updated, after: contentOfImported, run: 3, changes: changed },
    'undo of the import': { args: ['undo', '1', '--quiet'], before: imported, after: contentOfEmpty, run: 2, changes: created },
  };
}, 600_000);

afterAll(async () => {
  for (const database of databases) await database.drop();
  await publicDir.remove();
  await fs.rm(folder, { recursive: true, force: true });
});

/**
 * Starts an act and kills it in the midst of its writing.
 *
 * @param changes how many changes it has committed by then, at least
 * @param delay milliseconds after that: into the next chunk, or its commit
 * @returns false where it ended before it could be killed
 */
const kill = async ({ args, run }: Act, database: TemporaryDatabase, changes: number, delay: number): Promise<boolean> => {
  const knex = connect(database);
  const running = curation(args, database);
  try {
    if (!(await waitUntil(running, hasWritten(knex, run, changes)))) return false;
    await Promise.race([wait(delay), running.ended]);
    running.child.kill('SIGKILL');
    // Strapi takes a while to stop after the last word of a run.
    return (await running.ended).signal === 'SIGKILL' && (await stateOf(database, run)).status === 'running';
  } finally {
    await knex.destroy();
  }
};

const stateOf = async (database: TemporaryDatabase, run: number): Promise<{ status: string; changes: number }> => {
  const knex = connect(database);
  try {
    const { status } = (await knex('curation_runs').where('id', run).first()) as { status: string };
    return { status, changes: await countChanges(knex, run) };
  } finally {
    await knex.destroy();
  }
};

const names = ['import', 'update', 'undo of the update', 'undo of the import'] as const;
const random = randomFrom(SEED);
const rounds = Array.from({ length: ROUNDS }, (_, index) => ({
  round: index + 1,
  name: names[index % names.length]!,
  moment: random.below(1000) / 1000,
  delay: random.below(250),
}));

// MySQL copies no database; that its transactions are whole is what lease.test.ts looks at.
(process.env.TEST_CLIENT === 'mysql' ? describe.skip : describe)(`killed (FAULT_SEED=${SEED})`, () => {
  it.each(rounds)(
    '$round: the next run finishes the $name, killed $delay ms after $moment of its changes',
    async ({ round, name, moment, delay }) => {
      const act = acts[name];
      let database = await copyDatabase(act.before);
      try {
        for (let tries = 0; !(await kill(act, database, Math.floor(moment * (1 - tries / 4) * act.changes), delay)); tries += 1) {
          // After the last chunk the end may come sooner than the kill.
          if (tries === 4) throw new Error('it ended each time before it could be killed');
          await database.drop();
          database = await copyDatabase(act.before);
        }
        const killed = await stateOf(database, act.run);
        if (round === 1) {
          const { stdout } = await succeed(['runs', '--format', 'json'], database);
          expect(JSON.parse(stdout)).toMatchObject({ runs: [{ run: act.run, status: 'died' }] });
        }

        const { stderr } = await succeed(act.args, database);
        expect(stderr).toContain(`Run ${act.run} did not finish`);
        expect((await stateOf(database, act.run)).status).toBe('died');
        process.stderr.write(`      ${name}, killed after ${killed.changes} changes\n`);
        expect(differences(act.after, await readContent(database))).toEqual([]);
      } finally {
        await database.drop();
      }
    },
    240_000,
  );
});
