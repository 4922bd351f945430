import { setTimeout as wait } from 'node:timers/promises';
import workerThreads from 'node:worker_threads';

import type { Knex } from 'knex';

import type { Host } from '../../migrations/apply/host';
import { logInAsSuperAdmin, type Administrator } from '../support/administrators';
import { writeArchive } from '../support/archive';
import { curation } from '../support/cli';
import type { TemporaryDatabase } from '../support/database';
import { documents } from '../support/documents';
import { offeringFile, story as storyFile } from '../support/story';
import { startStrapi, type RunningStrapi } from '../support/strapi';
import { PLAYGROUND } from '../support/paths';
import { createReadyDatabase } from '../support/template/template';

/** What others write is looked for once a second. */
const NEXT_LOOK = 1_100;

let database: TemporaryDatabase;
let running: RunningStrapi;
let admin: Administrator;
let host: Host;

const of = (type: 'curated-content' | 'topic' | 'offering') => documents(running.strapi, type);
const query = (type: 'topic' | 'offering') => running.strapi.db.query(`plugin::curation.${type}`);
const search = async (q: string) => (await admin.post('/curation/picker/search', { q })).body.data as any[];
const namesOf = async (q: string) => (await search(q)).map(({ name }) => name);

/** Asks until the answer is right: others' writes are seen a little later. */
const eventually = async (ask: () => Promise<unknown>, expected: unknown) => {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    if (JSON.stringify(await ask()) === JSON.stringify(expected)) break;
    await wait(NEXT_LOOK);
  }
  expect(await ask()).toEqual(expected);
};

const { Worker } = workerThreads;
const threads: InstanceType<typeof Worker>[] = [];

beforeAll(async () => {
  jest.spyOn(workerThreads, 'Worker').mockImplementation((...args) => {
    const thread = new Worker(...args);
    threads.push(thread);
    return thread;
  });
  database = await createReadyDatabase();
  running = await startStrapi({ database });
  admin = await logInAsSuperAdmin(running.strapi, running.url);
  host = running.strapi.plugin('curation').service('host') as unknown as Host;
  await of('offering').create({ data: { name: 'Brightwater' } });
  expect(await namesOf('brightwater')).toEqual(['Brightwater']);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

describe('writes in this process are seen by the next request', () => {
  test('of the Document Service: names, topics, and what stories pick', async () => {
    const topic = await of('topic').create({ data: { name: 'Wards' } });
    const { documentId } = await of('offering').create({ data: { name: 'Larkspur', topics: [topic.documentId] } });
    expect(await search('wards')).toMatchObject([{ name: 'Larkspur', usedBy: 0 }]);
    const story = await of('curated-content').create({ data: { title: 'A story', relatedOfferings: [documentId] } });
    expect(await search('wards')).toMatchObject([{ usedBy: 1 }]);
    await of('curated-content').publish({ documentId: story.documentId });
    expect(await search('wards')).toMatchObject([{ usedBy: 1 }]);
    await of('topic').update({ documentId: topic.documentId, data: { name: 'Bedsides' } });
    expect(await namesOf('wards')).toEqual([]);
    expect(await search('bedside')).toMatchObject([{ name: 'Larkspur', topics: [{ name: 'Bedsides' }] }]);
    await of('curated-content').update({ documentId: story.documentId, data: { relatedOfferings: [] } });
    // What is live still names it.
    expect(await search('bedside')).toMatchObject([{ usedBy: 1 }]);
    await of('curated-content').publish({ documentId: story.documentId });
    expect(await search('bedside')).toMatchObject([{ usedBy: 0 }]);
    await of('offering').update({ documentId, data: { topics: [] } });
    expect(await namesOf('bedside')).toEqual([]);
  });

  test('of a query of the app: one row, many, and their removal', async () => {
    await query('offering').create({ data: { name: 'Quietline', documentId: 'quietline' } });
    expect(await namesOf('quietline')).toEqual(['Quietline']);
    await query('offering').update({ where: { documentId: 'quietline' }, data: { name: 'Loudline' } });
    expect([await namesOf('quietline'), await namesOf('loudline')]).toEqual([[], ['Loudline']]);
    await query('offering').updateMany({ where: { documentId: 'quietline' }, data: { summary: 'Zebras' } });
    expect(await namesOf('zebras')).toEqual(['Loudline']);
    await query('offering').deleteMany({ where: { documentId: 'quietline' } });
    expect(await namesOf('loudline')).toEqual([]);
  });
});

describe('writes of others are seen a moment later', () => {
  const table = () => host.tables('plugin::curation.offering').table;
  const moment = (time: number) => (host.client === 'sqlite' ? time : new Date(time));
  const knex = (): Knex => host.knex;

  test('of another node, whose clock is half a minute late', async () => {
    await of('offering').create({ data: { name: 'Waybill' } });
    expect(await namesOf('waybill')).toEqual(['Waybill']);
    await knex()(table())
      .where({ name: 'Waybill' })
      .update({ name: 'Highbill', updated_at: moment(Date.now() - 30_000) });
    await eventually(() => namesOf('highbill'), ['Highbill']);
    await knex()(table()).where({ name: 'Highbill' }).delete();
    await eventually(() => namesOf('highbill'), []);
  });

  test('of links alone, where no row says that it changed', async () => {
    const topic = await of('topic').create({ data: { name: 'Kidneys' } });
    const { id } = await of('offering').create({ data: { name: 'Saltmarsh' } });
    expect(await namesOf('kidneys')).toEqual([]);
    const { table: links, source, target } = host.tables('plugin::curation.offering').links.topics!;
    await knex()(links).insert({ [source]: id, [target]: topic.id });
    await eventually(() => namesOf('kidneys'), ['Saltmarsh']);
    await knex()(links)
      .where({ [source]: id })
      .delete();
    await eventually(() => namesOf('kidneys'), []);
  });

  test('of an import in another process, and of its undoing', async () => {
    const offering = { archetype: 'offering', offeringId: 9001, permalink: '/offering/pulsewell', type: 'product', status: 'approved' };
    const archive = await writeArchive({
      'offerings/pulsewell.md': offeringFile('Pulsewell Patch', offering),
      'news/one.md': storyFile({
        id: 1,
        title: 'A patch that counts',
        date: '2022-03-14',
        relatedOfferings: [{ label: 'Pulsewell Patch', permalink: '/offering/pulsewell', offeringId: 9001 }],
      }),
    });
    const { code, stderr } = await curation(['import', archive, '--app', PLAYGROUND, '--yes', '--quiet'], { env: database.env });
    expect([code, stderr]).toEqual([0, expect.anything()]);
    const seen = async () => (await search('pulsewell')).map(({ name, usedBy }) => [name, usedBy]);
    await eventually(seen, [['Pulsewell Patch', 1]]);
    const { stdout } = await curation(['runs', '--app', PLAYGROUND, '--format', 'json'], { env: database.env });
    const [run] = /"run":\s*(\d+)/.exec(stdout)!.slice(1);
    expect((await curation(['undo', run!, '--app', PLAYGROUND, '--yes', '--quiet'], { env: database.env })).code).toBe(0);
    await eventually(seen, []);
  });
});

test('an index that is lost is read again for whoever asks next', async () => {
  expect(threads).toHaveLength(1);
  running.strapi.log.level = 'silent';
  await threads[0]!.terminate();
  expect(await namesOf('brightwater')).toEqual(['Brightwater']);
  expect(threads).toHaveLength(2);
});
