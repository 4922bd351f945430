import fs from 'node:fs/promises';
import path from 'node:path';

import { planReport } from '../../migrations/import-archive';
import { lintArchive } from '../../migrations/lint-archive';
import { compileMapping } from '../../migrations/mappings/file/compile';
import { hugo } from '../../migrations/mappings/hugo';
import type { Report } from '../../migrations/report/report';
import { statusText } from '../../migrations/report/status';
import { toText } from '../../migrations/report/text';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { statusOf } from '../../migrations/status-archive';
import { IMPORT_DEFAULTS, startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { readArchive, writeArchive } from '../support/archive';
import { documents } from '../support/documents';
import { story } from '../support/story';
import { emptyTables } from '../support/tables';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});

beforeEach(() => emptyTables(app.strapi));

afterAll(() => app.stop());

const stories = () => documents(app.strapi, 'curated-content');
const storyOf = async (title: string) =>
  (await app.strapi.documents('plugin::curation.curated-content').findFirst({
    filters: { title },
    populate: { topics: true },
  })) as unknown as { documentId: string; title: string; topics: { name: string }[] };
const isPublic = async (title: string) =>
  (await app.strapi.db.query('plugin::curation.curated-content').count({ where: { title, publishedAt: { $notNull: true } } })) > 0;

const team = compileMapping({
  name: 'team',
  collections: [
    { type: 'topic', include: ['topics/*.md'], fields: { name: 'title' } },
    {
      type: 'curated-content',
      include: ['news/*.md'],
      fields: { title: 'title', topics: { from: 'topics', match: 'name' }, body: '$body' },
    },
  ],
});

describe('an export of two archives', () => {
  const ours = { 'same.md': story({ id: 501, title: 'Ours', slug: 'ours', via: 'A' }) };
  const theirs = {
    'same.md': '---\ntitle: Theirs\ntags: [Shared, Their own]\n---\nB\n',
    'posts/other.md': '---\ntitle: Other\n---\nC\n',
  };

  it('gives each back what it brought, and nothing of the other one', async () => {
    const [a, b] = [await writeArchive(ours), await writeArchive(theirs)];
    await app.importFrom(a);
    await app.importFrom(b, { mapping: hugo });
    await stories().create({ data: { title: 'Made here', slug: 'made-here' }, status: 'published' });

    const { counts } = await app.exportTo(a);
    expect(counts).toMatchObject({ created: 1, updated: 0, unchanged: 1, foreign: 4 });
    expect(await readArchive(a)).toEqual({ ...ours, 'made-here.md': expect.stringContaining('Made here') });
    await app.exportTo(b, { mapping: hugo });
    expect(await readArchive(b)).toMatchObject(theirs);
    expect(Object.keys(await readArchive(b))).not.toContain('ours.md');
    await fs.rm(path.join(a, 'made-here.md'));
    expect(await app.importFrom(a)).toMatchObject({ run: null });
  });

  it('gives all of one another form where nothing was read in that form', async () => {
    await app.importFrom(await writeArchive(theirs), { mapping: hugo });
    const { counts } = await app.exportTo(await writeArchive({ 'README.md': '' }));
    expect(counts).toMatchObject({ created: 2, foreign: 0 });
  });
});

describe('an export of drafts', () => {
  it('says what is one, so that nobody publishes it elsewhere', async () => {
    const files = {
      'a.md': story({ id: 1, title: 'Withdrawn', slug: 'withdrawn' }),
      'b.md': story({ id: 2, title: 'Released', slug: 'released', draft: true }),
      'c.md': story({ id: 3, title: 'Draft all along', slug: 'draft', draft: true }),
      'd.md': story({ id: 4, title: 'Public', slug: 'public' }),
    };
    await app.importFrom(await writeArchive(files), { publish: 'as-source' });
    await stories().unpublish({ documentId: (await storyOf('Withdrawn')).documentId });
    await stories().publish({ documentId: (await storyOf('Released')).documentId });
    await stories().create({ data: { title: 'Secret', slug: 'secret' } });

    const folder = await writeArchive({ 'README.md': '' });
    await app.exportTo(folder, { drafts: true });
    const texts = await readArchive(folder);
    expect(texts).toMatchObject({ 'c.md': files['c.md'], 'd.md': files['d.md'] });
    expect(texts['a.md']).toContain('draft: true');
    expect(texts['b.md']).toContain('draft: false');
    expect(texts['secret.md']).toContain('draft: true');

    // Where the drafts are, they are known again.
    expect(await app.importFrom(folder, { publish: 'as-source' })).toMatchObject({ counts: { created: 0, refused: 1 } });
    await emptyTables(app.strapi);
    await fs.rm(path.join(folder, 'README.md'));
    await app.importFrom(folder, { publish: 'as-source' });
    const published = [];
    for (const title of ['Withdrawn', 'Released', 'Draft all along', 'Public', 'Secret']) published.push(await isPublic(title));
    expect(published).toEqual([false, true, false, true, false]);
  });

  it('says so in the words of a mapping file', async () => {
    const folder = await writeArchive({ 'news/a.md': '---\ntitle: A\npublished: false\n---\n', 'news/b.md': '---\ntitle: B\n---\n' });
    await app.importFrom(folder, { mapping: team, publish: 'as-source' });
    await stories().publish({ documentId: (await storyOf('A')).documentId });
    await stories().unpublish({ documentId: (await storyOf('B')).documentId });
    expect((await statusOf(app.host)).edited).toEqual([expect.objectContaining({ label: 'B', fields: ['publishedAt'] })]);
    await app.exportTo(folder, { mapping: team, drafts: true });
    const texts = await readArchive(folder);
    expect(texts['news/a.md']).toBe('---\ntitle: A\npublished: true\n---\n');
    expect(texts['news/b.md']).toContain('draft: true');
  });
});

