import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import fc from 'fast-check';

import { curation } from '../support/cli';
import { deliveriesOf, NO_FAULTS } from '../support/deliveries';
import { carryOut, writeAtOnce, WRITES } from '../support/delivery-writes';
import { PLAYGROUND, ROOT } from '../support/paths';
import { fullAccessToken } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';
import { createSyncClient } from '../support/sync-client';

let app: RunningStrapi;
let table: ReturnType<typeof deliveriesOf>;
let token: string;

beforeAll(async () => {
  app = await startStrapi();
  table = deliveriesOf(app.strapi);
  token = await fullAccessToken(app.strapi);
});

afterAll(() => app.stop());

/** Syncs as long as some work goes on, and once more after it. */
const syncWhile = async (client: ReturnType<typeof createSyncClient>, work: Promise<unknown>) => {
  const state = { isDone: false };
  const ended = work.finally(() => (state.isDone = true));
  while (!state.isDone) await client.catchUp();
  await ended;
  await table.settled();
  await client.catchUp();
};

describe('whatever is written', () => {
  it('in whatever order, the table equals a rebuild, and who only syncs holds what a full read gives', async () => {
    const client = createSyncClient(app.url, token);
    const write = fc.record({ write: fc.constantFrom(...WRITES), at: fc.nat(10_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 3, maxLength: 12 }), async (writes) => {
        for (const each of writes) await carryOut(app.strapi, each);
        expect(await table.faults()).toEqual(NO_FAULTS);
        await client.catchUp();
        expect(client.held()).toEqual(await client.everything());
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('by however many at once, no change is skipped', async () => {
    const client = createSyncClient(app.url, token);
    await syncWhile(client, writeAtOnce(app.strapi, 7, { writers: 6, each: 12 }));
    expect(await table.faults()).toEqual(NO_FAULTS);
    const everything = await client.everything();
    expect(everything.length).toBeGreaterThan(0);
    expect(client.held()).toEqual(everything);
  });
});

// PostgreSQL is where transactions of several nodes commit out of order; nodes do not share a SQLite file, and on MariaDB the queue looks twice.
(process.env.TEST_CLIENT === 'postgres' ? describe : describe.skip)('two nodes on one database', () => {
  it('write and sync at once, and neither misses what the other wrote', async () => {
    const execArgv = ['--require', path.join(ROOT, 'bench', 'lib', 'typescript.cjs')];
    const env = { ...process.env, ...app.database.env };
    const node = fork(path.join(ROOT, 'tests', 'support', 'second-node.ts'), ['99'], { execArgv, env });
    const [{ url }] = (await once(node, 'message')) as [{ url: string }];
    node.send('go');
    const other = once(node, 'message');

    const clients = [createSyncClient(app.url, token), createSyncClient(url, token)];
    const work = Promise.all([writeAtOnce(app.strapi, 13, { writers: 3, each: 10, node: 0, nodes: 2 }), other]);
    await Promise.all(clients.map((client) => syncWhile(client, work)));
    await table.settled();
    for (const client of clients) await client.catchUp();
    expect(await table.faults()).toEqual(NO_FAULTS);
    const everything = await clients[0]!.everything();
    expect(clients[0]!.held()).toEqual(everything);
    expect(clients[1]!.held()).toEqual(everything);
    expect(await clients[1]!.everything()).toEqual(everything);

    const exit = once(node, 'exit');
    node.send('stop');
    expect(await exit).toEqual([0, null]);
  });
});

describe('the command line', () => {
  it('tells what is wrong with the answers, and makes them anew', async () => {
    const run = (...args: string[]) => curation([...args, '--app', PLAYGROUND, '--format', 'json'], { env: app.database.env });
    const sound = await run('status', '--check');
    expect([sound.code, sound.stderr]).toEqual([0, '']);
    expect(sound.json()).toMatchObject({ answers: { isBuilt: true, waiting: 0, ...NO_FAULTS } });

    const { tableName } = app.strapi.db.metadata.get('plugin::curation.delivery');
    await app.strapi.db.connection(tableName).where({ is_gone: false }).update({ topics: '["tampered with"]' });
    const broken = await run('status', '--check');
    expect(broken.code).toBe(1);
    expect(broken.json()).toMatchObject({ answers: { right: 0, missing: 0, extra: 0 } });

    const rebuilt = await run('rebuild');
    expect([rebuilt.code, rebuilt.stderr]).toEqual([0, '']);
    expect(rebuilt.json()).toMatchObject({ answers: NO_FAULTS });
    expect(await table.faults()).toEqual(NO_FAULTS);
  });
});
