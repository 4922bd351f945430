import { fork, type ChildProcess } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { CLIENTS, type DatabaseClient } from '../tests/support/database';
import type { Order } from './lib/delivery-server';
import { ask, load, type Ask, type Load, type Target } from './lib/load';

const CONNECTIONS = 8;
const PAGE = 100;
const DEEP_PAGE = 200;
/** Requests whose answer is in nobody's memory: each is made once. */
const FRESH = 60;
const PUBLISHED = 60;
const STRAPIS_OWN = `/api/curation/curated-contents?pagination[pageSize]=${PAGE}&sort=date:desc&populate[topics]=true&populate[relatedOfferings]=true`;
const LIST = `/api/curation/delivery/contents?limit=${PAGE}`;

const readArguments = () => {
  const options = {
    client: { type: 'string', default: 'sqlite' },
    stories: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '4' },
    growth: { type: 'string', default: '10' },
  } as const;
  const { client, stories, seconds, growth } = parseArgs({ options }).values;
  if (!(CLIENTS as readonly string[]).includes(client)) throw new Error(`--client is "${client}"; it must be one of ${CLIENTS.join(', ')}`);
  return { client: client as DatabaseClient, stories: Number(stories), seconds: Number(seconds), growth: Number(growth) };
};

const rounded = (value: number): number => Number(value.toFixed(value < 10 ? 2 : 1));

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

    const kinds: Record<string, Load> = {};
    // Twice, and the second time counts: the first compiles.
    for (let round = 0; round < 2; round += 1) {
      kinds.strapi = await measure(200, always(STRAPIS_OWN));
      kinds.list = await measure(200, always(LIST));
      kinds.notModified = await measure(304, always(LIST, { 'if-none-match': etag! }));
      kinds.bare = await measure(200, always('/'), { ...target, url: bare.url });
      kinds.route = await measure(200, always(route.path));
      kinds.gzip = await measure(200, always(LIST, { 'accept-encoding': 'gzip' }));
      kinds.sync = await measure(200, always(`/api/curation/delivery/sync?limit=${PAGE}`));
      kinds.freshPage = await measure(200, pageFrom(round * FRESH));
      kinds.freshDeepPage = await measure(200, pageFrom(deep - round * FRESH));
      kinds.slug = await measure(200, bySlug(round * FRESH * 10));
      kinds.resolve = await measure(200, resolve(round * FRESH * 10));
    }
    const publish = await server.order<{ with: number; without: number }>({ order: 'publish', rounds: PUBLISHED });
    const rename = await server.order<{ stories: number; answered: number; finished: number }>({ order: 'rename' });

    await server.order({ order: 'grow', times: growth });
    for (let round = 2; round < 4; round += 1) {
      kinds.grownPage = await measure(200, pageFrom(deep - round * FRESH));
      kinds.grownSlug = await measure(200, bySlug(round * FRESH * 10));
    }

    const ratio = (a: Load | undefined, b: Load | undefined) => rounded(a!.perSecond / b!.perSecond);
    const result = {
      bench: 'delivery',
      client,
      stories,
      pageBytes: body.length,
      listRatio: ratio(kinds.list, kinds.strapi),
      notModifiedRatio: ratio(kinds.notModified, kinds.strapi),
      bareRatio: ratio(kinds.list, kinds.bare),
      routeRatio: ratio(kinds.list, kinds.route),
      deepPageRatio: rounded(kinds.freshDeepPage!.median / kinds.freshPage!.median),
      growthRatio: rounded(Math.max(kinds.grownSlug!.median / kinds.slug!.median, kinds.grownPage!.median / kinds.freshDeepPage!.median)),
      publishRatio: rounded(publish.with / publish.without),
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
