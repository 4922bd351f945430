import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs, promisify } from 'node:util';

import type { Core } from '@strapi/strapi';

import type { Host } from '../migrations/apply/host';
import type { Suggestions } from '../server/src/suggestions/service';
import { logInAsSuperAdmin, type Administrator } from '../tests/support/administrators';
import { CLIENTS, createDatabase, type DatabaseClient } from '../tests/support/database';
import { randomFrom } from '../tests/support/random';
import { startStrapi } from '../tests/support/strapi';
import { catalogueRows, readCatalogue, type Catalogue } from './lib/catalogue';
import { insertTables } from './lib/insert';
import { rounded, timed, type Timed } from './lib/timed';

const NATIVE = '/content-manager/relations/plugin::curation.curated-content/relatedOfferings';
const WORDS = 60;
/** Each request is made so often, and the best of them counts: what else the machine does is not what is measured. */
const REPEATS = 4;
const WARM_UP = 5;
/** How often the event loop is looked at, which is what it cannot say less than. */
const RESOLUTION = 1;

const readArguments = () => {
  const options = {
    data: { type: 'string', default: '../shared/data/offerings-cncf.json' },
    offerings: { type: 'string', default: '50000' },
    stories: { type: 'string', default: '20000' },
    client: { type: 'string', default: 'sqlite' },
    starts: { type: 'string', default: '3' },
  } as const;
  const { data, offerings, stories, client, starts } = parseArgs({ options }).values;
  if (!(CLIENTS as readonly string[]).includes(client)) throw new Error(`--client is "${client}"; it must be one of ${CLIENTS.join(', ')}`);
  return { data, offerings: Number(offerings), stories: Number(stories), client: client as DatabaseClient, starts: Number(starts) };
};

/** What editors type: a word, a part of a name, two words of a name; each as it stands there, so that the native endpoint finds it too. */
const wordsFor = ({ offerings }: Catalogue): string[] => {
  const random = randomFrom(11);
  return Array.from({ length: WORDS + WARM_UP }, (_, index) => {
    const name = random.pick(offerings).name;
    const words = name.split(' ');
    if (index % 3 === 0) return words[0]!;
    if (index % 3 === 1) return name.slice(0, Math.max(3, Math.floor(name.length * 0.6))).trim();
    return words.slice(0, 2).join(' ');
  });
};

const KINDS = ['native', 'search', 'filter', 'suggest'] as const;

interface Measured {
  offerings: number;
  stories: number;
  native: Timed;
  search: Timed;
  filter: Timed;
  suggest: Timed;
  searchRatio: number;
  suggestRatio: number;
  searchHold: number;
  suggestHold: number;
  nativeHold: number;
  indexMb: number;
  buildSeconds: number;
  buildHold: number;
}

/** The longest that the event loop was held while some work was done, in milliseconds. */
const holdWhile = async (work: () => Promise<unknown>): Promise<number> => {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram.max / 1e6 - RESOLUTION;
};

