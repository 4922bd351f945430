import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { Host } from '../../migrations/apply/host';
import type { DerivedRows } from '../../server/src/derived/derived-rows';
import { enqueue } from '../../server/src/derived/queue';
import { Worker } from '../../server/src/derived/worker';
import { connect } from '../support/connect';
import { createDatabase, type TemporaryDatabase } from '../support/database';
import { eventually } from '../support/eventually';

const TABLE = 'refreshes';
const COLUMNS = { id: 'id', kind: 'kind', type: 'type', documentIds: 'ids', after: 'after', attempts: 'attempts', dueAt: 'due_at' };

let database: TemporaryDatabase;
let knex: Knex;
let host: Host;

beforeAll(async () => {
  database = await createDatabase('sqlite');
  knex = connect(database);
  await knex.schema.createTable(TABLE, (table) => {
    table.increments('id');
    for (const name of ['kind', 'type', 'ids', 'after']) table.string(name);
    for (const name of ['attempts', 'due_at']) table.bigInteger(name);
  });
  host = { knex, client: 'sqlite', tables: () => ({ table: TABLE, columns: COLUMNS, links: {}, media: {} }) } as unknown as Host;
});
afterAll(async () => {
  await knex.destroy();
  await database.drop();
});

it('outlives a database that is away, says so once, and goes on when it is back', async () => {
  const refreshed: string[] = [];
  const told: string[] = [];
  const rows: DerivedRows = {
    name: 'rows',
    refresh({ documentIds }) {
      refreshed.push(...documentIds);
      return Promise.resolve([]);
    },
  };
  const strapi = { log: { error: (message: string) => told.push(message) } } as unknown as Core.Strapi;
  const worker = new Worker(strapi, host, [rows], () => 'form');
  const look = async () => {
    worker.wake();
    await eventually(() => worker.hasWork, false);
  };

  await knex.transaction((trx) => enqueue(host, trx, [{ kind: 'entries', type: 'topic', documentIds: ['a'] }]));
  for (let outage = 1; outage <= 2; outage += 1) {
    await knex.schema.renameTable(TABLE, 'away');
    await look();
    await look();
    expect(told).toEqual(Array.from({ length: outage }, () => expect.stringContaining('no such table')));
    await knex.schema.renameTable('away', TABLE);
    await look();
    expect(refreshed).toEqual(['a']);
  }
  expect(await worker.waiting()).toBe(0);
  await worker.stop();
});
