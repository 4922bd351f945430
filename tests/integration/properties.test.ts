import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import fc from 'fast-check';

import { UIDS } from '../../content-types';
import { undoArchive } from '../../migrations/undo-archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { readArchive } from '../support/archive';
import { differences, readContent } from '../support/content';
import { documents } from '../support/documents';
import { archive, archiveFile, storyValues } from '../support/random-archive';
import { dumpTables, emptyTables } from '../support/tables';

/** How many random cases each property is tried with; the databases that answer over a socket get fewer. */
const RUNS = Number(process.env.PROPERTY_RUNS) || ((process.env.TEST_CLIENT ?? 'sqlite') === 'sqlite' ? 15 : 4);
/** A busy machine tries fewer cases; what has failed by then is told as small as it has become. */
const LIMIT_MS = Number(process.env.PROPERTY_SECONDS ?? 12) * 1000;
const TIMEOUT = LIMIT_MS + 60_000;

let app: ArchiveApp;
let root: string;

beforeAll(async () => {
  app = await startArchiveApp();
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_properties-'));
});

afterAll(async () => {
  await app.stop();
  await fs.rm(root, { recursive: true, force: true });
});

const content = () => readContent(app.database, { dates: 'all', ranks: true });

/** Every row of every table, but for the ready answers, which are made behind the back of whoever writes. */
const rows = async () => {
  const tables = await dumpTables(app.strapi);
  const isWritten = (name: string) => !/^curation_(deliveries|facets|refreshes|marks|sequences)$/.test(name);
  return Object.fromEntries(Object.entries(tables).filter(([name]) => isWritten(name)));
};

/** How many stories have a draft that is newer than what is published, or that nobody has published. */
const unpublishedChanges = async (): Promise<number> => {
  const stories = await app.strapi.db.query(UIDS['curated-content']).findMany({ select: ['documentId', 'updatedAt', 'publishedAt'] });
  const published = new Map(stories.flatMap((each) => (each.publishedAt ? [[each.documentId, each.updatedAt] as const] : [])));
  return stories.filter(({ publishedAt, documentId, updatedAt }) => !publishedAt && updatedAt > (published.get(documentId) ?? '')).length;
};

let deadline: number;

const startAnew = async () => {
  await emptyTables(app.strapi);
  for (const name of await fs.readdir(root)) await fs.rm(path.join(root, name), { recursive: true });
};

/** What a property says of one case. With the time over it says nothing more: fast-check's own limit would leave a case running beside the next. */
const inTime =
  <Values extends unknown[]>(says: (...values: Values) => Promise<void>) =>
  async (...values: Values): Promise<void> => {
    if (performance.now() > deadline) return;
    await startAnew();
    await says(...values);
  };

const holds = (property: fc.IAsyncProperty<any>) => {
  deadline = performance.now() + LIMIT_MS;
  return fc.assert(property, { numRuns: RUNS });
};

const write = async (folder: string, files: Record<string, string>): Promise<string> => {
  const into = path.join(root, folder);
  await fs.mkdir(into, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(into, name)), { recursive: true });
    await fs.writeFile(path.join(into, name), text);
  }
  return into;
};

/** The working folder, changed from one import to the next. */
const working = () => path.join(root, 'working');
const listWorking = async (): Promise<string[]> => Object.keys(await readArchive(working()));

const importing = fc.record({
  publish: fc.constantFrom('all', 'as-source', 'none'),
  onConflict: fc.constantFrom('keep', 'file'),
  missing: fc.constantFrom('keep', 'unpublish', 'delete'),
  resurrect: fc.boolean(),
});
type Importing = typeof importing extends fc.Arbitrary<infer Options> ? Options : never;

const runImport = (options: Partial<Importing> = {}, folder = working()) =>
  app.importFrom(folder, { maxMissing: { share: 1 }, ...options });

const type = fc.constantFrom('curated-content', 'topic', 'offering');
const number = fc.nat({ max: 9 });

