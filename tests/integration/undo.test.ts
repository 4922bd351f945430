import fs from 'node:fs/promises';
import path from 'node:path';

import { statusOf } from '../../migrations/status-archive';
import { undoArchive } from '../../migrations/undo-archive';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { documents } from '../support/documents';
import { contentOf as contentOfApp } from '../support/content-of';
import { ROOT } from '../support/paths';
import { offeringFile, story, topicFile } from '../support/story';

const STORY = 'plugin::curation.curated-content';
const TOPIC = 'plugin::curation.topic';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});

afterAll(() => app.stop());

const contentOf = () => contentOfApp(app);

const files = (via: string, picks: number[]) => ({
  'a.md': story({
    id: 1,
    title: 'First',
    via,
    lastMod: '2024-05-06T07:08:09.123456Z',
    date: '2024-05-01',
    categories: ['W: A', 'W: B'],
    featuredImage: { href: 'one.png', alt: 'Mark' },
    relatedOfferings: picks.map((id) => ({ label: `Offering ${id}`, permalink: `/offering/o-${id}`, offeringId: id })),
  }),
  'b.md': story({ id: 2, title: 'Second', categories: ['W: A'] }),
  'o.md': offeringFile('Offering 7', { offeringId: 7, permalink: '/offering/o-7', logo: 'two.png', categories: ['W: B'] }),
  't.md': topicFile('W: B', { parent: 'W: Root' }),
});

const importFiles = async (archive: Record<string, string>, options = {}) => {
  const logos = path.join(ROOT, 'playground', 'assets', 'logos');
  const [one, two] = await fs.readdir(logos);
  const assets = await writeArchive({
    'one.png': await fs.readFile(path.join(logos, one!)),
    'two.png': await fs.readFile(path.join(logos, two!)),
  });
  const report = await app.importFrom(await writeArchive(archive), { assets, ...options });
  return report.run!;
};

const undo = (run: number) => undoArchive(app.host, run);

