import fs from 'node:fs/promises';
import path from 'node:path';

import { undoArchive } from '../../migrations/undo-archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { writeArchive } from '../support/archive';
import { documents } from '../support/documents';
import { story, topicFile } from '../support/story';
import { emptyTables } from '../support/tables';

let app: ArchiveApp;
let folder: string;

const SLUG = 'heart-health';

beforeAll(async () => {
  app = await startArchiveApp();
});

beforeEach(async () => {
  await emptyTables(app.strapi);
  folder = await writeArchive({
    'topics/heart.md': topicFile('Heart Health', { slug: SLUG }),
    'news/a.md': story({ id: 1, title: 'A', categories: ['Heart Health'] }),
  });
  await app.importFrom(folder);
});

afterAll(() => app.stop());

const write = (file: string, text: string) => fs.writeFile(path.join(folder, file), text);
const rename = (name: string) => write('topics/heart.md', topicFile(name, { slug: SLUG }));

/** Every topic, with the stories that name it. */
const topics = async () => {
  const found = await app.strapi.documents('plugin::curation.topic').findMany({ sort: 'slug' });
  const stories = (await app.strapi.documents('plugin::curation.curated-content').findMany({
    sort: 'title',
    populate: ['topics'],
  })) as unknown as { title: string; topics: { documentId: string }[] }[];
  return (found as unknown as { documentId: string; name: string; slug: string }[]).map(({ documentId, name, slug }) => ({
    documentId,
    name,
    slug,
    stories: stories.filter((each) => each.topics.some((topic) => topic.documentId === documentId)).map(({ title }) => title),
  }));
};

it('a topic that its file calls something else is the same one, for stories that use its old names too', async () => {
  const [{ documentId } = { documentId: '' }] = await topics();
  await rename('Cardiology');
  expect(await app.importFrom(folder)).toMatchObject({ counts: { created: 0, updated: 1, unchanged: 1, refused: 0 }, problems: [] });
  expect(await topics()).toEqual([{ documentId, name: 'Cardiology', slug: SLUG, stories: ['A'] }]);
  expect(await app.importFrom(folder)).toMatchObject({ run: null, problems: [] });

  await rename('Heart and vessels');
  await write('news/b.md', story({ id: 2, title: 'B', categories: ['Cardiology'] }));
  expect(await app.importFrom(folder)).toMatchObject({ counts: { created: 1, updated: 1, refused: 0 } });
  await write('news/c.md', story({ id: 3, title: 'C', categories: ['Heart and vessels', 'Cardiology'] }));
  expect(await app.importFrom(folder)).toMatchObject({ counts: { created: 1, updated: 0, refused: 0 } });
  expect(await topics()).toEqual([{ documentId, name: 'Heart and vessels', slug: SLUG, stories: ['A', 'B', 'C'] }]);

  const files = ['topics/heart.md', 'news/a.md', 'news/b.md', 'news/c.md'];
  const read = () => Promise.all(files.map((file) => fs.readFile(path.join(folder, file), 'utf8')));
  const before = await read();
  await app.exportTo(folder);
  expect(await read()).toEqual(before);
});

it('is called what it was after an undo, and comes again from its file', async () => {
  const before = await topics();
  await rename('Cardiology');
  const { run } = await app.importFrom(folder);
  await undoArchive(app.host, run!);
  expect(await topics()).toEqual(before);
  await app.importFrom(folder);
  expect(await topics()).toEqual([{ ...before[0], name: 'Cardiology' }]);
});

it('is the same one in another file', async () => {
  const before = await topics();
  await fs.rm(path.join(folder, 'topics/heart.md'));
  await write('topics/cardiology.md', topicFile('Cardiology', { slug: SLUG }));
  expect(await app.importFrom(folder)).toMatchObject({ counts: { created: 0, updated: 1, refused: 0 } });
  expect(await topics()).toEqual([{ ...before[0], name: 'Cardiology' }]);
});

it('keeps the name that an editor gave it where the file gives another one, and tells of both', async () => {
  const [topic] = await topics();
  await documents(app.strapi, 'topic').update({ documentId: topic!.documentId, data: { name: 'Hearts' } });
  await rename('Cardiology');
  expect(await app.importFrom(folder)).toMatchObject({ counts: { created: 0, updated: 0, conflicts: 1, refused: 0 } });
  expect(await topics()).toEqual([{ ...topic, name: 'Hearts' }]);
});

