import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import matter from 'gray-matter';

import { readRuns } from '../../migrations/apply/runs';
import { EXIT, type UserError } from '../../migrations/errors';
import { compileMapping } from '../../migrations/mappings/file/compile';
import { medigy } from '../../migrations/mappings/medigy';
import { mappingFile } from '../../migrations/mappings/file/schema';
import { statusOf } from '../../migrations/status-archive';
import { undoArchive } from '../../migrations/undo-archive';
import { IMPORT_DEFAULTS, startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { writeArchive } from '../support/archive';
import { ROOT } from '../support/paths';
import { rest } from '../support/rest';
import { offeringFile, story, topicFile } from '../support/story';
import { dumpTables } from '../support/tables';

const STORY = 'plugin::curation.curated-content';
const TOPIC = 'plugin::curation.topic';
const OFFERING = 'plugin::curation.offering';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});

afterAll(() => app.stop());

const storyOf = (workPackageId: number) =>
  app.strapi.documents(STORY).findFirst({
    filters: { workPackageId },
    status: 'published',
    populate: { topics: true, relatedOfferings: { populate: ['topics'] }, featuredImage: true },
  }) as unknown as Promise<Record<string, any>>;

describe('the sample archive', () => {
  const content = path.join(ROOT, 'playground', 'content');
  const assets = path.join(ROOT, 'playground', 'assets');

  it('is imported whole', async () => {
    const report = await app.importFrom(content, { assets });
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({
      run: 1,
      dryRun: false,
      counts: { files: 141, created: 141, updated: 0, unchanged: 0, conflicts: 0, refused: 0, removed: 0 },
      byType: { topic: { created: 30 }, offering: { created: 45 }, 'curated-content': { created: 66 } },
    });
  });

  it('answers over REST with topics and offerings in their order, and the picture', async () => {
    const { body } = await rest(app.url).get(
      '/curated-contents?filters[workPackageId]=4711&populate[topics]=true&populate[relatedOfferings][populate]=topics&populate[featuredImage]=true',
    );
    const [found] = body.data as unknown as Record<string, any>[];
    expect(found).toMatchObject({
      title: 'Hospital-at-home programs learn to listen to the night shift',
      slug: 'clinicalwire-hospital-at-home-programs-learn-to-listen-to-the-night-shift',
      brand: 'clinicalwire.example',
      link: 'https://www.clinicalwire.example/care/hospital-at-home-night-shift',
      sourceName: 'cc2cc58e-6cb9-5923-9ebe-f44977ac02c7.md',
      topics: [{ taxonomy: 'Digital Health Wire' }, { taxonomy: 'Care Catalog' }],
      relatedOfferings: [{ offeringId: 5108 }, { offeringId: 5233 }],
      featuredImage: { width: 1200, height: 630, ext: '.jpeg' },
    });
    expect(found!.relatedOfferings[0].topics.length).toBeGreaterThan(0);
    expect(found).not.toHaveProperty('extra');
  });

  it('keeps the tree of topics', async () => {
    const child = await app.strapi
      .documents(TOPIC)
      .findFirst({ filters: { parent: { parent: { name: { $notNull: true } } } }, populate: ['parent'] });
    expect((child as unknown as { parent: { name: string } }).parent.name).toMatch(/^(Digital Health Wire|Care Catalog): /);
  });

  it('gives every picture once, with its alternative text', async () => {
    const files = await app.strapi.db.query('plugin::upload.file').findMany({ where: { ext: '.jpeg' } });
    expect(files).toHaveLength(62);
    expect(files.every(({ alternativeText }) => Boolean(alternativeText))).toBe(true);
  });

  it('dates entries as the files do, and shows them as published, not as modified', async () => {
    const found = await storyOf(4711);
    const text = await fs.readFile(path.join(content, 'stories', found.sourceName as string), 'utf8');
    const [, day] = /^date: '(.*)'$/m.exec(text)!;
    const [, changed] = /^lastMod: '(.*)'$/m.exec(text)!;
    expect(found.createdAt).toBe(`${day}T00:00:00.000Z`);
    expect(found.publishedAt).toBe(`${day}T00:00:00.000Z`);
    expect(found.updatedAt).toBe(`${changed!.slice(0, 23)}Z`);

    const draft = await app.strapi.documents(STORY).findOne({ documentId: found.documentId as string });
    const metadata = app.strapi.plugin('content-manager').service('document-metadata') as unknown as {
      formatDocumentWithMetadata(uid: string, document: unknown): Promise<{ data: { status: string } }>;
    };
    expect((await metadata.formatDocumentWithMetadata(STORY, draft)).data.status).toBe('published');
  });

  it('is in step the second time: not one row changes', async () => {
    const before = await dumpTables(app.strapi);
    const report = await app.importFrom(content, { assets });
    expect(report).toMatchObject({ run: null, counts: { files: 141, created: 0, updated: 0, unchanged: 141 } });
    expect(await dumpTables(app.strapi)).toEqual(before);
  });

  it('makes entries that are edited and published like any other', async () => {
    const { documentId } = await storyOf(4711);
    await app.strapi.documents(STORY).update({ documentId, data: { subtitle: undefined, via: 'Wire' } as never });
    await app.strapi.documents(STORY).publish({ documentId });
    const after = await storyOf(4711);
    expect(after).toMatchObject({ via: 'Wire', topics: [{}, {}], relatedOfferings: [{ offeringId: 5108 }, { offeringId: 5233 }] });
    expect(after.featuredImage).toBeTruthy();
  });
});

