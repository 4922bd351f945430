import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import matter from 'gray-matter';

import { loadMapping } from '../../migrations/mappings';
import type { Mapping } from '../../migrations/mappings/mapping';
import { readArchive, writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { ROOT } from '../support/paths';

const STORY = 'plugin::curation.curated-content';
const TOPIC = 'plugin::curation.topic';

const story = (title: string, front: string) => `---\ntitle: ${title}\n${front}---\nText of ${title}.\n`;
const FILES = {
  'news/a.md': story('A', 'summary: In short # why\ntopics: [health, AI]\nrelated: /offering/scan\nlayout: post\n'),
  'news/b.md': story('B', 'slug: bee\ntopics: ai\nsource_url: https://www.example.gov/b\n'),
  'offerings/scan.md': '---\r\ntitle: Scan\r\nurl: /offering/scan\r\ntopics: [Public Health]\r\n---\r\n',
  'topics/health.md': '---\ntitle: Public Health\nparent: ai\n---\nAll about it.\n',
};

let app: ArchiveApp;
let mapping: Mapping;
let folder: string;

beforeAll(async () => {
  app = await startArchiveApp();
  mapping = await loadMapping('tests/fixtures/mappings/agency-site.json', ROOT);
  folder = await writeArchive(FILES);
});
afterAll(() => app.stop());

const exported = async () => {
  const out = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_mapping-'));
  try {
    await app.exportTo(out, { mapping });
    return await readArchive(out);
  } finally {
    await fs.rm(out, { recursive: true });
  }
};

const topicsOf = async (title: string) => {
  const found = await app.strapi.documents(STORY).findFirst({ filters: { title }, populate: ['topics'], status: 'published' });
  return (found as unknown as { topics: { name: string; slug: string }[] }).topics.map(({ slug }) => slug);
};

it('imports what references need in any order, and makes what create asks for', async () => {
  const { counts, byType, problems } = await app.importFrom(folder, { mapping });
  expect(problems).toEqual([]);
  expect(counts).toMatchObject({ files: 4, created: 5, refused: 0 });
  expect(byType.topic.created).toBe(2);
  expect(await topicsOf('A')).toEqual(['health', 'AI']);
  const health = await app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Public Health' }, populate: ['parent'] });
  expect(health).toMatchObject({ slug: 'health', description: 'All about it.\n', parent: { slug: 'AI' } });
});

it('writes nothing the second time, and gives every file back to the byte', async () => {
  expect((await app.importFrom(folder, { mapping })).counts).toMatchObject({ created: 0, updated: 0, unchanged: 5 });
  expect(await exported()).toEqual(FILES);
});

it('takes the topic that was made for the file that describes it later', async () => {
  const before = await app.strapi.documents(TOPIC).findFirst({ filters: { slug: 'AI' } });
  await fs.writeFile(path.join(folder, 'topics/ai.md'), '---\ntitle: Artificial Intelligence\nslug: ai\n---\n');
  const { counts, problems } = await app.importFrom(folder, { mapping });
  expect(problems).toEqual([]);
  expect(counts).toMatchObject({ created: 0, refused: 0 });
  const after = await app.strapi.documents(TOPIC).findFirst({ filters: { slug: 'ai' } });
  expect(after).toMatchObject({ documentId: before!.documentId, name: 'Artificial Intelligence' });
  expect((await app.importFrom(folder, { mapping })).counts).toMatchObject({ created: 0, updated: 0 });
});

it('writes what an editor changed where it was read, and a new story where stories are', async () => {
  const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { title: 'A' } }))!;
  await app.strapi.documents(STORY).update({ documentId, data: { description: 'New' } as never, status: 'published' });
  await app.strapi.documents(STORY).create({ data: { title: 'C', slug: 'sea', body: 'By hand.' } as never, status: 'published' });
  const files = await exported();
  expect(files['news/a.md']).toBe(FILES['news/a.md'].replace('In short', 'New'));
  expect(files['news/sea.md']).toBe('---\ntitle: C\nslug: sea\n---\nBy hand.');
  expect(files['news/b.md']).toBe(FILES['news/b.md']);
});

describe('a reference that finds nobody, where none is made', () => {
  const closed = async (): Promise<Mapping> => {
    const file = {
      name: 'closed-site',
      collections: [
        { type: 'topic', include: ['tags/*.md'], fields: { name: 'title', slug: '$basename' } },
        {
          type: 'curated-content',
          include: ['posts/*.md'],
          fields: { title: 'title', body: '$body', topics: { from: 'tags', match: 'slug' } },
        },
      ],
    };
    return loadMapping('closed.json', await writeArchive({ 'closed.json': JSON.stringify(file) }));
  };
  const tag = (title: string) => `---\ntitle: ${title}\n---\n`;

  it('stays in the list that an export writes, in its place, until somebody has its name', async () => {
    const mapping = await closed();
    const folder = await writeArchive({
      'posts/night.md': story('Night', 'tags: [first, coming, second]\n'),
      'tags/first.md': tag('First'),
      'tags/second.md': tag('Second'),
      'tags/third.md': tag('Third'),
    });
    const tagsAfter = async (topics: string[]): Promise<string | undefined> => {
      const { documentId } = (await app.strapi.documents(STORY).findFirst({ filters: { title: 'Night' } }))!;
      const found = await app.strapi.documents(TOPIC).findMany({ filters: { slug: { $in: topics } } });
      const ids = topics.map((slug) => found.find((topic) => topic.slug === slug)!.documentId);
      await app.strapi.documents(STORY).update({ documentId, data: { topics: ids } as never, status: 'published' });
      const out = await writeArchive({});
      await app.exportTo(out, { mapping });
      const { data } = matter((await readArchive(out))['posts/night.md']!);
      return (data.tags as string[]).join();
    };
    const { problems } = await app.importFrom(folder, { mapping });
    expect(problems.map(({ rule, line }) => [rule, line])).toEqual([['reference/unresolved', 3]]);
    expect(await topicsOf('Night')).toEqual(['first', 'second']);

    expect(await tagsAfter(['first', 'second', 'third'])).toBe('first,coming,second,third');
    expect(await tagsAfter(['second'])).toBe('second,coming');
    const { documentId } = (await app.strapi.documents(TOPIC).findFirst({ filters: { slug: 'first' } }))!;
    await app.strapi.documents(TOPIC).delete({ documentId });
    expect(await tagsAfter(['third', 'second'])).toBe('third,coming,second');

    // An editor's own topic of that name is no longer a stranger.
    await app.strapi.documents(TOPIC).create({ data: { name: 'Coming', slug: 'coming' } as never });
    expect(await tagsAfter(['second', 'coming'])).toBe('second,coming');
  });
});
