import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { undoArchive } from '../../migrations/undo-archive';
import { readArchive, writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { ROOT } from '../support/paths';
import { changedLines, story, topicFile } from '../support/story';

const STORY = 'plugin::curation.curated-content';
const TOPIC = 'plugin::curation.topic';
const OFFERING = 'plugin::curation.offering';

const content = path.join(ROOT, 'playground', 'content');
const assets = path.join(ROOT, 'playground', 'assets');
const known = 'stories/cc2cc58e-6cb9-5923-9ebe-f44977ac02c7.md';

let app: ArchiveApp;
let before: Record<string, string>;
let folder: string;

beforeAll(async () => {
  app = await startArchiveApp();
  await app.importFrom(content, { assets });
  before = await readArchive(content);
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_test_export-'));
});

afterAll(async () => {
  await app.stop();
  await fs.rm(folder, { recursive: true, force: true });
});

const exported = async (options = {}) => {
  await app.exportTo(folder, options);
  return readArchive(folder);
};

const storyOf = async (workPackageId = 4711) =>
  (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId }, populate: ['topics', 'relatedOfferings'] })) as unknown as {
    documentId: string;
    topics: { documentId: string }[];
    relatedOfferings: { documentId: string; documentIds: string }[];
    [attribute: string]: unknown;
  };

/** What an editor does: changes a value, saves, publishes. Undone after the test. */
const edited = async (data: Record<string, unknown>, look: (texts: Record<string, string>) => void | Promise<void>) => {
  const story = await storyOf();
  const { documentId } = story;
  const old = Object.fromEntries(
    Object.keys(data).map((key) => [
      key,
      Array.isArray(story[key]) && key !== 'aliases' && key !== 'authors'
        ? (story[key] as { documentId: string }[]).map((each) => each.documentId)
        : story[key],
    ]),
  );
  await app.strapi.documents(STORY).update({ documentId, data: data as never, status: 'published' });
  try {
    await look(await exported());
  } finally {
    await app.strapi.documents(STORY).update({ documentId, data: old as never, status: 'published' });
  }
};

const otherFiles = (texts: Record<string, string>) => Object.fromEntries(Object.entries(texts).filter(([name]) => name !== known));

it('gives back every file, byte for byte', async () => {
  const { counts } = await app.exportTo(folder);
  expect(counts).toMatchObject({ files: 141, created: 141, updated: 0, unchanged: 0, skipped: 0 });
  expect(await readArchive(folder)).toEqual(before);
});

it('writes no file again that is as it was', async () => {
  const { mtimeMs } = await fs.stat(path.join(folder, known));
  expect((await app.exportTo(folder)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 141 });
  expect((await fs.stat(path.join(folder, known))).mtimeMs).toBe(mtimeMs);
});