it('may be run by a user who has a number and no name, as in containers', async () => {
  const nameless = jest.spyOn(os, 'userInfo').mockImplementation(() => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  });
  const name = jest.replaceProperty(process, 'env', { ...process.env, USER: undefined });
  const number = jest.spyOn(process, 'getuid').mockReturnValue(54_321);
  try {
    const { run } = await app.importFrom(await writeArchive({ 'nameless.md': story({ id: 90, title: 'Nameless' }) }));
    expect(await readRuns(app.host, 1)).toMatchObject([{ run, status: 'done', user: 'uid 54321' }]);
  } finally {
    nameless.mockRestore();
    name.restore();
    number.mockRestore();
  }
});

describe('identity', () => {
  it('gives one file one documentId, wherever it is imported', async () => {
    await app.importFrom(await writeArchive({ 'a.md': story({ id: 91, title: 'Stays the same' }) }));
    expect((await storyOf(91)).documentId).toMatch(/^[a-z][a-z0-9]{23}$/);
    expect((await storyOf(91)).documentId).toBe('t5mfzzyc2i9gmuypv7nlg8bz');
  });

  it('finds a story again under another name of its file', async () => {
    const report = await app.importFrom(await writeArchive({ 'moved/b.md': story({ id: 91, title: 'Stays the same' }) }));
    expect(report.counts).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  });

  it('finds a story by the id that its file got later, also under another name; who comes in its place is another story', async () => {
    const assertSame = async (files: Record<string, string>) => {
      const report = await app.importFrom(await writeArchive(files), { missing: 'delete', maxMissing: { share: 1 }, mapping: ofItsOwn });
      return { ...report.counts, rules: report.problems.map(({ rule }) => rule) };
    };
    const ofItsOwn = { ...medigy, name: 'late-ids' };
    await assertSame({ 'first.md': story({ title: 'Late', slug: 'late' }) });
    const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { slug: 'late' } }))!;

    expect(await assertSame({ 'first.md': story({ id: 89, title: 'Late', slug: 'late' }) })).toMatchObject({ updated: 1 });
    expect(await assertSame({ 'second.md': story({ id: 89, title: 'Late', slug: 'late' }) })).toMatchObject({ unchanged: 1, removed: 0 });
    expect((await storyOf(89)).documentId).toBe(documentId);

    const both = {
      'second.md': story({ id: 89, title: 'Late', slug: 'late' }),
      'first.md': story({ title: 'New here', slug: 'new-here' }),
    };
    expect(await assertSame(both)).toMatchObject({ created: 1, unchanged: 1, refused: 0, removed: 0, rules: [] });
    expect(await storyOf(89)).toMatchObject({ documentId, title: 'Late' });
    const other = await app.strapi.documents(STORY).findFirst({ filters: { slug: 'new-here' } });
    expect(other!.documentId).not.toBe(documentId);
    await app.strapi.documents(STORY).delete({ documentId });
    expect(await assertSame(both)).toMatchObject({ created: 0, unchanged: 2, rules: [] });
  });

  it('takes names that differ in letter case and blanks for one topic, and says so', async () => {
    const report = await app.importFrom(
      await writeArchive({
        'a.md': story({ id: 92, title: 'First', categories: ['Wards: Night  shift'] }),
        'b.md': story({ id: 93, title: 'Second', categories: ['wards: night shift'] }),
      }),
    );
    expect(report.byType.topic).toMatchObject({ created: 1 });
    expect(report.problems).toMatchObject([{ file: 'b.md', rule: 'topic/spelling' }]);
    expect((await storyOf(93)).topics).toMatchObject([{ name: 'Wards: Night  shift' }]);
  });

  it("takes an editor's own topic for the one that a file names", async () => {
    const made = await app.strapi.documents(TOPIC).create({ data: { name: 'Wards: Discharge', description: 'Going home' } });
    const report = await app.importFrom(
      await writeArchive({ 'a.md': story({ id: 94, title: 'Home again', categories: ['wards: discharge'] }) }),
    );
    expect(report.byType.topic).toMatchObject({ created: 0, unchanged: 1 });
    expect((await storyOf(94)).topics).toMatchObject([
      { documentId: made.documentId, description: 'Going home', name: 'Wards: Discharge' },
    ]);
  });

  it('counts no record out of step where a file is to change what no import made', async () => {
    const { counts: before } = await statusOf(app.host);
    await app.strapi.documents(TOPIC).create({ data: { name: 'Wards: Kitchen' } });
    const folder = await writeArchive({ 'kitchen.md': topicFile('Wards: Kitchen', { description: 'From a file' }) });
    const { counts } = await statusOf(app.host, { ...IMPORT_DEFAULTS, folder });
    expect(counts).toMatchObject({ records: before.records, inStep: before.inStep, changedInFiles: 1 });
  });

  it("does not overwrite an editor's own story that has the slug", async () => {
    await app.strapi.documents(STORY).create({ data: { title: 'Mine', slug: 'taken' } });
    const report = await app.importFrom(await writeArchive({ 'a.md': story({ id: 95, title: 'Theirs', slug: 'Taken' }) }));
    expect(report.counts).toMatchObject({ created: 0, refused: 1 });
    expect(report.problems).toMatchObject([{ file: 'a.md', rule: 'content/slug-duplicate', severity: 'error', line: 5 }]);
    expect(await storyOf(95)).toBeNull();
  });

  it('finds another slug where no file gives one', async () => {
    await app.importFrom(
      await writeArchive({ 'a.md': story({ id: 96, title: 'Twice told' }), 'b.md': story({ id: 97, title: 'Twice told' }) }),
    );
    expect([(await storyOf(96)).slug, (await storyOf(97)).slug]).toEqual(['twice-told', 'twice-told-2']);
    const again = await app.importFrom(
      await writeArchive({ 'a.md': story({ id: 96, title: 'Twice told' }), 'b.md': story({ id: 97, title: 'Twice told' }) }),
    );
    expect(again.run).toBeNull();
  });
});