const measure = async (strapi: Core.Strapi, admin: Administrator, catalogue: Catalogue, stories: number): Promise<Measured> => {
  const { index }: Suggestions = strapi.plugin('curation').service('suggestions');
  const begin = performance.now();
  const buildHold = await holdWhile(() => index.ask('sizes'));
  const buildSeconds = (performance.now() - begin) / 1000;

  const words = wordsFor(catalogue);
  const random = randomFrom(3);
  let asked = 0;
  // Another story each time: a list that was asked for before is remembered.
  const story = () => ({ title: String((asked += 1)) });
  const requests = {
    native: (word: string) => admin.get(`${NATIVE}?page=1&pageSize=10&_q=${encodeURIComponent(word)}`),
    search: (word: string) => admin.post('/curation/picker/search', { q: word, limit: 50, story: story() }),
    filter: (word: string) =>
      admin.post('/curation/picker/search', {
        q: word,
        limit: 50,
        story: story(),
        filters: { types: ['product'], topics: [`topic${random.below(20) + 1}`] },
      }),
    suggest: (word: string) => {
      const { summary, topics } = random.pick(catalogue.offerings);
      const body = `<p>${word} ${summary ?? word}</p>`.repeat(5);
      return admin.post('/curation/picker/suggestions', {
        story: { title: word, description: summary, body, topics: topics.map((topic) => `topic${topic + 1}`) },
        picked: [],
      });
    },
  };
  const times = { native: [] as number[], search: [] as number[], filter: [] as number[], suggest: [] as number[] };
  const holds = { native: 0, search: 0, filter: 0, suggest: 0 };
  for (const [index, word] of words.entries()) {
    const best = { native: Infinity, search: Infinity, filter: Infinity, suggest: Infinity };
    const shortest = { ...best };
    // All four in each round: a slow minute is one for all of them.
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      for (const name of KINDS) {
        const start = performance.now();
        const hold = await holdWhile(async () => {
          const { status } = await requests[name](word);
          if (status !== 200) throw new Error(`${name} "${word}" was answered with ${status}`);
        });
        best[name] = Math.min(best[name], performance.now() - start);
        shortest[name] = Math.min(shortest[name], hold);
      }
    }
    if (index < WARM_UP) continue;
    for (const name of KINDS) {
      times[name].push(best[name]);
      holds[name] = Math.max(holds[name], shortest[name]);
    }
  }
  const [native, search, filter, suggest] = [times.native, times.search, times.filter, times.suggest].map(timed) as [
    Timed,
    Timed,
    Timed,
    Timed,
  ];
  return {
    offerings: catalogue.offerings.length,
    stories,
    native,
    search,
    filter,
    suggest,
    searchRatio: rounded(search.p95 / native.p95),
    suggestRatio: rounded(suggest.p95 / native.p95),
    searchHold: rounded(Math.max(holds.search, holds.filter)),
    suggestHold: rounded(holds.suggest),
    nativeHold: rounded(holds.native),
    indexMb: rounded((await index.ask('bytes')) / 2 ** 20),
    buildSeconds: rounded(buildSeconds),
    buildHold: rounded(buildHold),
  };
};

/** How much longer Strapi takes to its first answer because the index is read in the background. */
const startDelay = async (env: Record<string, string>, starts: number): Promise<number> => {
  const execute = promisify(execFile);
  const boot = async (background: 'on' | 'off') => {
    const args = ['--require', path.join(__dirname, 'lib', 'typescript.cjs'), path.join(__dirname, 'lib', 'boot.ts'), background];
    const { stdout } = await execute(process.execPath, args, { env: { ...process.env, ...env } });
    return Number(stdout.trim().split('\n').at(-1));
  };
  const times = { on: [] as number[], off: [] as number[] };
  for (let start = 0; start < starts; start += 1)
    for (const background of ['on', 'off'] as const) times[background].push(await boot(background));
  return Math.min(...times.on) / Math.min(...times.off) - 1;
};

const listen = (strapi: Core.Strapi) =>
  new Promise<string>((resolve) => {
    strapi.server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(strapi.server.httpServer.address() as AddressInfo).port}`));
  });

/** One size on a database of its own. */
const bench = async (catalogue: Catalogue, stories: number, client: DatabaseClient, starts: number) => {
  const database = await createDatabase(client);
  // Not listening yet: the index is read when Strapi listens.
  const app = await startStrapi({ database, listen: false });
  try {
    const host = app.strapi.plugin('curation').service('host') as unknown as Host;
    await insertTables(database, catalogueRows(host, catalogue, stories));
    const delay = starts > 0 ? await startDelay(database.env, starts) : undefined;
    const url = await listen(app.strapi);
    const admin = await logInAsSuperAdmin(app.strapi, url);
    return {
      ...(await measure(app.strapi, admin, catalogue, stories)),
      ...(delay !== undefined && { startDelay: rounded(delay * 100) / 100 }),
    };
  } finally {
    await app.stop();
    await database.drop();
  }
};

const main = async () => {
  const { data, offerings, stories, client, starts } = readArguments();
  const small = readCatalogue(data);
  const large = readCatalogue(data, offerings);
  const results = {
    catalogue: await bench(small, Math.min(stories, 1_000), client, 0),
    large: await bench(large, stories, client, starts),
  };
  process.stdout.write(`${JSON.stringify({ bench: 'picker', client, ...results })}\n`);
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