describe('after an edit in Strapi the file differs in that field alone', () => {
  it.each<[string, Record<string, unknown>, RegExp[]]>([
    ['a word', { via: 'The night desk' }, [/^- via: /, /^\+ via: The night desk$/]],
    ['a date', { date: '2024-02-29' }, [/^- date: /, /^\+ date: '2024-02-29'$/]],
    ['text that YAML has to quote', { via: 'yes: #1' }, [/^- via: /, /^\+ via: 'yes: #1'$/]],
    [
      'one value in three places',
      { link: 'https://clinicalwire.example/x' },
      [/^- .*clinicalwire/, /^\+ href: 'https:\/\/clinicalwire.example\/x'$/, /^\+ cleanUrl: 'https:\/\/clinicalwire.example\/x'$/],
    ],
    ['a list of one, which stays a single value', { aliases: ['/news/night'] }, [/^- aliases: /, /^\+ aliases: \/news\/night$/]],
    ['a list of two', { aliases: ['/news/a', '/news/b'] }, [/^- aliases: /, /^\+ aliases:$/, /^\+ - \/news\/a$/, /^\+ - \/news\/b$/]],
    ['a value that was blank', { institution: 'Harrow' }, [/^- institution: null$/, /^\+ institution: Harrow$/]],
  ])('%s', async (_, data, expected) => {
    await edited(data, (texts) => {
      expect(otherFiles(texts)).toEqual(otherFiles(before));
      const lines = changedLines(before[known]!, texts[known]!);
      for (const line of lines) expect(expected.some((pattern) => pattern.test(line)) ? 'expected' : line).toBe('expected');
      for (const pattern of expected) expect(lines.some((line) => pattern.test(line)) ? 'there' : String(pattern)).toBe('there');
    });
  });

  it('the title, and the breadcrumb that is made of it', async () => {
    await edited({ title: 'Night shift' }, (texts) => {
      expect(changedLines(before[known]!, texts[known]!)).toEqual([
        expect.stringMatching(/^- - Hospital-at-home/),
        expect.stringMatching(/^- title: Hospital-at-home/),
        '+ - Night shift',
        '+ title: Night shift',
      ]);
    });
  });

  it('the text below the front matter', async () => {
    await edited({ body: '<p>New.</p>\n' }, (texts) => {
      const [, head] = /^(---\n.*?\n---\n)/s.exec(before[known]!)!;
      expect(texts[known]).toBe(`${head}<p>New.</p>\n`);
    });
  });

  it('the order of offerings, each with all it says', async () => {
    const { relatedOfferings } = await storyOf();
    await edited({ relatedOfferings: relatedOfferings.map(({ documentId }) => documentId).reverse() }, (texts) => {
      const items = (text: string) =>
        text.slice(text.indexOf('relatedOfferings:'), text.indexOf('twitterMetaData:')).split('  - label: ').slice(1);
      expect(items(texts[known]!)).toEqual(items(before[known]!).reverse());
    });
  });

  it('one topic less, in every list that follows from it', async () => {
    const { topics } = await storyOf();
    await edited({ topics: [topics[1]!.documentId] }, (texts) => {
      const lines = changedLines(before[known]!, texts[known]!);
      expect(lines.length).toBeGreaterThanOrEqual(4);
      expect(lines.every((line) => line.startsWith('- - '))).toBe(true);
    });
  });
});

it('leaves out what is saved and not published, unless asked', async () => {
  const { documentId, via } = await storyOf();
  await app.strapi.documents(STORY).update({ documentId, data: { via: 'Draft' } as never });
  expect((await exported())[known]).toBe(before[known]);
  expect((await exported({ drafts: true }))[known]).toContain('via: Draft');
  await app.strapi.documents(STORY).update({ documentId, data: { via } as never, status: 'published' });
});

