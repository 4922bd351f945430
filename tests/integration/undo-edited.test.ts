import fs from 'node:fs/promises';
import path from 'node:path';

import { UIDS } from '../../content-types';
import { exitCodeOf } from '../../migrations/cli/exit-code';
import { EXIT } from '../../migrations/errors';
import type { ImportOptions } from '../../migrations/import-archive';
import { hugo } from '../../migrations/mappings/hugo';
import { mergeTopics } from '../../migrations/merge-topics';
import { undoArchive } from '../../migrations/undo-archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { readArchive, writeArchive } from '../support/archive';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { story, topicFile } from '../support/story';
import { emptyTables } from '../support/tables';

const FILE = 'plugin::upload.file';
const ALL_MAY_GO = { missing: 'delete', maxMissing: { share: 1 } } as const;

let app: ArchiveApp;
let logos: string[];

beforeAll(async () => {
  app = await startArchiveApp();
  logos = await fs.readdir(path.join(ROOT, 'playground', 'assets', 'logos'));
});
beforeEach(() => emptyTables(app.strapi));
afterAll(() => app.stop());

const undo = (run: number | null) => undoArchive(app.host, run!);
const importOf = async (files: Record<string, string>, options: Partial<ImportOptions> = {}) =>
  app.importFrom(await writeArchive(files), options);
const logo = (index: number) => fs.readFile(path.join(ROOT, 'playground', 'assets', 'logos', logos[index]!));

type Entry = Record<string, any>;
const stories = async (): Promise<Entry[]> =>
  app.strapi.documents(UIDS['curated-content']).findMany({
    sort: 'title',
    status: 'published',
    populate: ['topics', 'featuredImage'],
  });
const topicNamed = async (name: string): Promise<Entry | null> =>
  app.strapi.documents(UIDS.topic).findFirst({ filters: { name }, populate: ['parent'] });
const saveStory = async (documentId: string, data: Record<string, unknown>) => {
  await documents(app.strapi, 'curated-content').update({ documentId, data });
  await documents(app.strapi, 'curated-content').publish({ documentId });
};

/** Somebody who may leave again: the first account has to stay. */
const account = async (email: string): Promise<{ id: number }> => {
  const roles = await app.strapi.db.query('admin::role').findMany({});
  const role = roles.find(({ code }: { code: string }) => code !== 'strapi-super-admin') as { id: number };
  return app.strapi
    .service('admin::user')
    .create({ email, firstname: 'Ada', lastname: 'L.', password: 'Curation-2026', isActive: true, roles: [role.id] });
};

const describePicture = async (documentId: string, alternativeText: string) => {
  const { id } = await app.strapi.db.query(FILE).findOne({ where: { documentId } });
  await app.strapi.plugin('upload').service('upload').updateFileInfo(id, { alternativeText });
};

describe('an undo of an import leaves alone', () => {
  it('a topic of which an editor wrote what no file says', async () => {
    const { run } = await importOf({ 'a.md': story({ id: 1, categories: ['W: Told'] }) });
    const { documentId } = (await topicNamed('W: Told'))!;
    await documents(app.strapi, 'topic').update({ documentId, data: { description: 'An editor wrote it' } });
    expect((await undo(run)).problems).toMatchObject([{ rule: 'undo/changed-since' }]);
    expect(await topicNamed('W: Told')).toMatchObject({ description: 'An editor wrote it' });
  });

  it('a story with picks in attributes that its mapping does not read', async () => {
    const { documentId: picked } = await documents(app.strapi, 'offering').create({ data: { name: 'Picked' } });
    const { run } = await importOf({ 'a.md': '---\ntitle: A\n---\nText\n' }, { mapping: hugo });
    await saveStory((await stories())[0]!.documentId, { relatedOfferings: [picked] });
    await undo(run);
    expect(await stories()).toHaveLength(1);
  });

  it('a topic that an editor’s own was merged into, and the merge can still be undone', async () => {
    const { run } = await importOf({ 'a.md': story({ id: 1, categories: ['W: Told'] }) });
    const mine = await documents(app.strapi, 'topic').create({ data: { name: 'W: Mine', description: 'Long' } });
    const merge = await mergeTopics(app.host, { source: mine.documentId, target: (await topicNamed('W: Told'))!.documentId });
    expect((await undo(run)).problems).toMatchObject([{ message: expect.stringContaining('was merged into it') }]);
    await undo(merge.run);
    expect(await topicNamed('W: Mine')).toMatchObject({ description: 'Long' });
  });

  it('a picture that an editor described', async () => {
    const assets = await writeArchive({ 'one.png': await logo(0) });
    const { run } = await importOf({ 'a.md': story({ id: 1, featuredImage: { href: 'one.png' } }) }, { assets });
    await describePicture((await stories())[0]!.featuredImage.documentId, 'An editor wrote it');
    expect((await undo(run)).problems).toMatchObject([{ file: 'one.png', rule: 'undo/changed-since' }]);
    expect(await app.strapi.db.query(FILE).findMany({})).toMatchObject([{ alternativeText: 'An editor wrote it' }]);
  });
});