it('is another topic where a file still gives the old name', async () => {
  const before = await topics();
  await write('topics/heart.md', topicFile('Heart Health', { slug: 'heart' }));
  await write('topics/cardiology.md', topicFile('Cardiology', { slug: SLUG }));
  await app.importFrom(folder);
  await app.importFrom(folder);
  expect(await topics()).toEqual([
    { ...before[0], slug: 'heart' },
    { documentId: expect.not.stringMatching(before[0]!.documentId) as string, name: 'Cardiology', slug: SLUG, stories: [] },
  ]);
});

it('is looked for no further than --only looks', async () => {
  const before = await topics();
  await write('topics/cardiology.md', topicFile('Cardiology', { slug: SLUG }));
  const report = await app.importFrom(folder, { only: 'topics/cardiology.md' });
  expect(report.problems).toMatchObject([{ rule: 'content/slug-duplicate', file: 'topics/cardiology.md' }]);
  expect(await topics()).toEqual(before);
});

it('is not what a copy of its file is, in which the slug was forgotten', async () => {
  const before = await topics();
  await write('topics/cardiology.md', topicFile('Cardiology', { slug: SLUG }));
  const { problems } = await app.importFrom(folder);
  expect(problems.map(({ rule }) => rule)).toContain('content/slug-duplicate');
  expect(await topics()).toEqual(before);
});

it('leaves its old names to other files, wherever they stand', async () => {
  const [{ documentId } = { documentId: '' }] = await topics();
  await rename('Cardiology');
  await app.importFrom(folder);
  await rename('Heart and vessels');
  await app.importFrom(folder);
  await write('topics/a.md', topicFile('Heart Health', { slug: 'a' }));
  await write('topics/z.md', topicFile('Cardiology', { slug: 'z' }));
  const other = expect.not.stringMatching(documentId) as string;
  for (const [created, stories] of [
    [2, []],
    [1, ['B']],
  ] as const) {
    expect(await app.importFrom(folder)).toMatchObject({ counts: { created, refused: 0 }, problems: [] });
    expect(await topics()).toEqual([
      { documentId: other, name: 'Heart Health', slug: 'a', stories: ['A'] },
      { documentId, name: 'Heart and vessels', slug: SLUG, stories },
      { documentId: other, name: 'Cardiology', slug: 'z', stories: [] },
    ]);
    await write('news/b.md', story({ id: 2, title: 'B', categories: ['Heart and vessels'] }));
  }
});

it('leaves its slug to another one when an editor has deleted it and its file is gone', async () => {
  const [topic] = await topics();
  await documents(app.strapi, 'topic').delete({ documentId: topic!.documentId });
  await fs.rm(path.join(folder, 'topics/heart.md'));
  await write('topics/cardiology.md', topicFile('Cardiology', { slug: SLUG }));
  await app.importFrom(folder);
  expect(await topics()).toMatchObject([{ name: 'Cardiology', slug: SLUG }]);
});

it('is meant by its new name where an editor keeps another one', async () => {
  const [topic] = await topics();
  await documents(app.strapi, 'topic').update({ documentId: topic!.documentId, data: { name: 'Hearts' } });
  await rename('Cardiology');
  await app.importFrom(folder);
  await write('news/b.md', story({ id: 2, title: 'B', categories: ['Cardiology'] }));
  expect(await app.importFrom(folder, { only: 'news/b.md' })).toMatchObject({ counts: { created: 1 } });
  expect(await topics()).toEqual([{ ...topic, name: 'Hearts', stories: ['A', 'B'] }]);
});

it('is not renamed where it was an editor’s own, with a name in other letters', async () => {
  await documents(app.strapi, 'topic').create({ data: { name: 'SLEEP', slug: 'sleep' } });
  await write('topics/sleep.md', topicFile('Sleep', { slug: 'sleep' }));
  await app.importFrom(folder);
  await write('news/b.md', story({ id: 2, title: 'B', categories: ['Undefined'] }));
  expect(await app.importFrom(folder)).toMatchObject({ byType: { topic: { created: 1, updated: 0 } } });
});
