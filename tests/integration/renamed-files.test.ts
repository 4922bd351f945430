import fs from 'node:fs/promises';
import path from 'node:path';

import { hugo } from '../../migrations/mappings/hugo';
import { undoArchive } from '../../migrations/undo-archive';
import { statusOf } from '../../migrations/status-archive';
import { IMPORT_DEFAULTS, startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { writeArchive } from '../support/archive';
import { documents } from '../support/documents';
import { story } from '../support/story';
import { emptyTables } from '../support/tables';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});

beforeEach(() => emptyTables(app.strapi));

afterAll(() => app.stop());

interface Story {
  documentId: string;
  title: string;
  slug: string;
}

/** Every story, by its slug. */
const stories = async () => {
  const found = (await app.strapi.documents('plugin::curation.curated-content').findMany({ sort: 'slug' })) as unknown as Story[];
  return found.map(({ documentId, title, slug }) => ({ documentId, title, slug }));
};
const redirectOf = async (from: string) =>
  (await app.strapi.db.query('plugin::curation.redirect').findMany({ where: { path: from } })) as { kind: string; documentId: string }[];

const post = (title: string, body = `About ${title}.`) => `---\ntitle: ${title}\ndate: 2024-03-01\n---\n${body}\n`;

const move = async (folder: string, from: string, to: string) => {
  await fs.mkdir(path.dirname(path.join(folder, to)), { recursive: true });
  await fs.rename(path.join(folder, from), path.join(folder, to));
};
const importPosts = (folder: string, options: Parameters<ArchiveApp['importFrom']>[1] = {}) =>
  app.importFrom(folder, { mapping: hugo, ...options });

it('a file that is moved and has an id is not taken for another one of its title', async () => {
  const folder = await writeArchive({ 'x.md': story({ id: 7, title: 'Weekly' }, 'One\n'), 'other.md': story({ id: 8, title: 'Other' }) });
  await app.importFrom(folder);
  const [, before] = await stories();
  await move(folder, 'x.md', 'z.md');
  await fs.writeFile(path.join(folder, 'y.md'), story({ title: 'Weekly' }, 'Two\n'));
  expect(await app.importFrom(folder)).toMatchObject({ counts: { created: 1, refused: 0 }, problems: [] });
  const found = await app.strapi.documents('plugin::curation.curated-content').findFirst({ filters: { workPackageId: 7 } });
  expect(found).toMatchObject({ documentId: before!.documentId, body: 'One\n' });
});