it('adds nothing to a file that follows from topics which it merely names', async () => {
  const bare = {
    'one.md': story({ id: 90_001, title: 'Bare one', categories: 'Bare: One' }),
    'two.md': story({ id: 90_002, title: 'Bare two', categories: ['Bare: Two', 'Bare: One'] }),
    // What cannot be read is told at the import, and stays.
    'odd.md': story({
      id: 90_003,
      title: 'Bare three',
      categories: [5, 'Bare: One', null, { name: 'Bare: Map' }, 'Bare: Two'],
      categoryUrl: ['topic/five', 'topic/bare-one', 'topic/none', 'topic/map', 'topic/bare-two'],
    }),
    'offerings.md': story({
      id: 90_004,
      title: 'Bare four',
      relatedOfferings: [
        'in words',
        { offeringId: 90_005, label: 'Bare offering', permalink: '/offering/bare', categories: [7, 'Bare: One'] },
        null,
      ],
    }),
  };
  const { run } = await app.importFrom(await writeArchive(bare));
  const { documentId } = (await app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Bare: One' } }))!;
  await app.strapi.documents(TOPIC).update({ documentId, data: { name: 'Bare: Once' } as never });
  const target = await writeArchive({});
  await app.exportTo(target);
  const texts = await readArchive(target);
  expect(changedLines(bare['one.md'], texts['one.md']!)).toEqual(["- categories: 'Bare: One'", "+ categories: 'Bare: Once'"]);
  expect(changedLines(bare['two.md'], texts['two.md']!)).toEqual(["- - 'Bare: One'", "+ - 'Bare: Once'"]);
  expect(changedLines(bare['odd.md'], texts['odd.md']!)).toEqual(["- - 'Bare: One'", "+ - 'Bare: Once'"]);
  const topics = texts['offerings.md']!.slice(texts['offerings.md']!.indexOf('relatedOfferings:')).split('\n').slice(1, -3);
  expect(topics.map((line) => line.trim())).toEqual(expect.arrayContaining(['- in words', '- 7', "- 'Bare: Once'", '- null']));
  await app.strapi.documents(TOPIC).update({ documentId, data: { name: 'Bare: One' } as never });
  await undoArchive(app.host, Number(run));
});

it('leaves out a file that something stands in the way of, and writes the others', async () => {
  const { run } = await app.importFrom(await writeArchive({ 'deep/er/x.md': story({ id: 91_001, title: 'Deep' }) }));
  const target = await writeArchive({});
  const outside = await writeArchive({});
  await fs.symlink(outside, path.join(target, 'deep'));
  await fs.mkdir(path.join(target, known), { recursive: true });
  await fs.symlink(outside, path.join(target, 'offerings'));
  const { counts, problems } = await app.exportTo(target);
  const blocked = ['deep/er/x.md', ...Object.keys(before).filter((file) => file === known || file.startsWith('offerings/'))];
  expect(problems.map(({ rule, file }) => [rule, file])).toEqual(blocked.map((file) => ['file/unwritable', file]));
  expect(blocked.length).toBeGreaterThan(1);
  expect(await fs.readdir(outside)).toEqual([]);
  await undoArchive(app.host, Number(run));
  expect(counts.files).toBe(Object.keys(await readArchive(target)).length);
  await expect(app.exportTo(path.join(content, known))).rejects.toThrow('is a file; a folder is expected');
});

it('carries a renamed offering into every file that names it', async () => {
  const offering = await app.strapi.documents(OFFERING).findFirst({ filters: { offeringId: 5108 } });
  const { documentId, name } = offering as unknown as { documentId: string; name: string };
  await app.strapi.documents(OFFERING).update({ documentId, data: { name: 'Renamed' } as never });
  const texts = await exported();
  const changed = Object.keys(texts).filter((file) => texts[file] !== before[file]);
  expect(changed).toEqual(Object.keys(before).filter((file) => new RegExp(`(label|name): '?${name}`).test(before[file]!)));
  expect(changed.length).toBeGreaterThan(1);
  for (const file of changed) {
    expect(changedLines(before[file]!, texts[file]!).map((line) => line.replace(/^([+-]).*(label|name): /, '$1 '))).toEqual([
      `- ${name}`,
      '+ Renamed',
    ]);
  }
  await app.strapi.documents(OFFERING).update({ documentId, data: { name } as never });
});

it('writes a story that was made in Strapi, so that an import knows it again', async () => {
  const topic = await app.strapi.documents(TOPIC).findFirst({});
  const made = await app.strapi.documents(STORY).create({
    data: { title: 'Made here', link: 'https://www.clinicalwire.example/made', topics: [topic!.documentId], body: '<p>Text</p>\n' },
    status: 'published',
  });
  const texts = await exported();
  const [file] = Object.keys(texts).filter((name) => !(name in before));
  expect(file).toBe('clinicalwire-made-here.md');
  expect(texts[file!]).toContain('title: Made here');
  expect(texts[file!]).toContain(`- '${topic!.name}'`);
  expect(texts[file!]).not.toMatch(/&ref|\*ref/);
  expect(texts[file!]).toMatch(/---\n<p>Text<\/p>\n$/);

  const { counts, problems } = await app.importFrom(folder, { assets });
  expect(problems).toEqual([]);
  expect(counts).toMatchObject({ files: 142, created: 0, updated: 0, unchanged: 142, refused: 0 });
  await fs.writeFile(path.join(folder, file!), texts[file!]!.replace('title: Made here', 'title: Made there'));
  expect((await app.importFrom(folder, { assets })).counts).toMatchObject({ created: 0, updated: 1, refused: 0 });
  expect(await app.strapi.documents(STORY).findOne({ documentId: made.documentId, status: 'published' })).toMatchObject({
    title: 'Made there',
  });

  await app.strapi.documents(STORY).delete({ documentId: made.documentId });
  await fs.rm(path.join(folder, file!));
});

it('settles a conflict with what an editor made of a topic before it had a file of its own', async () => {
  const named = { 'named.md': story({ id: 9_301, title: 'Names a topic', categories: ['Told later'] }) };
  await app.importFrom(await writeArchive(named));
  const topic = (await app.strapi.documents(TOPIC).findFirst({ filters: { name: 'Told later' } as never }))!;
  await app.strapi.documents(TOPIC).update({ documentId: topic.documentId, data: { description: 'Told here' } as never });
  const target = await writeArchive({ ...named, 'topics/told.md': topicFile('Told later', { description: 'Told there' }) });
  const only = '{named,topics/told}.md';
  expect((await app.importFrom(target, { only })).counts.conflicts).toBe(1);
  await app.exportTo(target);
  expect((await readArchive(target))['topics/told.md']).toContain('description: Told here\n');
  expect((await app.importFrom(target, { only })).counts).toMatchObject({ conflicts: 0, updated: 0 });
});

it('writes pictures where they are missing', async () => {
  const target = await writeArchive({});
  await app.exportTo(folder, { assets: target });
  const name = known.slice('stories/'.length).replace('.md', '-featuredImage.jpeg');
  expect((await fs.readFile(path.join(target, name))).byteLength).toBeGreaterThan(1000);
});

it('gives back files and pictures under the names that they had, however odd', async () => {
  const png = await fs.readFile(path.join(assets, 'logos', (await fs.readdir(path.join(assets, 'logos')))[0]!));
  const names = ['what?.md', 'a:b.md', `${'long'.repeat(62)}.md`];
  const pictures = { 'a b.png': 'a%20b.png', 'chart #3.png': 'chart #3.png', '100%25.png': '100%25.png' };
  const files = Object.fromEntries(
    names.map((name, index) => [
      name,
      story({ id: 92_000 + index, title: `Odd ${index}`, featuredImage: { href: Object.values(pictures)[index]! } }),
    ]),
  );
  const given = Object.fromEntries(Object.keys(pictures).map((name) => [name, Buffer.concat([png, Buffer.from(name)])]));
  await app.importFrom(await writeArchive(files), { assets: await writeArchive(given) });
  const target = await writeArchive({});
  const pictureTarget = await writeArchive({});
  await app.exportTo(target, { assets: pictureTarget });
  expect(await readArchive(target)).toMatchObject(files);
  expect(await fs.readdir(pictureTarget)).toEqual(expect.arrayContaining(Object.keys(pictures)));
});

it('gives back files that were written by hand, whatever their style', async () => {
  const files = {
    'crlf.md': story({ id: 1, title: 'Crlf', via: 'x' }).replace(/\n/g, '\r\n'),
    'bom.md': `\uFEFF${story({ id: 2, title: 'Bom', via: 'x' })}`,
    'hand.md':
      '---  \n# by hand\ntitle: "By hand"   # a comment\nid: 3\nlink: {href: "https://a.example/x", original: \'https://a.example/x\'}\nvia:   x\n\nauthor: [ Ann,  Ben ]\n---\t\nBody --- no end\n---\n',
    'bare.md': '---\ntitle: Bare\nid: 4\nvia: x\n---',
    'toml.md':
      '+++ \n# by hand\ntitle = "TOML"   # a comment\nid = 5\ndate = 2021-09-02\nvia = \'x\'\nauthor = [ "Ann",  "Ben", ]\n\n[link]\nhref = "https://a.example/toml"\n+++\t\nBody\n',
    'json.md': '{\n\t"title": "JSON",\n\t"id": 6,\n\t"via":   "x",\n\t"author": [ "Ann",  "Ben" ]\n}\n\nBody\n',
  };
  const source = await writeArchive(files);
  await app.importFrom(source);
  const target = await writeArchive({});
  await app.exportTo(target);
  expect(await readArchive(target)).toMatchObject(files);

  for (const id of [1, 2, 3, 4, 5, 6]) {
    const { documentId } = await storyOf(id);
    await app.strapi.documents(STORY).update({ documentId, data: { via: 'new' } as never, status: 'published' });
  }
  await app.exportTo(target);
  const after = await readArchive(target);
  expect(after['crlf.md']).toBe(files['crlf.md'].replace('via: x', 'via: new'));
  expect(after['bom.md']).toBe(files['bom.md'].replace('via: x', 'via: new'));
  expect(after['hand.md']).toBe(files['hand.md'].replace('via:   x', 'via:   new'));
  expect(after['bare.md']).toBe(files['bare.md'].replace('via: x', 'via: new'));
  expect(after['toml.md']).toBe(files['toml.md'].replace("via = 'x'", "via = 'new'"));
  expect(after['json.md']).toBe(files['json.md'].replace('"x"', '"new"'));
});

it('writes what an editor did into front matter of each language, and reads it as that again', async () => {
  const files = {
    'toml.md':
      '+++\ntitle = "TOML"\nid = 94001\ndate = 2021-09-02\ncategories = ["Wards: Night"] # one\nvia = "x"\nviaLink = "y"\n+++\nBody\n',
    'json.md': '{"title": "JSON", "id": 94002, "categories": ["Wards: Night"], "via": "x", "viaLink": "y", "date": "2021-09-02"}\nBody\n',
  };
  await app.importFrom(await writeArchive(files));
  const [topic] = await app.strapi.documents(TOPIC).findMany({ filters: { name: 'Wards: Night' } });
  const day = await app.strapi.documents(TOPIC).create({ data: { name: 'Wards: Day' } as never });
  for (const id of [94_001, 94_002]) {
    const { documentId } = await storyOf(id);
    const data = { date: '2022-01-31', via: null, sub: 'A "new" line', topics: [day.documentId, topic!.documentId], body: 'Changed\n' };
    await app.strapi.documents(STORY).update({ documentId, data: data as never, status: 'published' });
  }
  const target = await writeArchive({});
  await app.exportTo(target);
  const after = await readArchive(target);
  expect(after['toml.md']).toBe(
    '+++\ntitle = "TOML"\nid = 94001\ndate = 2022-01-31\ncategories = ["Wards: Day", "Wards: Night"] # one\nviaLink = "y"\nsub = "A \\"new\\" line"\n+++\nChanged\n',
  );
  expect(JSON.parse(after['json.md']!.slice(0, after['json.md']!.lastIndexOf('}') + 1))).toEqual({
    title: 'JSON',
    id: 94_002,
    categories: ['Wards: Day', 'Wards: Night'],
    via: null,
    viaLink: 'y',
    date: '2022-01-31',
    sub: 'A "new" line',
  });
  const back = await writeArchive({ 'toml.md': after['toml.md']!, 'json.md': after['json.md']! });
  expect(await app.importFrom(back)).toMatchObject({ counts: { files: 2, conflicts: 0, refused: 0 }, problems: [] });
  for (const id of [94_001, 94_002]) {
    const { documentId } = await storyOf(id);
    const [stored] = await app.strapi.documents(STORY).findMany({ filters: { documentId } as never, populate: ['topics'] as never });
    expect(stored).toMatchObject({ date: '2022-01-31', via: null, topics: [{ name: 'Wards: Day' }, { name: 'Wards: Night' }] });
  }
});

it('writes a text that ends with a line break, which a file cannot say of one line, and takes it for the same', async () => {
  const folder = await writeArchive({ 'break.md': story({ id: 95_001, title: 'Break' }) });
  await app.importFrom(folder);
  const { documentId } = await storyOf(95_001);
  await app.strapi.documents(STORY).update({ documentId, data: { sub: 'One\nTwo\n' } as never, status: 'published' });
  const target = await writeArchive({});
  await app.exportTo(target);
  const back = await writeArchive({ 'break.md': (await readArchive(target))['break.md']! });
  expect((await app.importFrom(back)).counts).toMatchObject({ files: 1, conflicts: 0, updated: 0 });
  expect((await app.importFrom(back)).run).toBeNull();
});

it('gives back the file of a story that was withdrawn because it was gone, as that of a draft', async () => {
  const gone = { 'gone.md': story({ id: 9_001, title: 'Gone', anything: 'kept' }, 'Words\n') };
  const stays = { 'stays.md': story({ id: 9_002, title: 'Stays' }) };
  await app.importFrom(await writeArchive({ ...gone, ...stays }));
  const target = await writeArchive(stays);
  await app.importFrom(target, { missing: 'unpublish', maxMissing: { share: 1 } });
  await app.exportTo(target, { drafts: true });
  expect((await readArchive(target))['gone.md']).toBe(story({ id: 9_001, title: 'Gone', anything: 'kept', draft: true }, 'Words\n'));
});