describe('files that are not right', () => {
  it('are named with their place, and the others are imported', async () => {
    const folder = await writeArchive({
      'good.md': story({ id: 101, title: 'Good' }),
      'double.md': '---\ntitle: One\nslug: a\ntitle: Two\n---\n',
      'code.md': '---js\nprocess.exit(3)\n---\n',
      'open.md': '---\ntitle: Open\n',
      'untitled.md': story({ title: '' }),
      'day.md': story({ id: 102, title: 'Bad day', date: '2021-13-45' }),
    });
    const report = await app.importFrom(folder);
    expect(report.counts).toMatchObject({ files: 6, created: 1, refused: 5 });
    expect(report.problems.map(({ file, line, column, rule }) => [file, line, column, rule])).toEqual([
      ['code.md', 1, 4, 'front-matter/language'],
      ['day.md', 5, 1, 'content/date-invalid'],
      ['double.md', 4, 1, 'front-matter/duplicate-key'],
      ['open.md', 1, 1, 'front-matter/unclosed'],
      ['untitled.md', 3, 1, 'content/title-missing'],
    ]);
    expect(report.problems.every(({ remedy }) => remedy.length > 0)).toBe(true);
  });

  it('with one slug or one id twice keep the first, and name both', async () => {
    const report = await app.importFrom(
      await writeArchive({
        'a.md': story({ id: 103, title: 'A', slug: 'same' }),
        'b.md': story({ id: 104, title: 'B', slug: 'SAME' }),
        'c.md': story({ id: 103, title: 'C' }),
      }),
    );
    expect(report.counts).toMatchObject({ created: 1, refused: 2 });
    expect(report.problems).toMatchObject([
      { file: 'b.md', rule: 'content/slug-duplicate', message: expect.stringContaining('a.md') },
      { file: 'c.md', rule: 'content/identity-duplicate', message: expect.stringContaining('a.md') },
    ]);
  });
});