describe('an undo', () => {
  it('gives back a text that an editor emptied as an empty one', async () => {
    const file = (description: string) => ({ 'e.md': story({ id: 90, title: 'Emptied', description }) });
    await importFiles(file('One'), { publish: 'none' });
    const [{ documentId }] = await app.strapi.db.query(STORY).findMany({ where: { title: 'Emptied' } });
    await documents(app.strapi, 'curated-content').update({ documentId, data: { description: '' } });
    const texts = async () => {
      const rows = await app.strapi.db.query(STORY).findMany({ where: { documentId }, orderBy: { id: 'asc' } });
      return rows.map(({ description, publishedAt }) => [publishedAt ? 'published' : 'draft', description]);
    };

    const published = await importFiles(file('One'), { publish: 'all' });
    const both = [
      ['draft', ''],
      ['published', ''],
    ];
    expect(await texts()).toEqual(both);
    const withdrawn = await undo(published);
    expect(await texts()).toEqual([['draft', '']]);
    await undo(withdrawn.run!);
    expect(await texts()).toEqual(both);

    const overwritten = await importFiles(file('Two'), { onConflict: 'file' });
    expect(await texts()).toEqual([
      ['draft', 'Two'],
      ['published', 'Two'],
    ]);
    await undo(overwritten);
    expect(await texts()).toEqual(both);
    await documents(app.strapi, 'curated-content').delete({ documentId });
  });

  it('of an import leaves the database as it was, and an undo of that brings everything back', async () => {
    const empty = await contentOf();
    const run = await importFiles(files('x', [7, 8]));
    const full = await contentOf();

    const undone = await undo(run);
    expect(undone).toMatchObject({ counts: { removed: 7, conflicts: 0 }, problems: [] });
    expect(await contentOf()).toEqual(empty);

    const redone = await undo(undone.run!);
    expect(redone).toMatchObject({ counts: { created: 7, conflicts: 0 }, problems: [] });
    expect(await contentOf()).toEqual(full);
    expect((await app.importFrom(await writeArchive(files('x', [7, 8])), { assets: undefined })).counts.created).toBe(0);
  });

  it('of an update puts every field, link and date back', async () => {
    await importFiles(files('x', [7, 8]));
    const before = await contentOf();
    const run = await importFiles({ ...files('y', [8, 7, 9]), 'b.md': story({ id: 2, title: 'Second, longer', categories: [] }) });
    const after = await contentOf();
    expect(after).not.toEqual(before);

    const undone = await undo(run);
    expect(undone.problems).toEqual([]);
    expect(await contentOf()).toEqual(before);
    await undo(undone.run!);
    expect(await contentOf()).toEqual(after);
  });

  it('of a withdrawal publishes again, and of a publication withdraws', async () => {
    await importFiles({ 'p.md': story({ id: 30, title: 'Public' }) }, { publish: 'as-source' });
    const before = await contentOf();
    const run = await importFiles({ 'p.md': story({ id: 30, title: 'Public', draft: true }) }, { publish: 'as-source' });
    const after = await contentOf();
    const undone = await undo(run);
    expect(await contentOf()).toEqual(before);
    await undo(undone.run!);
    expect(await contentOf()).toEqual(after);
  });

  it('leaves alone what somebody changed since, and says so', async () => {
    const run = await importFiles({ 'e.md': story({ id: 40, title: 'Edited', categories: ['Kept: Topic', 'Gone: Topic'] }) });
    const edited = await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 40 } });
    const kept = await app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Kept: Topic' } });
    await app.strapi.documents(STORY).update({
      documentId: edited!.documentId,
      data: { via: 'Editor', topics: [kept!.documentId] } as never,
      status: 'published',
    });
    const report = await undo(run);
    expect(report.counts).toMatchObject({ removed: 1, conflicts: 2 });
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('"Edited" has been changed since'),
      expect.stringContaining('"Kept: Topic" is in use'),
    ]);
    expect(await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 40 } })).toMatchObject({ via: 'Editor' });
    expect(await app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Gone: Topic' } })).toBeNull();
  });

  it("restores the fields that nobody touched, and keeps an editor's", async () => {
    await importFiles({ 'f.md': story({ id: 50, title: 'Fields', via: 'a', sub: 'a' }) });
    const run = await importFiles({ 'f.md': story({ id: 50, title: 'Fields', via: 'b', sub: 'b' }) });
    const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 50 } }))!;
    await app.strapi.documents(STORY).update({ documentId, data: { via: 'Editor' } as never, status: 'published' });
    expect((await undo(run)).counts).toMatchObject({ updated: 1, conflicts: 1 });
    expect(await app.strapi.documents(STORY).findOne({ documentId, status: 'published' })).toMatchObject({ via: 'Editor', sub: 'a' });
  });

  it('counts no record of which nothing was put back', async () => {
    await importFiles({ 'h.md': story({ id: 52, title: 'Nothing back', via: 'a' }) });
    const run = await importFiles({ 'h.md': story({ id: 52, title: 'Nothing back', via: 'b' }) });
    const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 52 } }))!;
    await app.strapi.documents(STORY).update({ documentId, data: { via: 'Editor' } as never, status: 'published' });
    expect((await undo(run)).counts).toMatchObject({ updated: 0, conflicts: 1 });
  });

  it('of a run before the last one keeps what the last one brought, and the files are known as they are', async () => {
    const file = (via: string, sub: string) => ({ 'g.md': story({ id: 51, title: 'Out of order', via, sub }) });
    const found = () => app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 51 }, status: 'published' });
    await importFiles(file('a', 'a'));
    const first = await importFiles(file('b', 'a'));
    const second = await importFiles(file('b', 'b'));
    const undone = await undo(first);
    expect(await found()).toMatchObject({ via: 'a', sub: 'b' });
    const { edited } = await statusOf(app.host);
    expect(edited.filter(({ path: of }) => of === 'g.md')).toEqual([]);
    await undo(undone.run!);
    expect(await found()).toMatchObject({ via: 'b', sub: 'b' });
    expect((await app.planFrom(await writeArchive(file('b', 'b')), { only: 'g.md' })).counts).toMatchObject({ updated: 0, unchanged: 1 });

    await undo(first);
    await undo(second);
    expect(await found()).toMatchObject({ via: 'a', sub: 'a' });
    // Nobody but the undos was here: what the files say comes again.
    await importFiles(file('b', 'b'));
    expect(await found()).toMatchObject({ via: 'b', sub: 'b' });
  });

  it('of a run that is not there is refused', async () => {
    await expect(undo(9999)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('9999') });
  });
});

