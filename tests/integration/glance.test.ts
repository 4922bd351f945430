import fs from 'node:fs/promises';
import path from 'node:path';

import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { writeArchive } from '../support/archive';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { offeringFile, story, topicFile } from '../support/story';
import { dumpTables } from '../support/tables';

const STAMPS = 'curation_stamps';

let app: ArchiveApp;
let folder: string;
let assets: string;

const stamps = () => app.strapi.db.connection(STAMPS);
const run = (options = {}) => app.importFrom(folder, { assets, onConflict: 'file', resurrect: true, ...options });

/** Whether an import told at a glance that nothing changed: it then says what the stamp says, whatever that is. */
const tellsAtAGlance = async (options = {}): Promise<boolean> => {
  const [row] = await stamps().orderBy('id', 'desc');
  if (!row) return false;
  const said = typeof row.said === 'string' ? JSON.parse(row.said) : row.said;
  await stamps().update({ said: JSON.stringify({ ...said, counts: { ...said.counts, files: 4711 } }) });
  const { counts } = await run(options);
  await stamps().update({ said: JSON.stringify(said) });
  return counts.files === 4711;
};

/** The report of an import that reads everything. */
const readInFull = async () => {
  const row = await stamps().first();
  await stamps().delete();
  const { seconds: _, ...report } = await run();
  await stamps().delete();
  await stamps().insert(row);
  return report;
};

beforeAll(async () => {
  app = await startArchiveApp();
});

afterAll(() => app.stop());

beforeEach(async () => {
  const logos = path.join(ROOT, 'playground', 'assets', 'logos');
  const [logo] = await fs.readdir(logos);
  assets = await writeArchive({ 'a.png': await fs.readFile(path.join(logos, logo!)) });
  const offering = { label: 'Suite', permalink: '/offering/suite', offeringId: 7, categories: ['Wards: Named in an offering'] };
  folder = await writeArchive({
    'topic.md': topicFile('Wards: Night'),
    'offering.md': offeringFile('Suite', { offeringId: 7, categories: ['Wards: Night'] }),
    'a.md': story({ id: 1, title: 'One', categories: ['Wards: Night', 'Wards: Day'], featuredImage: { href: 'a.png' } }),
    'b.md': story({ id: 2, title: 'Two', relatedOfferings: [offering] }),
    'entities.md': story({ id: 3, title: 'Three &amp; more' }),
    'broken.md': '---\ntitle: One\ntitle: Two\n---\n',
  });
  // A run that changes something, whatever the tests before left behind.
  await fs.writeFile(path.join(folder, 'new.md'), story({ id: Date.now() % 1_000_000_000, title: `New ${Date.now()}` }));
  await run();
});

it('reports of an archive in which nothing changed what reading it in full reports, and writes nothing', async () => {
  const full = await readInFull();
  expect(full).toMatchObject({ run: null, counts: { files: 7, unchanged: 8, refused: 1 } });
  expect(full.problems.map(({ rule }) => rule)).toEqual(['front-matter/duplicate-key', 'content/html-entities']);
  const before = await dumpTables(app.strapi);
  const { seconds: _, ...glanced } = await run();
  expect(glanced).toEqual(full);
  expect(await dumpTables(app.strapi)).toEqual(before);
  expect(await tellsAtAGlance()).toBe(true);
});

it('writes nothing when it is repeated, also where it had something to tell that is settled since', async () => {
  const { documentId } = (await app.strapi.documents('plugin::curation.topic').findFirst({ filters: { name: 'Wards: Night' } }))!;
  await documents(app.strapi, 'topic').update({ documentId, data: { description: 'An editor’s' } });
  await fs.writeFile(path.join(folder, 'topic.md'), topicFile('Wards: Night', { description: `A file’s ${Date.now()}` }));
  const settled = await run();
  expect(settled.run).not.toBeNull();
  expect(settled.problems.map(({ rule }) => rule)).toContain('record/conflict');
  const before = await dumpTables(app.strapi);
  expect((await run()).run).toBeNull();
  expect(await dumpTables(app.strapi)).toEqual(before);
});

it('looks twice under other options', async () => {
  expect(await tellsAtAGlance({ publish: 'none' })).toBe(false);
});

describe('looks twice where', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a file changed', () => fs.appendFile(path.join(folder, 'a.md'), 'more')],
    ['a file was renamed', () => fs.rename(path.join(folder, 'b.md'), path.join(folder, 'c.md'))],
    ['a file came', () => fs.writeFile(path.join(folder, 'z.md'), story({ id: 99, title: 'Last' }))],
    ['a file went', () => fs.rm(path.join(folder, 'b.md'))],
    ['a picture changed', () => fs.appendFile(path.join(assets, 'a.png'), 'more')],
    ['a picture went', () => fs.rm(path.join(assets, 'a.png'))],
    [
      'another folder was imported',
      async () => app.importFrom(await writeArchive({ 'x.md': story({ id: 50, title: `Other ${Date.now()}` }) })),
    ],
    [
      'an entry was deleted',
      async () => {
        const { documentId } = (await app.strapi.documents('plugin::curation.topic').findFirst({ filters: { name: 'Wards: Day' } }))!;
        await documents(app.strapi, 'topic').delete({ documentId });
      },
    ],
    [
      'an entry got another slug',
      async () => {
        const { documentId } = (await app.strapi.documents('plugin::curation.topic').findFirst({ filters: { name: 'Wards: Night' } }))!;
        await documents(app.strapi, 'topic').update({ documentId, data: { slug: `moved-${Date.now()}` } });
      },
    ],
  ])('%s', async (_, change) => {
    await change();
    expect(await tellsAtAGlance()).toBe(false);
  });

  it('but not where a picture was missing, and still is', async () => {
    await fs.writeFile(path.join(folder, 'p.md'), story({ id: 61, title: 'Without', featuredImage: { href: 'not-there.png' } }));
    expect((await run()).problems.map(({ rule }) => rule)).toContain('image/missing');
    expect(await tellsAtAGlance()).toBe(true);
    expect((await run()).problems.map(({ rule }) => rule)).toContain('image/missing');
    await fs.copyFile(path.join(assets, 'a.png'), path.join(assets, 'not-there.png'));
    expect(await tellsAtAGlance()).toBe(false);
  });

  it('once, after another run', async () => {
    await app.importFrom(await writeArchive({ 'x.md': story({ id: 51, title: `Another ${Date.now()}` }) }));
    expect((await run()).run).toBeNull();
    expect(await tellsAtAGlance()).toBe(true);
  });

  it('but not where an editor changed what no import looks at', async () => {
    const { documentId } = (await app.strapi.documents('plugin::curation.topic').findFirst({ filters: { name: 'Wards: Night' } }))!;
    await documents(app.strapi, 'topic').update({ documentId, data: { description: 'After dark' } });
    expect(await tellsAtAGlance()).toBe(true);
  });
});