describe('pictures', () => {
  const picture = (name: string) => fs.readFile(path.join(ROOT, 'playground', 'assets', 'logos', name));

  it('that are missing, remote or outside the folder are left out, and the story is imported', async () => {
    const logos = await fs.readdir(path.join(ROOT, 'playground', 'assets', 'logos'));
    const secret = await writeArchive({ 'secret.png': await picture(logos[0]!) });
    const assets = await writeArchive({ 'here.png': await picture(logos[0]!), 'text.png': 'no picture' });
    await fs.symlink(path.join(secret, 'secret.png'), path.join(assets, 'link.png'));
    const hrefs = [
      ['gone.png', 'image/missing'],
      ['../secret.png', 'image/outside-assets'],
      ['%2e%2e/secret.png', 'image/outside-assets'],
      ['link.png', 'image/outside-assets'],
      ['C:\\secret.png', 'image/outside-assets'],
      ['file:///etc/passwd', 'image/outside-assets'],
      ['https://cdn.example/a.png', 'image/remote'],
      ['text.png', 'image/unsupported'],
    ] as const;
    const files = hrefs.map(([href], index) => [
      `${index}.md`,
      story({ id: 200 + index, title: `Picture ${index}`, featuredImage: { href } }),
    ]);
    const report = await app.importFrom(await writeArchive(Object.fromEntries(files) as Record<string, string>), { assets });
    expect(report.counts).toMatchObject({ created: hrefs.length, refused: 0 });
    expect(report.problems.map(({ rule }) => rule)).toEqual(hrefs.map(([, rule]) => rule));
    expect((await storyOf(200)).featuredImage).toBeNull();
  });

  it('are added once for the same bytes, and come when they are there at last', async () => {
    const logos = await fs.readdir(path.join(ROOT, 'playground', 'assets', 'logos'));
    const files = {
      'a.md': story({ id: 210, title: 'P', featuredImage: { href: 'one.png', alt: 'A mark' } }),
      'b.md': story({ id: 211, title: 'Q', featuredImage: { href: 'two.png' } }),
    };
    const folder = await writeArchive(files);
    const before = await app.strapi.db.query('plugin::upload.file').count();
    await app.importFrom(folder);
    const bytes = await picture(logos[1]!);
    const late = Buffer.concat([bytes, Buffer.from('late')]);
    const assets = await writeArchive({ 'one.png': late, 'two.png': late });
    expect((await app.importFrom(folder, { assets })).counts).toMatchObject({ updated: 2 });
    expect((await storyOf(210)).featuredImage).toMatchObject({ name: 'one.png', alternativeText: 'A mark', mime: 'image/png' });
    expect((await storyOf(211)).featuredImage.documentId).toBe((await storyOf(210)).featuredImage.documentId);
    expect(await app.strapi.db.query('plugin::upload.file').count()).toBe(before + 1);
    expect((await app.importFrom(folder, { assets })).run).toBeNull();
  });
});