const edits = {
  'curated-content': storyValues.map(({ via, sub, description, title }) => ({
    ...(typeof title === 'string' && title.trim() ? { title } : {}),
    ...(typeof via === 'string' ? { via } : {}),
    ...(typeof sub === 'string' ? { sub } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  })),
  topic: fc.record({ description: fc.constantFrom('Edited', 'Edited twice', null) }),
  offering: fc.record({ summary: fc.constantFrom('Edited', null), type: fc.constantFrom('product', 'solution', null) }),
};

/** What happens to an archive and to what came of it, in any order. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('import' as const), options: importing }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), file: archiveFile }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), number }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), number }) },
  {
    weight: 3,
    arbitrary: type.chain((of) =>
      fc.record({ do: fc.constant('edit' as const), type: fc.constant(of), number, data: edits[of], publish: fc.boolean() }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reorder' as const), number }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('link' as const), from: type, number, to: number, publish: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('publish', 'unpublish', 'discardDraft'), number }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), type, number }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), title: fc.constantFrom('One', 'Mine'), publish: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('export' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

const pick = async (of: 'curated-content' | 'topic' | 'offering', index: number): Promise<string | undefined> => {
  const found = await app.strapi.db
    .query(`plugin::curation.${of}`)
    .findMany({ where: { publishedAt: of === 'curated-content' ? null : { $notNull: true } } });
  const ids = [...new Set(found.map(({ documentId }) => documentId as string))].sort();
  return ids[index % Math.max(1, ids.length)];
};

/** Everything but an import. An edit that Strapi refuses is none. */
const act = async (each: Exclude<Step, { do: 'import' }>): Promise<void> => {
  switch (each.do) {
    case 'write':
      await write('working', { [each.file[0]]: each.file[1] });
      return;
    case 'remove':
    case 'rename': {
      const names = await listWorking();
      if (names.length < 2) return;
      const from = path.join(working(), names[each.number % names.length]!);
      if (each.do === 'remove') await fs.rm(from);
      else await fs.rename(from, path.join(working(), `renamed-${each.number}.md`));
      return;
    }
    case 'export':
      await app.exportTo(working());
      return;
    case 'create': {
      const made = await documents(app.strapi, 'curated-content').create({ data: { title: each.title } });
      if (each.publish) await documents(app.strapi, 'curated-content').publish({ documentId: made.documentId });
      return;
    }
    case 'reorder': {
      const documentId = await pick('curated-content', each.number);
      if (!documentId) return;
      const found = (await app.strapi
        .documents('plugin::curation.curated-content')
        .findOne({ documentId, populate: ['topics'] })) as unknown as { topics: { documentId: string }[] };
      const topics = found.topics.map((topic) => topic.documentId).reverse();
      await documents(app.strapi, 'curated-content').update({ documentId, data: { topics } });
      return;
    }
    case 'link': {
      const documentId = await pick(each.from, each.number);
      const [topic, offering] = [await pick('topic', each.to), await pick('offering', each.to)];
      if (!documentId || !topic) return;
      if (each.from === 'topic') {
        // An editor who makes a topic its own ancestor is overruled by the next import.
        const found = await documents(app.strapi, 'topic').findOne({ documentId: topic, populate: ['parent'] });
        if (topic === documentId || found.parent) return;
      }
      const links = {
        topic: { parent: topic },
        offering: { topics: [topic] },
        'curated-content': { topics: [topic], relatedOfferings: offering ? [offering] : [] },
      };
      await documents(app.strapi, each.from).update({ documentId, data: links[each.from] });
      if (each.publish && each.from === 'curated-content') await documents(app.strapi, each.from).publish({ documentId });
      return;
    }
    default: {
      const of = 'type' in each ? each.type : 'curated-content';
      const documentId = await pick(of, each.number);
      if (!documentId) return;
      if (each.do !== 'edit') await documents(app.strapi, of)[each.do]({ documentId });
      else {
        await documents(app.strapi, of).update({ documentId, data: each.data });
        if (each.publish && of === 'curated-content') await documents(app.strapi, of).publish({ documentId });
      }
    }
  }
};

/** Strapi copies a draft's row as the driver answers it: a JSON attribute that is a single text lacks its quotes then on MariaDB. */
const isCopiedWrong = ({ message }: Error): boolean =>
  process.env.TEST_CLIENT === 'mysql' && /CONSTRAINT `curation_\S+` failed/.test(message);

const quietly = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => {
    if (!/ValidationError|ApplicationError|NotFoundError/.test((error as Error).name) && !isCopiedWrong(error as Error)) throw error;
  });