describe('files that are gone', () => {
  const three = {
    '1.md': story({ id: 61, title: 'One' }),
    '2.md': story({ id: 62, title: 'Two' }),
    '3.md': story({ id: 63, title: 'Three' }),
  };
  const states = async (id: number) => (await app.strapi.db.query(STORY).findMany({ where: { workPackageId: id } })).length;
  const only = '[123].md';

  it('stay, are withdrawn or are deleted, as told; and come back with an undo', async () => {
    await importFiles(three);
    const { '3.md': _, ...two } = three;
    expect((await app.importFrom(await writeArchive(two), { only })).run).toBeNull();
    expect(await states(63)).toBe(2);

    const options = { only, maxMissing: { count: 1 } } as const;
    const withdrawn = await app.importFrom(await writeArchive(two), { ...options, missing: 'unpublish' });
    expect(withdrawn).toMatchObject({ counts: { removed: 1 }, problems: [{ rule: 'file/missing', file: '3.md' }] });
    expect(await states(63)).toBe(1);
    expect((await app.importFrom(await writeArchive(two), { ...options, missing: 'unpublish' })).run).toBeNull();

    const before = await contentOf();
    const deleted = await app.importFrom(await writeArchive(two), { ...options, missing: 'delete' });
    expect(await states(63)).toBe(0);
    await undo(deleted.run!);
    expect(await contentOf()).toEqual(before);
    expect(await states(63)).toBe(1);
  });

  it('take links with them, those of editors too, and an undo links everything again', async () => {
    const staying = {
      'zz-linked.md': story({ id: 72, title: 'Linked by an editor' }),
      'zz-refiled.md': story({ id: 74, title: 'Filed elsewhere now' }),
      'zz-kept.md': topicFile('Z: Kept'),
      'zz-other.md': offeringFile('Kept offering', { offeringId: 972, permalink: '/offering/zz-kept' }),
    };
    const picked = { label: 'Gone offering', permalink: '/offering/zz-gone', offeringId: 971 };
    await importFiles({
      ...staying,
      'zz-filed.md': story({ id: 71, title: 'Filed', categories: ['Z: Child', 'Z: Gone'], relatedOfferings: [picked] }),
      'zz-refiled.md': story({ id: 74, title: 'Filed elsewhere now', categories: ['Z: Gone'] }),
      'zz-gone.md': topicFile('Z: Gone'),
      'zz-child.md': topicFile('Z: Child', { parent: 'Z: Gone' }),
      'zz-offering.md': offeringFile('Gone offering', { offeringId: 971, permalink: '/offering/zz-gone', categories: ['Z: Gone'] }),
    });
    const [stories, topics, offerings] = (['curated-content', 'topic', 'offering'] as const).map((type) => documents(app.strapi, type));
    const idOf = async (type: string, where: object) =>
      ((await app.strapi.db.query(`plugin::curation.${type}`).findOne({ where })) as { documentId: string }).documentId;
    const [gone, kept] = [await idOf('topic', { name: 'Z: Gone' }), await idOf('topic', { name: 'Z: Kept' })];
    const [goneOffering, keptOffering] = [await idOf('offering', { offeringId: 971 }), await idOf('offering', { offeringId: 972 })];
    const linked = await idOf('curated-content', { workPackageId: 72 });
    await stories!.update({ documentId: linked, data: { topics: [gone, kept], relatedOfferings: [goneOffering, keptOffering] } });
    await stories!.publish({ documentId: linked });
    await stories!.update({ documentId: linked, data: { topics: [kept, gone] } });
    await topics!.update({ documentId: kept, data: { parent: gone } });
    await offerings!.update({ documentId: keptOffering, data: { topics: [gone] } });

    const before = await contentOf();
    const options = { only: 'zz-*.md', missing: 'delete', maxMissing: { count: 4 } } as const;
    const deleted = await app.importFrom(await writeArchive(staying), options);
    expect(deleted.counts).toMatchObject({ removed: 4, updated: 1 });
    const names = (entry: unknown) => (entry as { name: string }[]).map(({ name }) => name);
    const populate = ['topics', 'relatedOfferings'];
    for (const status of ['draft', 'published'] as const) {
      const story = await stories!.findOne({ documentId: linked, status, populate });
      expect([names(story.topics), names(story.relatedOfferings)]).toEqual([['Z: Kept'], ['Kept offering']]);
    }
    const after = await contentOf();

    const undone = await undo(deleted.run!);
    expect(undone.problems).toEqual([]);
    expect(await contentOf()).toEqual(before);
    const again = await undo(undone.run!);
    expect(again.problems).toEqual([]);
    expect(await contentOf()).toEqual(after);
  });

  it('are withdrawn, told and counted once, and never again stand in the way; topics stay', async () => {
    const stories = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`w/${index}.md`, story({ id: 700 + index, title: `Withdrawn ${index}` })]),
    );
    const topic = { 'w/topic.md': topicFile('Withdrawn: Topic') };
    const importLeft = async (archive: Record<string, string>) =>
      app.importFrom(await writeArchive(archive), { missing: 'unpublish', maxMissing: { count: 1 }, only: 'w/**' });
    await app.importFrom(await writeArchive({ ...stories, ...topic }));
    const left: Record<string, string> = { ...stories, ...topic };
    for (const name of ['w/0.md', 'w/1.md', 'w/2.md']) {
      delete left[name];
      const report = await importLeft(left);
      expect(report.counts.removed).toBe(1);
      expect(report.problems).toMatchObject([{ file: name, rule: 'file/missing' }]);
    }
    delete left['w/topic.md'];
    const report = await importLeft(left);
    expect(report).toMatchObject({ run: null, counts: { removed: 0 }, problems: [] });
    expect(await app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Withdrawn: Topic' } })).not.toBeNull();
    await app.importFrom(await writeArchive({ ...stories, ...topic }));
  });

  it('are taken for a wrong folder where there are too many', async () => {
    const { '1.md': one } = three;
    await importFiles(three);
    await expect(app.importFrom(await writeArchive({ '1.md': one }), { only, missing: 'delete' })).rejects.toMatchObject({ exitCode: 7 });
    expect(await states(62)).toBe(2);
    await expect(app.importFrom(await writeArchive({ 'x.txt': '' }))).rejects.toMatchObject({ exitCode: 7 });
  });
});

it('of an undo brings back what a run had only noted', async () => {
  const text = story({ id: 960, title: 'Noted' });
  await app.importFrom(await writeArchive({ 'here.md': text }));
  const moved = await app.importFrom(await writeArchive({ 'there.md': text }));
  const after = await contentOf();
  const undone = await undoArchive(app.host, moved.run!);
  expect(await contentOf()).not.toEqual(after);
  await undoArchive(app.host, undone.run!);
  expect(await contentOf()).toEqual(after);
});