describe('a file and an editor', () => {
  const importOne = async (id: number, frontMatter: Record<string, unknown>, options = {}) =>
    app.importFrom(await writeArchive({ [`${id}.md`]: story({ id, title: `Story ${id}`, ...frontMatter }) }), options);
  const edit = async (id: number, data: Record<string, unknown>, publish = true) => {
    const { documentId } = await storyOf(id);
    await app.strapi.documents(STORY).update({ documentId, data: data as never });
    if (publish) await app.strapi.documents(STORY).publish({ documentId });
  };

  it('change different fields: both changes stand', async () => {
    await importOne(301, { via: 'File', sub: 'brief' });
    await edit(301, { sub: 'long' });
    const report = await importOne(301, { via: 'Changed file', sub: 'brief' });
    expect(report.counts).toMatchObject({ updated: 1, conflicts: 0 });
    expect(await storyOf(301)).toMatchObject({ via: 'Changed file', sub: 'long' });
  });

  it("change one field to different values: the editor's stays and the conflict is told until it is settled", async () => {
    await importOne(302, { via: 'File' });
    await edit(302, { via: 'Editor' });
    for (const _ of [1, 2]) {
      const report = await importOne(302, { via: 'Changed file' });
      expect(report.counts).toMatchObject({ updated: 0, conflicts: 1 });
      expect(report.problems).toMatchObject([{ rule: 'record/conflict', line: 5, message: expect.stringContaining('"Changed file"') }]);
    }
    expect((await storyOf(302)).via).toBe('Editor');
    expect((await importOne(302, { via: 'Changed file' }, { onConflict: 'file' })).counts).toMatchObject({ updated: 1, conflicts: 0 });
    expect((await storyOf(302)).via).toBe('Changed file');
    expect((await importOne(302, { via: 'Changed file' })).run).toBeNull();
  });

  it('leave what the editor has not published unpublished', async () => {
    await importOne(303, { via: 'File', sub: 'brief' });
    await edit(303, { sub: 'unpublished' }, false);
    await importOne(303, { via: 'Changed file', sub: 'brief' });
    const published = await storyOf(303);
    expect(published).toMatchObject({ via: 'Changed file', sub: 'brief' });
    expect(await app.strapi.documents(STORY).findOne({ documentId: published.documentId })).toMatchObject({
      via: 'Changed file',
      sub: 'unpublished',
    });
  });

  it('agree where the file says what is published, whatever the draft says by now', async () => {
    await importOne(307, { via: 'File', sub: 'brief' });
    await edit(307, { via: 'Published', sub: 'Published' });
    await edit(307, { via: 'File', sub: 'Draft' }, false);
    // As an export writes it.
    const report = await importOne(307, { via: 'Published', sub: 'Published' });
    expect(report.counts).toMatchObject({ updated: 0, conflicts: 0 });
    const published = await storyOf(307);
    expect(published).toMatchObject({ via: 'Published', sub: 'Published' });
    const draft = await app.strapi.documents(STORY).findOne({ documentId: published.documentId });
    expect(draft).toMatchObject({ via: 'File', sub: 'Draft' });
  });

  it('do not bring back what was deleted, unless told to', async () => {
    await importOne(304, { via: 'File' });
    const { documentId } = await storyOf(304);
    await app.strapi.documents(STORY).delete({ documentId });
    expect((await importOne(304, { via: 'Changed file' })).problems).toMatchObject([{ rule: 'record/deleted' }]);
    expect(await storyOf(304)).toBeNull();
    await importOne(304, { via: 'Changed file' }, { resurrect: true });
    expect(await storyOf(304)).toMatchObject({ documentId, via: 'Changed file' });

    await app.strapi.documents(STORY).delete({ documentId });
    expect((await importOne(304, { via: 'Changed file' })).counts).toMatchObject({ created: 0, unchanged: 1 });
    const { run } = await importOne(304, { via: 'Changed file' }, { resurrect: true });
    expect(await storyOf(304)).toMatchObject({ documentId, via: 'Changed file' });
    // Taken back, it is as deleted as it was.
    await undoArchive(app.host, run!);
    expect((await importOne(304, { via: 'Changed again' })).problems).toMatchObject([{ rule: 'record/deleted' }]);
    expect(await storyOf(304)).toBeNull();
  });

  it('bring back what links to a topic that is brought back, and all that was known of it', async () => {
    const topics = { 'topics/back.md': topicFile('Back: Topic', { description: 'Known', parent: 'Back: Root' }) };
    const stories = { 'stories/back.md': story({ id: 308, title: 'Story 308', categories: ['Back: Topic', 'Back: Other'] }) };
    const folder = await writeArchive({ ...topics, ...stories });
    await app.importFrom(folder);
    const { topics: linked } = await storyOf(308);
    const remove = () => app.strapi.documents(TOPIC).delete({ documentId: linked[0].documentId });
    const topic = () =>
      app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Back: Topic' }, populate: ['parent'] }) as Promise<Record<string, any>>;

    await remove();
    const { run } = await app.importFrom(folder, { resurrect: true });
    expect((await storyOf(308)).topics.map(({ name }: { name: string }) => name)).toEqual(['Back: Topic', 'Back: Other']);
    for (const resurrect of [true, false]) expect((await app.importFrom(folder, { resurrect })).run).toBeNull();
    expect((await undoArchive(app.host, run!)).problems).toEqual([]);
    expect((await storyOf(308)).topics).toMatchObject([{ name: 'Back: Other' }]);
    expect(await topic()).toBeNull();

    // Its own file is not among those that are read.
    await app.importFrom(folder, { resurrect: true, only: 'stories/**' });
    expect(await topic()).toMatchObject({ description: 'Known', parent: { name: 'Back: Root' } });
    expect((await storyOf(308)).topics).toMatchObject([{ name: 'Back: Topic' }, { name: 'Back: Other' }]);
    expect((await app.importFrom(folder)).run).toBeNull();
  });

  it('agree on what is published', async () => {
    const states = async (id: number) =>
      (await app.strapi.db.query(STORY).findMany({ where: { workPackageId: id } }))
        .map(({ publishedAt }) => (publishedAt ? 'published' : 'draft'))
        .sort();
    await importOne(305, { draft: true }, { publish: 'as-source' });
    expect(await states(305)).toEqual(['draft']);
    await importOne(305, { draft: false, categories: ['Wards: A', 'Wards: B'] }, { publish: 'as-source' });
    expect(await states(305)).toEqual(['draft', 'published']);
    expect((await storyOf(305)).topics).toMatchObject([{ label: 'A' }, { label: 'B' }]);
    await importOne(305, { draft: true }, { publish: 'as-source' });
    expect(await states(305)).toEqual(['draft']);
  });

  it('reorder links, and the order is the last one', async () => {
    const pick = (...ids: number[]) => ({
      relatedOfferings: ids.map((id) => ({ label: `Offering ${id}`, permalink: `/offering/o-${id}`, offeringId: id })),
    });
    await importOne(306, pick(1, 2, 3));
    await importOne(306, pick(3, 1, 4));
    expect((await storyOf(306)).relatedOfferings).toMatchObject([{ offeringId: 3 }, { offeringId: 1 }, { offeringId: 4 }]);
  });
});

