import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import yaml from 'js-yaml';

import { SCHEMAS, UIDS } from '../content-types';
import type { Host } from '../migrations/apply/host';
import { importArchive, planArchive, type ImportOptions } from '../migrations/import-archive';
import type { Create, Operation } from '../migrations/plan/operation';
import { IMPORT_DEFAULTS, startArchiveApp } from '../tests/support/archive-app';
import { CLIENTS, createDatabase, type DatabaseClient } from '../tests/support/database';
import type { RunningStrapi } from '../tests/support/strapi';
import { writeStories } from './lib/archive';
import { insertTables } from './lib/insert';
import { emptyTables, readTables, type TableRows } from './lib/tables';
import { median, rounded } from './lib/timed';

/** Documents of the loop: enough for a steady rate, few enough for a machine that makes 30 a second. */
const SAMPLE = 200;

const readArguments = () => {
  const options = {
    files: { type: 'string', default: '10000' },
    client: { type: 'string', default: 'sqlite' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
  } as const;
  const { files, client, rounds, only } = parseArgs({ options }).values;
  if (only !== undefined && only !== 'import') throw new Error(`--only is "${only}"; it can be import`);
  if (!(CLIENTS as readonly string[]).includes(client)) throw new Error(`--client is "${client}"; it must be one of ${CLIENTS.join(', ')}`);
  return { files: Number(files), client: client as DatabaseClient, rounds: Number(rounds), isImportAlone: only === 'import' };
};

const secondsOf = async (work: () => unknown): Promise<number> => {
  // What the round before left behind is not this one's to clean up.
  globalThis.gc?.();
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** What nobody gets around: every file read, its front matter parsed by the fast parser, every row inserted. */
const floor = async (folder: string, insert: () => Promise<void>) => {
  for (const file of filesBelow(folder)) {
    const text = fs.readFileSync(file, 'utf8');
    yaml.load(text.slice(4, text.indexOf('\n---\n', 4)));
  }
  await insert();
};

/** What nobody gets around where nothing changed: every file read and hashed. */
const rerunFloor = (folder: string) => {
  for (const file of filesBelow(folder)) createHash('sha256').update(fs.readFileSync(file)).digest('hex');
};

/** What an app's own script does: create and publish, one document after the other. @returns seconds for the stories alone */
const loop = async ({ strapi }: RunningStrapi, host: Host, options: ImportOptions): Promise<number> => {
  const { operations } = await planArchive(host, options);
  const creates = [...operations].filter((operation: Operation): operation is Create => operation.action === 'create');
  operations.close();
  const stories = creates.filter(({ type }) => type === 'curated-content').slice(0, SAMPLE);
  const needed = new Set<string>();
  const need = ({ state }: Create) =>
    Object.values(state.links)
      .flat()
      .forEach((target) => needed.add(target));
  stories.forEach(need);
  creates.filter(({ documentId }) => needed.has(documentId)).forEach(need);

  const create = async ({ type, documentId, state, timestamps }: Create) => {
    const documents = strapi.documents(UIDS[type]) as unknown as Record<'create' | 'publish', (params: object) => Promise<unknown>>;
    await documents.create({ data: { ...state.values, ...state.links, documentId, createdAt: timestamps.createdAt } });
    if (SCHEMAS[type].options.draftAndPublish) await documents.publish({ documentId });
  };
  for (const target of creates.filter(({ documentId }) => needed.has(documentId))) await create(target);
  return secondsOf(async () => {
    for (const story of stories) await create(story);
  });
};

const print = (head: object, result: Record<string, number>): void => {
  const numbers = Object.fromEntries(Object.entries(result).map(([name, value]) => [name, rounded(value, 3)]));
  process.stdout.write(`${JSON.stringify({ bench: 'import', ...head, ...numbers })}\n`);
};

/** Of the whole life of the process. */
const peakRssMb = (): number => {
  const { maxRSS: kilobytes } = process.resourceUsage();
  return kilobytes / 1024;
};

const bench = async () => {
  const { files, client, rounds, isImportAlone } = readArguments();
  const archive = await writeStories(files);
  const database = await createDatabase(client);
  const app = await startArchiveApp({ listen: false, database });
  try {
    const { host } = app;
    const options: ImportOptions = { ...IMPORT_DEFAULTS, folder: archive.folder };
    if (isImportAlone) {
      const seconds = await secondsOf(() => importArchive(host, options));
      print({ client, files }, { seconds, perSecond: files / seconds, peakRssMb: peakRssMb() });
      return;
    }
    const times = { import: [] as number[], floor: [] as number[], rerun: [] as number[], rerunFloor: [] as number[] };
    let peak = 0;
    let rows: TableRows[] | undefined;
    // All four in every round: what else the machine does then disturbs all of them alike.
    for (let round = 0; round < rounds; round += 1) {
      times.import.push(await secondsOf(() => importArchive(host, options)));
      // Later rounds hold more than an import does.
      peak ||= peakRssMb();
      times.rerun.push(await secondsOf(() => importArchive(host, options)));
      times.rerunFloor.push(await secondsOf(() => rerunFloor(archive.folder)));
      rows ??= await readTables(host);
      await emptyTables(host);
      times.floor.push(await secondsOf(() => floor(archive.folder, () => insertTables(database, rows!))));
      await emptyTables(host);
    }
    rows = undefined;
    const loopPerSecond = Math.min(SAMPLE, files) / (await loop(app, host, options));

    const [seconds, floorSeconds, rerunSeconds, rerunFloorSeconds] = [times.import, times.floor, times.rerun, times.rerunFloor].map(
      median,
    ) as [number, number, number, number];
    print(
      { client, files },
      {
        seconds,
        perSecond: files / seconds,
        loopPerSecond,
        ratio: files / seconds / loopPerSecond,
        floorSeconds,
        floorRatio: seconds / floorSeconds,
        rerunSeconds,
        rerunFloorSeconds,
        rerunRatio: rerunSeconds / rerunFloorSeconds,
        peakRssMb: peak,
      },
    );
  } finally {
    await app.stop();
    await database.drop();
    await archive.remove();
  }
};

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