it('an alternative text that is left alone is a conflict to a script', async () => {
  const assets = await writeArchive({ 'one.png': await logo(0) });
  const file = (alt: string) => ({ 'a.md': story({ id: 1, featuredImage: { href: 'one.png', alt } }) });
  await importOf(file('A'), { assets });
  const { run } = await importOf(file('B'), { assets });
  await describePicture((await stories())[0]!.featuredImage.documentId, 'An editor wrote it');
  expect(exitCodeOf(await undo(run))).toBe(EXIT.conflicts);
});

describe('what came after the run', () => {
  it('may be a story from the file’s old place: the renamed one stays where it is', async () => {
    const folder = await writeArchive({ 'a.md': story({ title: 'A' }), 'o.md': story({ title: 'O' }) });
    await app.importFrom(folder);
    await fs.rename(path.join(folder, 'a.md'), path.join(folder, 'b.md'));
    const { run } = await app.importFrom(folder);
    await fs.writeFile(path.join(folder, 'a.md'), story({ title: 'New' }));
    await app.importFrom(folder);
    expect((await undo(run)).problems).toMatchObject([{ rule: 'undo/changed-since', file: 'b.md' }]);
    expect(await app.importFrom(folder)).toMatchObject({ run: null, counts: { unchanged: 3 } });
  });

  it('may be a story from the file of one that was deleted: that one is not brought back', async () => {
    const folder = await writeArchive({ 'a.md': story({ title: 'A' }), 'o.md': story({ title: 'O' }) });
    await app.importFrom(folder);
    await fs.rename(path.join(folder, 'a.md'), path.join(folder, 'b.md'));
    await app.importFrom(folder);
    await fs.rm(path.join(folder, 'b.md'));
    const { run } = await app.importFrom(folder, ALL_MAY_GO);
    await fs.writeFile(path.join(folder, 'b.md'), story({ title: 'New' }));
    await app.importFrom(folder);
    expect((await undo(run)).problems).toMatchObject([{ rule: 'undo/changed-since' }]);
    expect((await stories()).map(({ title }) => title)).toEqual(['New', 'O']);
  });

  it('may be a topic by the name of one that was merged: the merge stays whole', async () => {
    await importOf({ 'a.md': story({ id: 1, categories: ['W: A'] }), 'b.md': story({ id: 2, categories: ['W: B'] }) });
    const [a, b] = [(await topicNamed('W: A'))!, (await topicNamed('W: B'))!];
    const { run } = await mergeTopics(app.host, { source: a.documentId, target: b.documentId });
    const other = await documents(app.strapi, 'topic').create({ data: { name: 'W: A' } });
    await importOf({ 'c.md': story({ id: 3, categories: ['W: A'] }) });
    await documents(app.strapi, 'topic').update({ documentId: other.documentId, data: { name: 'W: Else', slug: 'else' } });
    await expect(undo(run)).rejects.toMatchObject({ exitCode: EXIT.guarded });
  });

  it('may be that the account is gone which made an entry', async () => {
    const ada = await account('ada@gone.example');
    await importOf({ 'a.md': story({ id: 1, title: 'A' }), 'b.md': story({ id: 2, title: 'B' }) });
    const { documentId } = (await stories())[0]!;
    await documents(app.strapi, 'curated-content').update({ documentId, data: { via: 'x', updatedBy: ada.id } });
    const { run } = await importOf({ 'b.md': story({ id: 2, title: 'B' }) }, ALL_MAY_GO);
    await app.strapi.service('admin::user').deleteById(ada.id);
    expect(await undo(run)).toMatchObject({ counts: { created: 1 }, problems: [] });
    expect((await stories()).map(({ title }) => title)).toEqual(['A', 'B']);
  });

  it('may be that the folder is gone in which a picture lay', async () => {
    const assets = await writeArchive({ 'one.png': await logo(0) });
    const { run } = await importOf({ 'a.md': story({ id: 1, featuredImage: { href: 'one.png' } }) }, { assets });
    const folders = app.strapi.plugin('upload').service('folder');
    const folder = await folders.create({ name: 'Mine', parent: null });
    const { documentId } = (await stories())[0]!.featuredImage;
    await app.strapi.db.query(FILE).update({ where: { documentId }, data: { folder: folder.id, folderPath: folder.path } });
    const undone = await undo(run);
    await folders.deleteByIds([folder.id]);
    await undo(undone.run);
    expect(await stories()).toMatchObject([{ featuredImage: { documentId } }]);
  });

  it('may be that what a record named is gone: that is told', async () => {
    await importOf({ 'p.md': topicFile('W: Parent'), 'c.md': topicFile('W: Child'), 's.md': story({ id: 1, title: 'S' }) });
    const [parent, child] = [(await topicNamed('W: Parent'))!, (await topicNamed('W: Child'))!];
    await documents(app.strapi, 'topic').update({ documentId: child.documentId, data: { parent: parent.documentId } });
    await saveStory((await stories())[0]!.documentId, { topics: [parent.documentId] });
    const { run } = await importOf({ 'c.md': topicFile('W: Child'), 's.md': story({ id: 1, title: 'S' }) }, ALL_MAY_GO);
    await documents(app.strapi, 'topic').create({ data: { name: 'W: Parent' } });
    const told = (await undo(run)).problems.map(({ message }) => message.split(';')[0]);
    expect(told.sort()).toEqual([
      '"S" does not get its "topics" back whole: what it named is gone since',
      '"W: Child" does not get its "parent" back whole: what it named is gone since',
      '"W: Parent" is gone, and another entry has its name, slug or id since',
    ]);
  });
});