describe('of two archives', () => {
  const stories = (from: number, count: number, letter = 's') =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `${letter}-${from + index}.md`,
        story({ id: from + index, title: `S ${from + index}` }),
      ]),
    );
  const options = { missing: 'delete' } as const;

  it('the one is not taken for the rest of the other', async () => {
    const small = stories(70_000, 12);
    const other = await writeArchive(stories(80_000, 200));
    await app.importFrom(await writeArchive(small));
    await app.importFrom(other);
    const refused = await app.planFrom(other, options).then(
      () => undefined,
      (error: unknown) => [(error as UserError).exitCode, (error as UserError).message.split(',')[0]],
    );
    // The first of those that were imported before, in this file or by another test of it.
    expect(refused).toEqual([EXIT.guarded, expect.stringMatching(/^All \d+ files that came from \/.* are gone$/)]);
    const allowed = await app.planFrom(other, { ...options, maxMissing: { share: 1 } });
    expect(allowed.counts.removed).toBeGreaterThanOrEqual(12);
    allowed.operations.close();
  });

  it('the one is not missing in the other', async () => {
    const small = await writeArchive(stories(71_000, 12, 't'));
    const other = await writeArchive(stories(81_000, 12, 't'));
    await app.importFrom(small);
    await app.importFrom(other);
    await fs.rm(path.join(small, 't-71003.md'));
    const missingIn = async (folder: string) => {
      const { operations, missing } = await app.planFrom(folder, { only: 't-*.md' });
      operations.close();
      return missing;
    };
    expect(await missingIn(small)).toEqual(['t-71003.md']);
    expect(await missingIn(other)).toEqual([]);
  });

  it('the one may be a copy of the other, with a file less', async () => {
    const { 's-80000.md': gone, ...rest } = stories(80_000, 200);
    expect(gone).toBeDefined();
    const copy = await app.planFrom(await writeArchive({ ...rest, ...stories(70_000, 12) }), { ...options, only: 's-*.md' });
    expect(copy.missing).toEqual(['s-80000.md']);
    copy.operations.close();
  });
});