describe('an export into the form that an import reads', () => {
  it('puts what is new where the mapping takes it for what it is', async () => {
    const folder = await writeArchive({ 'posts/a.md': '---\ntitle: A\ntags: [Used]\n---\n' });
    const options = { mapping: hugo, publish: 'as-source' } as const;
    await app.importFrom(folder, options);
    await documents(app.strapi, 'topic').create({ data: { name: 'Solo', slug: 'solo' } });
    const { documentId } = await storyOf('A');
    await stories().update({ documentId, data: { topics: [] }, status: 'published' });
    await stories().create({ data: { title: 'New', slug: 'new' }, status: 'published' });
    await stories().create({ data: { title: 'Unripe', slug: 'unripe' } });
    expect((await app.exportTo(folder, { mapping: hugo, drafts: true })).problems).toEqual([]);
    expect(Object.keys(await readArchive(folder)).sort()).toEqual([
      '_drafts/unripe.md',
      'new.md',
      'posts/a.md',
      'tags/solo/_index.md',
      'tags/used/_index.md',
    ]);
    expect(await app.importFrom(folder, options)).toMatchObject({
      counts: { created: 0, updated: 0, conflicts: 0, refused: 0 },
      byType: { topic: { unchanged: 2 }, 'curated-content': { unchanged: 3 } },
    });
    expect(await isPublic('Unripe')).toBe(false);
  });

  it('says where the mapping would read none of it again', async () => {
    const only = compileMapping({
      name: 'one-topic',
      collections: [
        { type: 'topic', include: ['topics/main.md'], fields: { name: 'title' } },
        { type: 'curated-content', include: ['**/*.md'], fields: { title: 'title' } },
      ],
    });
    await documents(app.strapi, 'topic').create({ data: { name: 'Main', slug: 'main' } });
    await documents(app.strapi, 'topic').create({ data: { name: 'Other', slug: 'other' } });
    const folder = await writeArchive({});
    const { problems } = await app.exportTo(folder, { mapping: only });
    expect(Object.keys(await readArchive(folder))).toEqual(['topics/main.md']);
    expect(problems).toEqual([
      expect.objectContaining({ rule: 'file/unwritable', message: expect.stringContaining('would not read it as this topic') }),
    ]);
  });

  it('leaves out what an import withdrew because its file was gone, and says with drafts that it is one', async () => {
    const file = (id: number, title: string) => story({ id, title, slug: title.toLowerCase() });
    const folder = await writeArchive({ 'a.md': file(1, 'Stays'), 'b.md': file(2, 'Gone') });
    await app.importFrom(folder);
    await fs.rm(path.join(folder, 'b.md'));
    await app.importFrom(folder, { missing: 'unpublish', maxMissing: { share: 1 } });
    expect(await isPublic('Gone')).toBe(false);
    await app.exportTo(folder);
    expect(Object.keys(await readArchive(folder))).toEqual(['a.md']);
    await app.exportTo(folder, { drafts: true });
    expect((await readArchive(folder))['b.md']).toContain('draft: true');
    await app.importFrom(folder, { publish: 'as-source' });
    expect(await isPublic('Gone')).toBe(false);
    await fs.writeFile(path.join(folder, 'b.md'), file(2, 'Gone'));
    await app.importFrom(folder);
    expect(await isPublic('Gone')).toBe(true);
  });
});

it('a report tells of drafts that it published', async () => {
  const folder = await writeArchive({
    '_drafts/a.md': '---\ntitle: A\n---\n',
    'b.md': '---\ntitle: B\ndraft: true\n---\n',
    'c.md': '---\ntitle: C\n---\n',
  });
  const report = await app.importFrom(folder, { mapping: hugo });
  expect(report.publishedDrafts).toBe(2);
  expect([...toText(report, { color: false })].join('')).toContain(
    'Published though the file says that it is a draft: 2 stories. --publish as-source keeps drafts as drafts.',
  );
  expect(await app.importFrom(folder, { mapping: hugo })).not.toHaveProperty('publishedDrafts');
});

