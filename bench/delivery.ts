import { fork, type ChildProcess } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { CLIENTS, type DatabaseClient } from '../tests/support/database';
import type { Order } from './lib/delivery-server';
import { ask, load, type Ask, type Load, type Target } from './lib/load';
import { median, rounded } from './lib/timed';

const CONNECTIONS = 8;
const PAGE = 100;
const DEEP_PAGE = 200;
/** Every kind of request is measured so often, each in turn, so that whatever else the machine does disturbs all alike; the first compiles. */
const ROUNDS = 6;
/** Requests in a round whose answer is in nobody's memory: each is made once. */
const FRESH = 24;
const PUBLISHED = 60;
const STRAPIS_OWN = `/api/curation/curated-contents?pagination[pageSize]=${PAGE}&sort=date:desc&populate[topics]=true&populate[relatedOfferings]=true`;
const LIST = `/api/curation/delivery/contents?limit=${PAGE}`;

const readArguments = () => {
  const options = {
    client: { type: 'string', default: 'sqlite' },
    stories: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '1' },
    growth: { type: 'string', default: '10' },
  } as const;
  const { client, stories, seconds, growth } = parseArgs({ options }).values;
  if (!(CLIENTS as readonly string[]).includes(client)) throw new Error(`--client is "${client}"; it must be one of ${CLIENTS.join(', ')}`);
  return { client: client as DatabaseClient, stories: Number(stories), seconds: Number(seconds), growth: Number(growth) };
};

/** A process of its own for what is measured: the one that asks has work of its own. */
const startServer = () => {
  const child: ChildProcess = fork(path.join(__dirname, 'lib', 'delivery-server.ts'), { execArgv: process.execArgv });
  const order = <Answer>(wanted: Order): Promise<Answer> =>
    new Promise((resolve, reject) => {
      child.once('message', ({ answer, error }: { answer: Answer; error?: string }) =>
        error ? reject(new Error(error)) : resolve(answer),
      );
      child.send(wanted);
    });
  return { order, end: () => child.kill() };
};

const bench = async () => {
  const { client, stories, seconds, growth } = readArguments();
  const server = startServer();
  const other = startServer();
  try {
    const { url, slugs, paths, positions } = await server.order<{ url: string; slugs: string[]; paths: string[]; positions: string[] }>({
      order: 'start',
      client,
      stories,
    });
    const target: Target = { url, connections: CONNECTIONS, headers: { 'accept-encoding': 'identity' } };
    const agent = new http.Agent({ keepAlive: true });
    const text = async (address: string) => Buffer.from(await (await fetch(address, { headers: target.headers })).arrayBuffer());
    const body = await text(url + LIST);
    const bare = await other.order<{ url: string }>({ order: 'bare', body: body.toString('base64') });
    const route = await server.order<{ path: string }>({ order: 'route', body: body.toString('base64') });
    const { etag } = await ask(agent, target, { path: LIST });
    agent.destroy();

    const always = (path: string, headers?: Record<string, string>) => () => ({ path, headers });
    const measure = (status: number, next: (index: number) => Ask | undefined, of: Target = target) => load(of, status, next, seconds);
    const slugAt = (index: number) => slugs[(index * 7919) % slugs.length]!;
    const pageFrom = (offset: number) => (index: number) =>
      index < FRESH ? { path: `${LIST}&after=${positions[(offset + index) % positions.length]!}` } : undefined;
    const bySlug = (offset: number) => (index: number) =>
      index < FRESH * 10 ? { path: `/api/curation/delivery/contents/${encodeURIComponent(slugAt(offset + index))}` } : undefined;
    const resolve = (offset: number) => (index: number) =>
      index < FRESH * 10
        ? { path: `/api/curation/delivery/resolve?path=${encodeURIComponent(paths[((offset + index) * 7919) % paths.length]!)}` }
        : undefined;
    const deep = Math.min(DEEP_PAGE * PAGE, Math.max(0, positions.length - PAGE - FRESH - 1));

    const loads: Record<string, Load[]> = {};
    const keep = async (kind: string, round: number, measured: Promise<Load>) => {
      const each = await measured;
      if (round > 0) (loads[kind] ??= []).push(each);
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      await keep('strapi', round, measure(200, always(STRAPIS_OWN)));
      await keep('list', round, measure(200, always(LIST)));
      await keep('bare', round, measure(200, always('/'), { ...target, url: bare.url }));
      await keep('route', round, measure(200, always(route.path)));
      await keep('notModified', round, measure(304, always(LIST, { 'if-none-match': etag! })));
      await keep('gzip', round, measure(200, always(LIST, { 'accept-encoding': 'gzip' })));
      await keep('sync', round, measure(200, always(`/api/curation/delivery/sync?limit=${PAGE}`)));
      await keep('freshPage', round, measure(200, pageFrom(round * FRESH)));
      await keep('freshDeepPage', round, measure(200, pageFrom(deep - round * FRESH)));
      await keep('slug', round, measure(200, bySlug(round * FRESH * 10)));
      await keep('resolve', round, measure(200, resolve(round * FRESH * 10)));
    }
    const publish = await server.order<{ ratio: number; with: number; without: number }>({ order: 'publish', rounds: PUBLISHED });
    const rename = await server.order<{ stories: number; answered: number; finished: number }>({ order: 'rename' });

    await server.order({ order: 'grow', times: growth });
    for (let round = 0; round < ROUNDS; round += 1) {
      await keep('grownPage', round, measure(200, pageFrom(deep - (ROUNDS + round) * FRESH)));
      await keep('grownSlug', round, measure(200, bySlug((ROUNDS + round) * FRESH * 10)));
    }

    const each = (kind: string, of: keyof Load) => loads[kind]!.map((one) => one[of]);
    /** Of the rounds, each compared within itself. */
    const compare = (a: string, b: string, of: keyof Load) => {
      const others = each(b, of);
      return rounded(median(each(a, of).map((value, round) => value / others[round]!)));
    };
    const kinds = Object.fromEntries(
      Object.keys(loads).map((kind) => [
        kind,
        { perSecond: median(each(kind, 'perSecond')), median: median(each(kind, 'median')), p95: median(each(kind, 'p95')) },
      ]),
    );
    const result = {
      bench: 'delivery',
      client,
      stories,
      pageBytes: body.length,
      listRatio: compare('list', 'strapi', 'perSecond'),
      notModifiedRatio: compare('notModified', 'strapi', 'perSecond'),
      bareRatio: compare('list', 'bare', 'perSecond'),
      routeRatio: compare('list', 'route', 'perSecond'),
      deepPageRatio: compare('freshDeepPage', 'freshPage', 'median'),
      growthRatio: Math.max(compare('grownSlug', 'slug', 'median'), compare('grownPage', 'freshDeepPage', 'median')),
      publishRatio: rounded(publish.ratio),
      publishMs: { with: rounded(publish.with), without: rounded(publish.without) },
      renameStories: rename.stories,
      renameSeconds: rounded(rename.answered / 1000),
      renameBehindSeconds: rounded(rename.finished / 1000),
      kinds,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    await server.order({ order: 'stop' });
  } finally {
    server.end();
    other.end();
  }
};

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