describe('a file that only its path identifies', () => {
  it('is the same story under another name, which takes its new slug and leaves its old one as a redirect', async () => {
    const folder = await writeArchive({ 'posts/first.md': post('First'), 'posts/other.md': post('Other') });
    await importPosts(folder);
    const [before] = await stories();
    await move(folder, 'posts/first.md', 'posts/better.md');

    const plan = await app.planFrom(folder, { mapping: hugo });
    const planned = [...plan.operations].map(({ action, formerPath, ledger }) => ({ action, formerPath, path: ledger.path }));
    plan.operations.close();
    expect(planned).toEqual([{ action: 'update', formerPath: 'posts/first.md', path: 'posts/better.md' }]);
    expect(plan.missing).toEqual([]);

    const report = await importPosts(folder);
    expect(report).toMatchObject({ counts: { created: 0, updated: 1, unchanged: 1 }, problems: [] });
    expect(await stories()).toEqual([
      { documentId: before!.documentId, title: 'First', slug: 'better' },
      expect.objectContaining({ slug: 'other' }),
    ]);
    expect(await redirectOf('/first')).toEqual([expect.objectContaining({ kind: 'slug', documentId: before!.documentId })]);
    expect(await importPosts(folder)).toMatchObject({ run: null, counts: { unchanged: 2 } });
  });

  it('is where it was after an undo, in the database and for the next import', async () => {
    const folder = await writeArchive({ 'posts/first.md': post('First'), 'posts/other.md': post('Other') });
    await importPosts(folder);
    const before = await stories();
    await move(folder, 'posts/first.md', 'posts/better.md');
    const { run } = await importPosts(folder);
    await undoArchive(app.host, run!);
    expect(await stories()).toEqual(before);
    await move(folder, 'posts/better.md', 'posts/first.md');
    expect(await importPosts(folder)).toMatchObject({ run: null, counts: { unchanged: 2 } });
  });

  it('is the same story in another folder, with --missing delete too', async () => {
    const folder = await writeArchive({
      'old/a/index.md': post('A'),
      'old/b/index.md': post('B'),
      'old/c.md': post('C'),
      'stays.md': post('Stays'),
    });
    await importPosts(folder);
    const before = await stories();
    await move(folder, 'old', 'new');
    expect(await importPosts(folder, { missing: 'delete', maxMissing: { count: 0 } })).toMatchObject({
      counts: { created: 0, updated: 0, unchanged: 4, removed: 0 },
    });
    expect(await stories()).toEqual(before);
    const { counts } = await statusOf(app.host, { ...IMPORT_DEFAULTS, folder, mapping: hugo });
    expect(counts).toMatchObject({ records: 4, inStep: 4, missing: 0, newInFiles: 0 });
  });

  it("keeps what an editor changed, a conflict that is open, and the picks of the story's editor", async () => {
    const folder = await writeArchive({ 'posts/first.md': post('First'), 'posts/other.md': post('Other') });
    await importPosts(folder);
    const [{ documentId }] = (await stories()) as [Story];
    await documents(app.strapi, 'curated-content').update({ documentId, data: { title: 'Edited' } });
    await fs.writeFile(path.join(folder, 'posts/first.md'), post('Rewritten'));
    expect((await importPosts(folder)).counts).toMatchObject({ conflicts: 1 });
    await move(folder, 'posts/first.md', 'posts/better.md');
    expect((await importPosts(folder)).counts).toMatchObject({ created: 0, conflicts: 1 });
    expect(await stories()).toEqual([{ documentId, title: 'Edited', slug: 'better' }, expect.objectContaining({ slug: 'other' })]);
  });

  it('is the same story where its words changed on the way, with title and slug as they were', async () => {
    const told = (body: string) => `---\ntitle: Told\nslug: told\n---\n${body}\n`;
    const folder = await writeArchive({ 'news/a.md': told('Before.'), 'news/b.md': post('B') });
    await importPosts(folder);
    const before = await stories();
    await fs.rm(path.join(folder, 'news/a.md'));
    await fs.writeFile(path.join(folder, 'news/told.md'), told('After.'));
    expect(await importPosts(folder)).toMatchObject({ counts: { created: 0, updated: 1, refused: 0 }, problems: [] });
    expect(await stories()).toEqual(before);
  });

  it('is published when it goes from the drafts to the posts, as Jekyll has it', async () => {
    const folder = await writeArchive({
      '_drafts/night-shift.md': '---\ntitle: The night shift\n---\nSoon.\n',
      '_posts/2024-01-02-other.md': post('Other'),
    });
    await importPosts(folder, { publish: 'as-source' });
    const [draft] = await stories();
    await fs.rm(path.join(folder, '_drafts/night-shift.md'));
    await fs.writeFile(
      path.join(folder, '_posts/2024-05-06-night-shift.md'),
      '---\ntitle: The night shift\ndate: 2024-05-06 10:00:00 +0000\n---\nNow.\n',
    );
    const plan = await app.planFrom(folder, { mapping: hugo, publish: 'as-source' });
    expect([...plan.operations]).toEqual([expect.objectContaining({ action: 'update', publication: 'publish' })]);
    plan.operations.close();
    await importPosts(folder, { publish: 'as-source' });
    expect(await stories()).toEqual([draft, expect.objectContaining({ slug: 'other' })]);
    const published = await app.strapi.documents('plugin::curation.curated-content').findMany({ status: 'published' });
    expect(published).toHaveLength(2);
  });

  it('leaves its old name to another story', async () => {
    const folder = await writeArchive({ 'draft.md': post('First'), 'other.md': post('Other') });
    await importPosts(folder);
    const [first] = await stories();
    await move(folder, 'draft.md', 'first.md');
    await importPosts(folder);
    await fs.writeFile(path.join(folder, 'draft.md'), post('Second'));
    expect(await importPosts(folder)).toMatchObject({ counts: { created: 1, refused: 0, updated: 0 } });
    await move(folder, 'draft.md', 'second.md');
    await fs.writeFile(path.join(folder, 'draft.md'), post('Third'));
    expect(await importPosts(folder)).toMatchObject({ counts: { created: 1, refused: 0, updated: 1 } });
    const all = await stories();
    expect(all.map(({ title, slug }) => `${title} ${slug}`)).toEqual(['Third draft', 'First first', 'Other other', 'Second second']);
    expect(all[1]!.documentId).toBe(first!.documentId);
    expect(await importPosts(folder)).toMatchObject({ run: null });
  });

  it('stays deleted where an editor deleted its story', async () => {
    const folder = await writeArchive({ 'a.md': post('A'), 'b.md': post('B') });
    await importPosts(folder);
    const [a] = await stories();
    await app.strapi.documents('plugin::curation.curated-content').delete({ documentId: a!.documentId });
    await move(folder, 'a.md', 'c.md');
    const { counts, problems } = await importPosts(folder);
    expect(counts).toMatchObject({ created: 0 });
    expect(problems).toEqual([expect.objectContaining({ rule: 'record/deleted', file: 'c.md' })]);
  });
});