it('a report tells how many files the mapping leaves alone, at a glance too', async () => {
  const folder = await writeArchive({
    'README.md': '# About\n',
    'posts/_index.md': '---\ntitle: Posts\n---\n',
    'posts/a.md': '---\ntitle: A\n---\n',
  });
  const isTold = (report: Report) =>
    [...toText(report, { color: false })].join('').trimEnd().split('\n').at(-1)!.includes('; 2 files left out by the mapping');
  const options = { mapping: hugo, limits: DEFAULT_LIMITS };
  const linted = await lintArchive({ folder, ...options });
  const first = await app.importFrom(folder, options);
  const again = await app.importFrom(folder, options);
  expect([linted, first, again].map(({ leftOut }) => leftOut)).toEqual([2, 2, 2]);
  expect([linted, first, again].map(isTold)).toEqual([true, true, true]);
  await fs.rm(path.join(folder, 'README.md'));
  await fs.rm(path.join(folder, 'posts/_index.md'));
  expect(await app.importFrom(folder, options)).not.toHaveProperty('leftOut');
});

it('a report tells how many files are gone, at a glance too, until their records are', async () => {
  const folder = await writeArchive({
    'a.md': story({ id: 1 }),
    'b.md': story({ id: 2, title: 'B' }),
    'c.md': story({ id: 3, title: 'C' }),
  });
  expect(await app.importFrom(folder)).not.toHaveProperty('missing');
  await fs.rm(path.join(folder, 'b.md'));
  await fs.writeFile(path.join(folder, 'a.md'), story({ id: 1, title: 'A' }));
  const plan = await app.planFrom(folder);
  plan.operations.close();
  const reports = [planReport(plan, 0), await app.importFrom(folder), await app.importFrom(folder)];
  expect(reports.map(({ missing }) => missing)).toEqual([1, 1, 1]);
  const lines = reports.map((report) => [...toText(report, { color: false })].join('').trimEnd().split('\n').at(-1));
  expect(lines).toEqual(Array(3).fill(expect.stringContaining('; 1 file gone, which `curation status DIR` lists') as string));
  await app.importFrom(folder, { missing: 'delete', maxMissing: { count: 1 } });
  expect(await app.importFrom(folder)).not.toHaveProperty('missing');
});

it('a status tells what is refused, and counts what is known of it as out of step', async () => {
  const folder = await writeArchive({ 'a.md': story({ id: 1, title: 'A', slug: 'a' }), 'b.md': story({ id: 2, title: 'B', slug: 'b' }) });
  await app.importFrom(folder);
  await fs.writeFile(path.join(folder, 'b.md'), '---\ntitle: [\n---\n');
  await fs.writeFile(path.join(folder, 'c.md'), '---\ntitle: [\n---\n');
  const status = await statusOf(app.host, { ...IMPORT_DEFAULTS, folder });
  expect(status.counts).toMatchObject({ records: 2, inStep: 1, refused: 2, missing: 0 });
  expect(status.refused.map(({ file, rule }) => `${file} ${rule}`)).toEqual(['b.md front-matter/syntax', 'c.md front-matter/syntax']);
  const answers = { isBuilt: true, waiting: 0 };
  expect(statusText({ ...status, answers }, { color: false })).toContain('Refused (2)\n  b.md:3:1 ');
});

it('a topic whose file was away, and was deleted for that, has its stories back with the file', async () => {
  const files = {
    'topics/alpha.md': '---\ntitle: Alpha\n---\n',
    'topics/beta.md': '---\ntitle: Beta\n---\n',
    'news/one.md': '---\ntitle: One\ntopics: [Alpha, Beta]\n---\n',
  };
  const folder = await writeArchive(files);
  const options = { mapping: team, missing: 'delete', maxMissing: { share: 1 } } as const;
  await app.importFrom(folder, options);
  await fs.rm(path.join(folder, 'topics/beta.md'));
  await app.importFrom(folder, options);
  expect((await storyOf('One')).topics.map(({ name }) => name)).toEqual(['Alpha']);
  await fs.writeFile(path.join(folder, 'topics/beta.md'), files['topics/beta.md']);
  await app.importFrom(folder, options);
  expect((await storyOf('One')).topics.map(({ name }) => name)).toEqual(['Alpha', 'Beta']);
  expect((await statusOf(app.host, { ...IMPORT_DEFAULTS, ...options, folder })).edited).toEqual([]);
});

it('a conflict is in the list of the status for as long as it is open', async () => {
  const folder = await writeArchive({ 'a.md': story({ id: 1, title: 'One', via: 'File' }) });
  await app.importFrom(folder);
  await stories().update({ documentId: (await storyOf('One')).documentId, data: { via: 'Editor' }, status: 'published' });
  await fs.writeFile(path.join(folder, 'a.md'), story({ id: 1, title: 'One', via: 'Another' }));
  const open = async () => {
    const { counts, conflicts } = await statusOf(app.host, { ...IMPORT_DEFAULTS, folder });
    return [counts.conflicts, counts.inStep, conflicts.map(({ path: at, label }) => `${at} ${label}`)];
  };
  const expected = [1, 0, ['a.md One']];
  expect(await open()).toEqual(expected);
  expect((await app.importFrom(folder)).counts.conflicts).toBe(1);
  expect(await open()).toEqual(expected);
});