it('a merge that is undone is no editor’s change, though an import came between', async () => {
  const files = (title: string, categories: string[]) => ({
    's.md': story({ id: 1, title, categories }),
    'a.md': topicFile('W: A'),
    'b.md': topicFile('W: B'),
  });
  await importOf(files('One', ['W: A']));
  const [a, b] = [(await topicNamed('W: A'))!, (await topicNamed('W: B'))!];
  const { run } = await mergeTopics(app.host, { source: a.documentId, target: b.documentId });
  await importOf(files('Two', ['W: A']));
  await undo(run);
  expect((await importOf(files('Two', ['W: A', 'W: C']))).counts).toMatchObject({ conflicts: 0, updated: 1 });
  expect((await stories())[0]!.topics.map(({ name }: Entry) => name)).toEqual(['W: A', 'W: C']);
});

describe('runs that are undone out of order', () => {
  const file = (via: string, sub: string, href = 'one.png') => ({ 'a.md': story({ id: 1, via, sub, featuredImage: { href } }) });
  const exported = async () => {
    const folder = await writeArchive({});
    await app.exportTo(folder);
    return { folder, text: (await readArchive(folder))['a.md']! };
  };

  it('leave what an export writes in step with Strapi', async () => {
    const assets = await writeArchive({ 'one.png': await logo(0) });
    await importOf(file('a', 'a'), { assets });
    const first = await importOf(file('b', 'a'), { assets });
    const second = await importOf(file('b', 'b'), { assets });
    await undo(first.run);
    const { folder, text } = await exported();
    expect(text).toBe(file('a', 'b')['a.md']);
    await undo(second.run);
    expect((await exported()).text).toBe(file('a', 'a')['a.md']);
    expect((await app.importFrom(folder, { assets })).counts).toMatchObject({ updated: 1, conflicts: 0 });
  });

  it('let the file’s picture come again', async () => {
    const assets = await writeArchive({ 'one.png': await logo(0), 'two.png': await logo(1) });
    await importOf(file('a', 'a'), { assets });
    const { run } = await importOf(file('a', 'a', 'two.png'), { assets });
    await importOf(file('b', 'a', 'two.png'), { assets });
    await undo(run);
    expect((await stories())[0]!.featuredImage.name).toBe('one.png');
    await importOf(file('b', 'a', 'two.png'), { assets });
    expect((await stories())[0]!.featuredImage.name).toBe('two.png');
  });
});