describe('a file that is no renamed one', () => {
  it('is a second story where the first file is still there', async () => {
    const folder = await writeArchive({ 'a.md': post('A') });
    await importPosts(folder);
    await fs.copyFile(path.join(folder, 'a.md'), path.join(folder, 'copy.md'));
    expect((await importPosts(folder)).counts).toMatchObject({ created: 1, unchanged: 1 });
  });

  it('is a second story where the same file came from another folder with the same mapping', async () => {
    await importPosts(await writeArchive({ 'en/a.md': post('A'), 'en/b.md': post('B') }));
    expect((await importPosts(await writeArchive({ 'de/a-de.md': post('A') }))).counts).toMatchObject({ created: 1 });
    expect(await stories()).toHaveLength(3);
  });

  it('is a new story where --only keeps the old name from being looked at', async () => {
    const folder = await writeArchive({ 'old/a.md': post('A'), 'new/b.md': post('B') });
    await importPosts(folder);
    await move(folder, 'old/a.md', 'new/a-too.md');
    expect((await importPosts(folder, { only: 'new/**' })).counts).toMatchObject({ created: 1 });
  });

  it('is found in a checkout that lies elsewhere at each deploy', async () => {
    await importPosts(await writeArchive({ 'a.md': post('A'), 'b.md': post('B') }));
    expect((await importPosts(await writeArchive({ 'a-new.md': post('A'), 'b.md': post('B') }))).counts).toMatchObject({ created: 0 });
    expect(await stories()).toHaveLength(2);
  });
});

describe('a file that had an id', () => {
  const named = (id: string) => `---\ntitle: Told\nslug: told\n${id}---\nWords.\n`;

  it('is refused where nothing says any more which story it is', async () => {
    const folder = await writeArchive({ 'a.md': named('') });
    await app.importFrom(folder);
    await fs.writeFile(path.join(folder, 'a.md'), named('id: 7\n'));
    expect((await app.importFrom(folder)).counts).toMatchObject({ created: 0, refused: 0 });
    await fs.writeFile(path.join(folder, 'a.md'), named(''));
    const { counts, problems } = await app.importFrom(folder);
    expect(counts).toMatchObject({ created: 0, refused: 1 });
    expect(problems[0]!.message).toContain('came from this file when it had the workPackageId 7');
  });
});
