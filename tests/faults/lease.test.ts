import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Knex } from 'knex';

import { connect } from '../support/connect';
import type { TemporaryDatabase } from '../support/database';
import { createPublicDir } from '../support/public-dir';
import { writeEditions, writePictures } from './archive';
import { differences, readContent } from '../support/content';
import { hasWritten, startCuration, waitUntil, type Running } from '../support/process';
import { createReadyDatabase } from '../support/template/template';

const HELD = 5;
const LEASE_MS = 6_000;
const FOREVER_MS = 3_600_000;
const isSqlite = (process.env.TEST_CLIENT ?? 'sqlite') === 'sqlite';

let folder: string;
let publicDir: Awaited<ReturnType<typeof createPublicDir>>;
let importing: string[];
/** What an import that nobody disturbs leaves behind. */
let undisturbed: Record<string, string[]>;

const databases: TemporaryDatabase[] = [];
const running: Running[] = [];
const connections: Knex[] = [];

const connection = (database: TemporaryDatabase): Knex => {
  const knex = connect(database);
  connections.push(knex);
  return knex;
};

const newDatabase = async (): Promise<TemporaryDatabase> => {
  const database = await createReadyDatabase();
  databases.push(database);
  return database;
};

const curation = (args: readonly string[], { env }: TemporaryDatabase, leaseMs = FOREVER_MS): Running => {
  const started = startCuration(args, { ...env, ...publicDir.env, CURATION_LEASE_MS: String(leaseMs) });
  running.push(started);
  return started;
};

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_lease-'));
  publicDir = await createPublicDir();
  const { first, assets } = await writeEditions(folder, 1_500);
  await writePictures(first);
  importing = ['import', first, '--assets', assets, '--publish', 'as-source', '--format', 'json'];
}, 60_000);

afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(connections.map((knex) => knex.destroy()));
  for (const database of databases) await database.drop();
  await publicDir.remove();
  await fs.rm(folder, { recursive: true, force: true });
});

/** Who holds the lease, as a message tells it. */
const holder = ({ child }: Running): RegExp =>
  new RegExp(`${os.userInfo().username} on ${os.hostname()} \\(process ${child.pid}\\), since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d`);

/** True while a transaction holds the lease's row; on SQLite, while anybody writes or reads: a reader that stands still lets nobody commit. */
const isWriting = async (knex: Knex): Promise<boolean> => {
  try {
    if (isSqlite) await knex.raw('begin exclusive').then(() => knex.raw('rollback'));
    else await knex.transaction((trx) => trx('curation_leases').forUpdate().noWait());
    return false;
  } catch {
    return true;
  }
};

/**
 * Starts an import and stops it once it has written so much, as a machine stops that goes to sleep.
 *
 * @param where `outside`: of any transaction
 */
const stopMidway = async (
  database: TemporaryDatabase,
  leaseMs: number,
  changes: number,
  where: 'outside' | 'anywhere',
): Promise<Running> => {
  const knex = connection(database);
  const first = curation(importing, database, leaseMs);
  if (!(await waitUntil(first, hasWritten(knex, 1, changes)))) throw new Error(`it ended too soon: ${(await first.ended).stderr}`);
  first.child.kill('SIGSTOP');
  while (where === 'outside' && (await isWriting(knex))) {
    first.child.kill('SIGCONT');
    await wait(20);
    first.child.kill('SIGSTOP');
  }
  return first;
};

it('lets one of two in that begin together; the other is told who was first', async () => {
  const database = await newDatabase();
  // Both would make the tables otherwise, which is Strapi's own race.
  expect((await curation(['runs'], database).ended).code).toBe(0);
  const both = [curation(importing, database), curation(importing, database)] as const;
  const [a, b] = await Promise.all(both.map(({ ended }) => ended));
  const [winner, loser] = a!.code === 0 ? [a!, b!] : [b!, a!];
  expect([winner.code, loser.code, loser.stdout]).toEqual([0, HELD, '']);
  expect(loser.stderr).toMatch(holder(a === winner ? both[0] : both[1]));
  expect(loser.stderr).not.toContain('    at ');

  const { counts } = JSON.parse(winner.stdout) as { counts: { created: number } };
  undisturbed = await readContent(database);
  expect(undisturbed.curation_records!.filter((line) => !line.includes('"type":"file"'))).toHaveLength(counts.created);
  expect(new Set(undisturbed.files)).toHaveProperty('size', undisturbed.files!.length);
}, 240_000);

const moments = [
  { moment: 'between its pictures', changes: 3, where: 'outside' },
  // SQLite has one writer: one that is stopped while it writes stops everybody, and no lease can help.
  ...(isSqlite ? [] : [{ moment: 'among its records', changes: 150, where: 'anywhere' } as const]),
] as const;

it.each(moments)(
  'takes the lease from a process that was stopped $moment; continued, it writes no more',
  async ({ changes, where }) => {
    const database = await newDatabase();
    const first = await stopMidway(database, LEASE_MS, changes, where);
    await wait(LEASE_MS + 1_000);

    const second = await curation(importing, database).ended;
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('Run 1 did not finish')]);

    expect(first.isRunning()).toBe(true);
    first.child.kill('SIGCONT');
    const { code, stderr, stdout } = await first.ended;
    expect([code, stdout, stderr]).toEqual([HELD, '', expect.stringContaining('lost its lease')]);
    expect(stderr).not.toContain('    at ');
    expect(differences(undisturbed, await readContent(database))).toEqual([]);
    expect(await connection(database)('curation_runs').orderBy('id').select('id', 'status')).toMatchObject([
      { status: 'died' },
      { status: 'done' },
    ]);
  },
  240_000,
);

it('is released by unlock: of the dead at once, of the living only by force', async () => {
  const database = await newDatabase();
  const first = await stopMidway(database, FOREVER_MS, 1, 'outside');
  const refused = await curation(['unlock'], database).ended;
  expect([refused.code, refused.stderr]).toEqual([HELD, expect.stringMatching(holder(first))]);
  expect(refused.stderr).toContain('--force');

  const forced = await curation(['unlock', '--force'], database).ended;
  expect([forced.code, forced.stdout]).toEqual([0, expect.stringMatching(holder(first))]);
  first.child.kill('SIGCONT');
  expect(await first.ended).toMatchObject({ code: HELD, stderr: expect.stringContaining('lost its lease') });

  const other = await newDatabase();
  const killed = await stopMidway(other, FOREVER_MS, 1, 'outside');
  killed.child.kill('SIGKILL');
  await killed.ended;
  const released = await curation(['unlock'], other).ended;
  expect([released.code, released.stdout]).toEqual([0, expect.stringMatching(holder(killed))]);
}, 240_000);