describe('of two archives with a file of the same path', () => {
  const site = (name: string) =>
    compileMapping(
      mappingFile.parse({
        name,
        collections: [
          { type: 'topic', include: ['tags/*.md'], fields: { name: 'title', description: 'deck' } },
          {
            type: 'curated-content',
            include: ['**/*.md'],
            key: 'uid',
            fields: { title: 'title', slug: ['slug', '$basename'], via: 'via', body: '$body' },
          },
        ],
      }),
    );
  const page = (frontMatter: Record<string, unknown>) => matter.stringify('Text.\n', frontMatter);
  const viaOf = async (title: string) => (await app.strapi.documents(STORY).findFirst({ filters: { title }, status: 'published' }))?.via;

  it('the one does not overwrite the story of the other', async () => {
    const [a, b] = [site('site-a'), site('site-b')];
    const first = await writeArchive({
      'about.md': page({ title: 'Company A', via: 'A' }),
      'keyed.md': page({ title: 'Keyed A', uid: 'k1' }),
      'tags/one.md': page({ title: 'Tag of A' }),
    });
    await app.importFrom(first, { mapping: a });
    const second = await writeArchive({
      'about.md': page({ title: 'Company B', slug: 'company-b', via: 'B' }),
      'other.md': page({ title: 'Keyed B', uid: 'k1' }),
      'only-b.md': page({ title: 'Only B' }),
      'tags/one.md': page({ title: 'Tag of B' }),
    });
    const report = await app.importFrom(second, { mapping: b });
    expect(report.counts).toMatchObject({ created: 1, updated: 0, refused: 3 });
    expect(report.problems).toMatchObject([
      {
        file: 'about.md',
        rule: 'content/identity-duplicate',
        message: expect.stringMatching(new RegExp(`^about\\.md of ${first} .*mapping site-a; it is not overwritten`)),
      },
      { file: 'other.md', rule: 'content/identity-duplicate', message: expect.stringMatching(/^keyed\.md of /) },
      { file: 'tags/one.md', rule: 'content/identity-duplicate' },
    ]);
    expect(await viaOf('Company A')).toBe('A');
    expect((await app.importFrom(first, { mapping: a })).run).toBeNull();
  });

  it('a renamed mapping and a folder somewhere else are the same archive', async () => {
    const files = (via: string) => ({ 'moved.md': page({ title: 'Moved', via }), 'kept.md': page({ title: 'Kept' }) });
    const folder = await writeArchive(files('1'));
    await app.importFrom(folder, { mapping: site('site-c') });
    // CI checks out somewhere else each time.
    await app.importFrom(await writeArchive(files('2')), { mapping: site('site-c') });
    expect(await viaOf('Moved')).toBe('2');
    await fs.writeFile(path.join(folder, 'kept.md'), page({ title: 'Kept', via: 'renamed' }));
    // Of moved.md somebody else brought another version, of kept.md this folder did.
    const renamed = await app.importFrom(folder, { mapping: site('site-d') });
    expect(renamed.problems).toMatchObject([{ file: 'moved.md', rule: 'content/identity-duplicate' }]);
    expect(await viaOf('Kept')).toBe('renamed');
    // What is the same to the byte is no other archive's.
    const both = await app.importFrom(await writeArchive(files('2')), { mapping: site('site-e') });
    expect(both.problems).toMatchObject([{ file: 'kept.md' }]);
    await app.importFrom(await writeArchive({ 'moved.md': page({ title: 'Moved', via: '3' }) }), { mapping: site('site-e') });
    expect(await viaOf('Moved')).toBe('3');
  });
});

