import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { enqueue } from '../../server/src/derived/queue';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { connect } from '../support/connect';
import type { TemporaryDatabase } from '../support/database';
import { deliveriesOf, NO_FAULTS } from '../support/deliveries';
import { documents } from '../support/documents';
import { eventually } from '../support/eventually';
import { ROOT } from '../support/paths';
import { fullAccessToken } from '../support/rest';
import { story } from '../support/story';
import { createSyncClient } from '../support/sync-client';
import { createReadyDatabase } from '../support/template/template';

/** Several chunks of the worker. */
const STORIES = 1_200;

let database: TemporaryDatabase;
let app: ArchiveApp;
let token: string;

beforeAll(async () => {
  database = await createReadyDatabase();
  app = await startArchiveApp({ database });
  token = await fullAccessToken(app.strapi);
  const files = Array.from({ length: STORIES }, (_, index) => [
    `${index}.md`,
    story({ id: index + 1, title: `Story ${index}`, slug: `story-${index}`, basePath: '/news/', categories: ['Wards: Night'] }),
  ]);
  await app.importFrom(await writeArchive(Object.fromEntries(files) as Record<string, string>));
  await deliveriesOf(app.strapi).settled();
});

afterAll(async () => {
  await app.stop();
  await database.drop();
});

const get = async (at: string) => {
  const response = await fetch(`${app.url}/api/curation/delivery${at}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as { data: any; meta: any; error: any } };
};
const statusOf = async (at: string) => (await get(at)).status;
const tableOf = (name: string) => app.strapi.db.connection(app.strapi.db.metadata.get(`plugin::curation.${name}`).tableName);

describe('a start', () => {
  it('with content of before the table builds it behind the requests, which are answered 503 until then', async () => {
    for (const name of ['delivery', 'facet', 'redirect', 'mark', 'sequence']) await tableOf(name).delete();
    await deliveriesOf(app.strapi).prepare();
    const early = await get('/contents/story-7');
    expect(early).toMatchObject({ status: 503, body: { data: null, error: { details: { name: 'NotBuilt' } } } });
    expect([early.headers.get('retry-after'), early.headers.get('cache-control')]).toEqual(['10', 'no-store']);

    await eventually(() => statusOf('/contents/story-7'), 200, 60_000);
    expect((await get('/topics')).body.data).toMatchObject([{ label: 'Night', contentCount: STORIES }]);
    expect((await get('/resolve?path=/news/story-7')).body.data).toEqual({ kind: 'content', slug: 'story-7' });
    expect(await deliveriesOf(app.strapi).faults()).toEqual(NO_FAULTS);
  });

  it('that sites ask before all is made lets them sync all of it afterwards', async () => {
    await tableOf('sequence').update({ format: '0-of-before' });
    await deliveriesOf(app.strapi).prepare();
    // Each question counts what is made already.
    await eventually(() => statusOf('/sync'), 200, 60_000);
    const client = createSyncClient(app.url, token);
    await client.catchUp(500);
    expect(client.held()).toHaveLength(STORIES);
  });

  it('serves nothing before what was put off meanwhile is made, too', async () => {
    const { documentId } = (await get('/contents/story-7')).body.data;
    await tableOf('sequence').update({ format: '0-of-before' });
    const { host } = app;
    const task = { kind: 'entries', type: 'curated-content', documentIds: [documentId] } as const;
    await host.transaction((trx) => enqueue(host, trx, [task], Date.now() + 2_500));
    await deliveriesOf(app.strapi).prepare();
    await eventually(() => statusOf('/contents/story-7'), 200, 60_000);
    expect(await deliveriesOf(app.strapi).state()).toEqual({ isBuilt: true, waiting: 0 });
  });

  it('with answers in another form makes them anew, and who syncs starts again', async () => {
    const { cursor } = (await get('/sync?limit=1')).body.meta;
    await tableOf('sequence').update({ format: '0-of-before' });
    await tableOf('delivery').where({ slug: 'story-7' }).update({ body: '{"old":true' });
    await deliveriesOf(app.strapi).prepare();
    expect(await statusOf('/contents/story-7')).toBe(503);
    await eventually(() => statusOf('/contents/story-7'), 200, 60_000);
    expect((await get('/contents/story-7')).body.data).toMatchObject({ title: 'Story 7', topics: [{ label: 'Night' }] });
    expect(await statusOf(`/sync?cursor=${cursor}`)).toBe(410);
  });

  it('goes on where a process was killed in the midst of what follows from a rename', async () => {
    const [{ documentId }] = (await get('/topics')).body.data;
    const { tableName } = app.strapi.db.metadata.get('plugin::curation.refresh');
    await app.stop();
    const knex = connect(database);
    const execArgv = ['--require', path.join(ROOT, 'bench', 'lib', 'typescript.cjs')];
    const env = { ...process.env, ...database.env };
    const node = fork(path.join(ROOT, 'tests', 'support', 'renaming-node.ts'), [documentId, 'Late'], { execArgv, env });
    const exit = once(node, 'exit');
    // SQLite refuses to answer while somebody writes.
    const isUnderWay = async () => Boolean(await knex(tableName).whereNot('after', '').first());
    while (node.exitCode === null && !(await isUnderWay().catch(() => false))) await wait(2);
    node.kill('SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);
    expect(await isUnderWay()).toBe(true);
    await knex.destroy();

    app = await startArchiveApp({ database });
    const table = deliveriesOf(app.strapi);
    await eventually(async () => (await table.state()).waiting, 0, 60_000);
    const rows = await table.rows({ type: 'curated-content' });
    expect([rows.length, rows.filter(({ json }) => json!.topics[0].label !== 'Late').length]).toEqual([STORIES, 0]);
    expect(await table.faults()).toEqual(NO_FAULTS);
  });
});

describe('beside a node of another version', () => {
  const OTHER = 'another-form';

  it('goes on with the answers that there are, and with its own work, while the other one makes everything anew', async () => {
    expect(await statusOf('/contents/story-7')).toBe(200);
    const { format } = await tableOf('sequence').first();
    await tableOf('sequence').update({ format: OTHER });
    await tableOf('refresh').insert({ kind: 'all', type: OTHER, document_ids: '[]', after: '', attempts: 0, due_at: 0 });
    expect(await statusOf('/contents/story-7')).toBe(200);

    await documents(app.strapi, 'curated-content').update({
      documentId: (await get('/contents/story-7')).body.data.documentId,
      data: { title: 'Seven' },
      status: 'published',
    });
    await deliveriesOf(app.strapi).settled();
    expect((await get('/contents/story-7')).body.data).toMatchObject({ title: 'Seven' });
    // What the other one is to do is left to it, and nobody here waits for that.
    expect(await tableOf('refresh').where({ kind: 'all' })).toMatchObject([{ type: OTHER, after: '' }]);
    expect(await deliveriesOf(app.strapi).state()).toMatchObject({ isBuilt: false, waiting: 0 });

    await tableOf('refresh').delete();
    await tableOf('sequence').update({ format });
  });

  it('makes those answers anew that the other one writes as long as it runs, and who syncs is told', async () => {
    const client = createSyncClient(app.url, token);
    const of = (slug: string) => tableOf('delivery').where({ type: 'curated-content', slug });
    await of('story-8').update({ format: 'a form of before', body: '{"documentId":"8","secret":"kept private by now"' });
    await of('story-9').update({ format: 'zzz', body: '{"documentId":"9","secret":"kept private by now"' });
    await client.catchUp(500);

    await eventually(async () => (await deliveriesOf(app.strapi).faults()).stale, 0, 30_000);
    await client.catchUp(500);
    const slugs = ['story-8', 'story-9'];
    expect(client.held().filter(({ slug }) => slugs.includes(slug as string))).toMatchObject([
      { title: expect.stringMatching(/^Story [89]$/) },
      {},
    ]);
    expect((await get('/contents/story-8')).body.data).not.toHaveProperty('secret');
  });
});