const undo = (run: number) => undoArchive(app.host, run);

it(
  'an import that is repeated writes nothing; undone, all is what it was; with the undo undone, all is back',
  async () => {
    await holds(
      fc.asyncProperty(
        archive,
        fc.array(step, { minLength: 1, maxLength: 12 }),
        importing,
        inTime(async (files, steps, last) => {
          await write('working', files);
          for (const each of [...steps, { do: 'import' as const, options: last }]) {
            if (each.do !== 'import') {
              await quietly(act(each));
              continue;
            }
            const before = await content();
            const { run } = await runImport(each.options);
            const after = await content();
            const tables = await rows();
            expect((await runImport(each.options)).run).toBeNull();
            expect(await rows()).toEqual(tables);
            if (run === null) continue;

            const undone = await undo(run);
            expect(undone.problems).toEqual([]);
            expect(differences(before, await content())).toEqual([]);
            expect((await undo(undone.run!)).problems).toEqual([]);
            expect(differences(after, await content())).toEqual([]);
            expect((await runImport(each.options)).run).toBeNull();
          }
        }),
      ),
    );
  },
  TIMEOUT,
);

it(
  'an export gives back every file that was taken, byte for byte',
  async () => {
    await holds(
      fc.asyncProperty(
        archive,
        inTime(async (files) => {
          const { problems } = await runImport({ publish: 'as-source' }, await write('working', files));
          const refused = problems.flatMap(({ severity, file }) => (severity === 'error' ? [file] : []));
          await app.exportTo(path.join(root, 'exported'));
          const taken = Object.fromEntries(Object.entries(files).filter(([name]) => !refused.includes(name)));
          expect(await readArchive(await write('exported', {}))).toEqual(taken);
        }),
      ),
    );
  },
  TIMEOUT,
);

it(
  'an export of what editors changed is in step with Strapi when it is imported',
  async () => {
    await holds(
      fc.asyncProperty(
        archive,
        fc.array(step, { maxLength: 8 }),
        inTime(async (files, steps) => {
          await write('working', files);
          await runImport();
          // What is published by whom is another matter.
          const publish = 'all';
          for (const each of steps) await quietly(each.do === 'import' ? runImport({ ...each.options, publish }) : act(each));
          await runImport({ publish });
          await app.exportTo(working());
          const plan = await app.planFrom(working(), { publish });
          // What a file names that is refused may be made all the same, depending on what it is refused for.
          expect(plan.counts).toMatchObject({ created: plan.counts.refused > 0 ? expect.any(Number) : 0, removed: 0 });
          // What is in conflict with a change that nobody has published is settled by no file.
          expect(plan.counts.conflicts).toBeLessThanOrEqual(await unpublishedChanges());
          // An edit may take the place of what a file had there and no attribute could hold; and of two spellings of one topic the one in the
          // first file counts, which an export may have written.
          const unsettled = ['extra', 'name', 'taxonomy', 'label'];
          const changed = [...plan.operations].flatMap((operation) =>
            operation.action === 'update' ? [...operation.draft, ...operation.published].map(({ attribute }) => attribute) : [],
          );
          plan.operations.close();
          expect(changed.filter((attribute) => !unsettled.includes(attribute))).toEqual([]);
        }),
      ),
    );
  },
  TIMEOUT,
);

it(
  'the order in which files come means nothing',
  async () => {
    await holds(
      fc.asyncProperty(
        archive.chain((files) =>
          fc.tuple(fc.constant(files), fc.shuffledSubarray(Object.keys(files), { minLength: Object.keys(files).length })),
        ),
        inTime(async ([files, order]) => {
          const first = await runImport({}, await write('first', files));
          const imported = await readContent(app.database, { dates: 'none' });
          await emptyTables(app.strapi);
          for (const name of order) await write('second', { [name]: files[name]! });
          const second = await runImport({}, path.join(root, 'second'));
          expect({ counts: second.counts, problems: second.problems }).toEqual({ counts: first.counts, problems: first.problems });
          expect(differences(imported, await readContent(app.database, { dates: 'none' }))).toEqual([]);
        }),
      ),
    );
  },
  TIMEOUT,
);