describe('topics and offerings with files of their own', () => {
  it('are what their files say, whoever names them', async () => {
    const folder = await writeArchive({
      'a-story.md': story({
        id: 401,
        title: 'Names them',
        relatedOfferings: [{ label: 'Old label', offeringId: 77, permalink: '/offering/x' }],
      }),
      'offerings/x.md': offeringFile('New name', {
        offeringId: 77,
        permalink: '/offering/x',
        type: 'Service',
        status: 'approved',
        categories: ['W: T'],
      }),
      'topics/t.md': topicFile('W: T', { parent: 'W: Root' }),
    });
    const report = await app.importFrom(folder);
    expect(report.problems).toMatchObject([{ file: 'a-story.md', rule: 'reference/differs' }]);
    const offering = await app.strapi
      .documents(OFFERING)
      .findFirst({ filters: { offeringId: 77 }, populate: { topics: { populate: ['parent'] } } });
    expect(offering).toMatchObject({
      name: 'New name',
      slug: 'x',
      type: 'service',
      editorialStatus: 'approved',
      topics: [{ name: 'W: T', taxonomy: 'W', label: 'T', parent: { name: 'W: Root' } }],
    });
    expect((await app.importFrom(folder)).run).toBeNull();
  });

  it('keep the first spelling where the file that has it is not looked at, or is of another archive', async () => {
    const named = (id: number, topic: string) => story({ id, title: `Spells ${id}`, categories: [topic] });
    const folder = await writeArchive({ 'a.md': named(410, 'Spelling: First'), 'b.md': named(411, 'spelling: first') });
    await app.importFrom(folder);
    const spelled = async () => (await storyOf(411)).topics.map(({ name }: { name: string }) => name) as string[];
    expect(await spelled()).toEqual(['Spelling: First']);

    await fs.writeFile(path.join(folder, 'b.md'), named(411, 'SPELLING: FIRST'));
    await app.importFrom(folder, { only: 'b.md' });
    expect(await spelled()).toEqual(['Spelling: First']);

    const other = await writeArchive({ 'c.md': named(412, 'spelling: FIRST') });
    const sister = { mapping: { ...medigy, name: 'sister' } };
    await app.importFrom(other, sister);
    expect(await spelled()).toEqual(['Spelling: First']);
    expect([(await app.importFrom(folder)).run, (await app.importFrom(other, sister)).run]).toEqual([null, null]);

    await fs.writeFile(path.join(folder, 'a.md'), named(410, 'Spelling: 1st'));
    await app.importFrom(folder);
    expect((await storyOf(410)).topics).toMatchObject([{ name: 'Spelling: 1st' }]);
  });

  it('whose parents go round in a circle lose the link that closes it', async () => {
    const report = await app.importFrom(
      await writeArchive({ 'a.md': topicFile('C: A', { parent: 'C: B' }), 'b.md': topicFile('C: B', { parent: 'C: A' }) }),
    );
    expect(report.counts).toMatchObject({ created: 2 });
    expect(report.problems).toMatchObject([{ rule: 'topic/circle' }]);
  });

  it('are told where the mapping has them', async () => {
    const fields = { name: 'title', parent: { from: 'up', match: 'name' } };
    const mapping = compileMapping(mappingFile.parse({ name: 'up', collections: [{ type: 'topic', include: ['*.md'], fields }] }));
    const folder = await writeArchive({ 'a.md': '---\ntitle: U A\nup: U B\n---\n', 'b.md': '---\ntitle: U B\nup: U A\n---\n' });
    expect((await app.importFrom(folder, { mapping })).problems).toMatchObject([{ rule: 'topic/circle', line: 3 }]);
  });

  it('are not put below what an editor put below them', async () => {
    const top = topicFile('E: Top');
    const folder = await writeArchive({ 'top.md': top, 'low.md': topicFile('E: Low') });
    await app.importFrom(folder);
    const topics = app.strapi.documents('plugin::curation.topic');
    const idOf = async (name: string) => (await topics.findFirst({ filters: { name } }))!.documentId;
    const own = await topics.create({ data: { name: 'E: Own', parent: await idOf('E: Top') } as never });
    await topics.update({ documentId: await idOf('E: Low'), data: { parent: own.documentId } as never });

    await fs.writeFile(path.join(folder, 'top.md'), topicFile('E: Top', { parent: 'E: Low', description: 'New' }));
    const report = await app.importFrom(folder);
    expect(report).toMatchObject({ counts: { updated: 1, conflicts: 0 }, problems: [{ file: 'top.md', line: 4, rule: 'topic/circle' }] });
    expect(await topics.findFirst({ filters: { name: 'E: Top' }, populate: ['parent'] as never })).toMatchObject({
      description: 'New',
      parent: null,
    });
    expect((await app.importFrom(folder)).run).toBeNull();

    await topics.update({ documentId: await idOf('E: Low'), data: { parent: null } as never });
    await app.importFrom(folder);
    expect(await topics.findFirst({ filters: { name: 'E: Top' }, populate: ['parent'] as never })).toMatchObject({
      parent: { name: 'E: Low' },
    });
  });
});

it('a topic that an editor renamed is meant by its old name and by its new one', async () => {
  const files = { 'old-name.md': story({ id: 9001, title: 'Says the old name', categories: ['Renamed: Old'] }) };
  await app.importFrom(await writeArchive(files));
  const { documentId } = (await app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Renamed: Old' } }))!;
  await app.strapi.documents(TOPIC).update({ documentId, data: { name: 'Renamed: New' } as never });
  const more = { ...files, 'new-name.md': story({ id: 9002, title: 'Says the new name', categories: ['Renamed: New'] }) };
  expect(await app.importFrom(await writeArchive(more))).toMatchObject({ counts: { created: 1, refused: 0 }, problems: [] });
  expect([(await storyOf(9001)).topics, (await storyOf(9002)).topics]).toMatchObject([[{ documentId }], [{ documentId }]]);
});
