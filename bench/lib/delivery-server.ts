import { TABLES } from '../../content-types/tables/uids';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import Koa from 'koa';

import { insertRows } from '../../migrations/apply/insert-rows';
import type { Row } from '../../migrations/apply/select';
import { facetKey, slugKeyOf } from '../../server/src/delivery/facet-key';
import type { Derived } from '../../server/src/derived';
import { startArchiveApp, type ArchiveApp } from '../../tests/support/archive-app';
import { createDatabase, type DatabaseClient } from '../../tests/support/database';
import { writeStories } from './archive';
import { median } from './timed';

/** What the process that measures may ask of this one. */
export type Order =
  | { order: 'start'; client: DatabaseClient; stories: number }
  | { order: 'bare'; body: string }
  | { order: 'route'; body: string }
  | { order: 'publish'; rounds: number }
  | { order: 'rename' }
  | { order: 'grow'; times: number }
  | { order: 'stop' };

const DELIVERY = ['find', 'findOne'].map((action) => `plugin::curation.delivery.${action}`);
const CHUNK = 500;
/** Half of the stories have it. */
const COMMON_TOPIC = 'Care Catalog: Everywhere';

let app: ArchiveApp;
let database: Awaited<ReturnType<typeof createDatabase>>;

const derived = () => app.strapi.plugin('curation').service('derived') as unknown as Derived;
const start = async (client: DatabaseClient, stories: number) => {
  database = await createDatabase(client);
  app = await startArchiveApp({ database });
  const archive = await writeStories(stories, COMMON_TOPIC);
  await app.importFrom(archive.folder);
  await archive.remove();
  await derived().worker.drain();
  const role = (await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } })) as { id: number };
  for (const action of DELIVERY)
    await app.strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: role.id } });
  const { table } = app.host.tables(TABLES.delivery);
  const rows = (await app.host
    .knex(table)
    .where({ type: 'curated-content' })
    .select('slug', 'position')
    .orderBy('position', 'desc')) as Row[];
  const redirects = app.host.tables(TABLES.redirect).table;
  const live: Row[] = await app.host.knex(redirects).where({ kind: 'live', type: 'curated-content' }).orderBy('id').select('path');
  return {
    url: app.url,
    slugs: rows.map(({ slug }) => String(slug)),
    paths: live.map(({ path }) => String(path)),
    positions: rows.map(({ position }) => String(position)),
  };
};

/** The least that an answer can cost: a handler that has the bytes in memory, and no middleware. */
const bare = async (body: string) => {
  const koa = new Koa();
  const bytes = Buffer.from(body, 'base64');
  koa.use((ctx) => {
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = bytes;
  });
  const server = http.createServer(koa.callback() as http.RequestListener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** The least that an answer of Strapi can cost: one of the routes, its handler replaced by one that has the bytes in memory. */
const route = (body: string) => {
  const bytes = Buffer.from(body, 'base64');
  const controller = app.strapi.plugin('curation').controller('delivery');
  controller.offerings = (ctx: Koa.Context) => {
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = bytes;
  };
  return Promise.resolve({ path: '/api/curation/delivery/offerings' });
};

/** Publishes the same stories with and without their answers in turn. @returns milliseconds for one, each way, and how one story's compare */
const publish = async (rounds: number) => {
  const documents = app.strapi.documents('plugin::curation.curated-content') as unknown as Record<
    string,
    (params: object) => Promise<unknown>
  >;
  const found = (await documents.findMany!({ limit: rounds, status: 'draft' })) as { documentId: string }[];
  const service = derived();
  const { refresh } = service;
  const times = { with: [] as number[], without: [] as number[] };
  for (const { documentId } of found) {
    // Each way goes first as often as the other.
    for (const way of times.with.length % 2 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
      service.refresh = way === 'with' ? refresh : async () => {};
      await documents.update!({ documentId, data: { title: `Published ${way} at ${performance.now()}` } });
      const began = performance.now();
      await documents.publish!({ documentId });
      times[way].push(performance.now() - began);
    }
  }
  service.refresh = refresh;
  const ratio = median(times.with.map((each, index) => each / times.without[index]!));
  return { ratio, with: median(times.with), without: median(times.without) };
};

/** Renames the topic that half of the stories have. @returns milliseconds until its editor is answered, and until every story shows the new name */
const rename = async () => {
  const topics = app.strapi.documents('plugin::curation.topic') as unknown as Record<string, (params: object) => Promise<unknown>>;
  const { table } = app.host.tables(TABLES.facet);
  const [{ documentId }] = (await topics.findMany!({ filters: { name: COMMON_TOPIC } })) as [{ documentId: string }];
  const [{ stories }] = (await app.host
    .knex(table)
    .where({ key: facetKey('topic', documentId) })
    .count('* as stories')) as [{ stories: number | string }];
  const began = performance.now();
  await topics.update!({ documentId, data: { name: `${COMMON_TOPIC}, renamed` } });
  const answered = performance.now() - began;
  await derived().worker.drain();
  return { stories: Number(stories), answered, finished: performance.now() - began };
};

/** Adds answers until there are so many times as many: copies under names of their own. */
const grow = async (times: number) => {
  const { table } = app.host.tables(TABLES.delivery);
  const facets = app.host.tables(TABLES.facet).table;
  const knex = app.host.knex;
  for (let after = 0; ;) {
    const rows = (await knex(table).where({ type: 'curated-content' }).where('id', '>', after).orderBy('id').limit(CHUNK)) as Row[];
    const originals = rows.filter(({ document_id }) => !String(document_id).includes('-copy-'));
    if (originals.length === 0) break;
    after = Number(originals.at(-1)!.id);
    const keys = (await knex(facets).whereIn(
      'document_id',
      originals.map(({ document_id }) => String(document_id)),
    )) as Row[];
    for (let copy = 1; copy < times; copy += 1) {
      const position = (value: unknown) => `${String(value)}${copy}`;
      await knex.transaction(async (trx) => {
        await insertRows(
          trx,
          table,
          originals.map(({ id: _, ...row }) => ({
            ...row,
            document_id: `${String(row.document_id)}-copy-${copy}`,
            slug: `${String(row.slug)}-${copy}`,
            slug_key: slugKeyOf(`${String(row.slug)}-${copy}`),
            position: position(row.position),
          })),
        );
        await insertRows(
          trx,
          facets,
          keys.map(({ id: _, ...row }) => ({
            ...row,
            document_id: `${String(row.document_id)}-copy-${copy}`,
            position: position(row.position),
          })),
        );
      });
    }
  }
  if (database.client === 'postgres') await knex.raw('analyze');
  return {};
};

const ORDERS = {
  start: ({ client, stories }: Extract<Order, { order: 'start' }>) => start(client, stories),
  bare: ({ body }: Extract<Order, { order: 'bare' }>) => bare(body),
  route: ({ body }: Extract<Order, { order: 'route' }>) => route(body),
  publish: ({ rounds }: Extract<Order, { order: 'publish' }>) => publish(rounds),
  rename: () => rename(),
  grow: ({ times }: Extract<Order, { order: 'grow' }>) => grow(times),
  async stop() {
    await app.stop();
    await database.drop();
    return {};
  },
};

process.on('message', (order: Order) => {
  const carryOut = ORDERS[order.order] as (order: Order) => Promise<object>;
  carryOut(order).then(
    (answer) => process.send!({ answer }),
    (error: unknown) => process.send!({ error: String((error as Error).stack) }),
  );
});
