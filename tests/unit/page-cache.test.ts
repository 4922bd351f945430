import knexOf, { type Knex } from 'knex';

import type { Host } from '../../migrations/apply/host';
import { withRoomyCache } from '../../migrations/apply/page-cache';

let knex: Knex;
let host: Host;

beforeAll(() => {
  knex = knexOf({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
  host = { client: 'sqlite', knex } as unknown as Host;
});

afterAll(() => knex.destroy());

const size = async () => (await knex.raw<{ cache_size: number }[]>('pragma cache_size'))[0]!.cache_size;

it('is larger while a run writes, and afterwards as it was', async () => {
  const before = await size();
  // SQLite tells kibibytes below zero, and pages above it.
  expect(await withRoomyCache(host, size)).toBe(-64 * 1024);
  expect(await size()).toBe(before);
});

it('is as it was after a run that failed, too', async () => {
  const before = await size();
  await expect(withRoomyCache(host, () => Promise.reject(new Error('The disk is full.')))).rejects.toThrow('The disk is full.');
  expect(await size()).toBe(before);
});
