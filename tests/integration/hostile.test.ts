import { TABLES } from '../../content-types/tables/uids';
import fs from 'node:fs/promises';
import path from 'node:path';

import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { undoArchive } from '../../migrations/undo-archive';
import { readArchive, writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { ROOT } from '../support/paths';
import { offeringFile, story } from '../support/story';
import { dumpTables } from '../support/tables';

const STORY = 'plugin::curation.curated-content';
const OFFERING = 'plugin::curation.offering';

let app: ArchiveApp;

beforeAll(async () => {
  app = await startArchiveApp();
});

afterAll(() => app.stop());

const page = (title: string, front = '', body = 'Text.\n'): string => `---\ntitle: ${title}\n${front}---\n${body}`;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
const LAUGHS = lines(
  9,
  (level) =>
    `l${level}: &l${level} [${Array(9)
      .fill(level === 0 ? 'ha' : `*l${level - 1}`)
      .join(', ')}]`,
);

type Row = Record<string, unknown>;

/** What real archives hold, and what has to be in the database afterwards. */
const TAKEN: Record<string, [content: string, row: Row]> = {
  'crlf.md': ['---\r\ntitle: CRLF\r\nsub: x\r\n---\r\nText.\r\n', { title: 'CRLF', sub: 'x', body: 'Text.\r\n' }],
  'bom.md': [`\uFEFF${page('BOM')}`, { title: 'BOM', body: 'Text.\n' }],
  'toml.md': [
    '+++\ntitle = "TOML"\ndate = 2017-05-09T23:00:03-04:00\n[link]\nhref = "https://a.example/toml"\n+++\nText.\n',
    { title: 'TOML', date: '2017-05-09', createdAt: '2017-05-10T03:00:03.000Z', link: 'https://a.example/toml', body: 'Text.\n' },
  ],
  'json.md': ['{\n  "title": "JSON",\n  "sub": "x"\n}\nText.\n', { title: 'JSON', sub: 'x', body: 'Text.\n' }],
  'blanks.md': ['---  \ntitle: Blanks\n--- \t\nText.', { title: 'Blanks', body: 'Text.' }],
  'rule.md': [page('Rule', '', 'One\n\n---\n\nTwo\n'), { body: 'One\n\n---\n\nTwo\n' }],
  'column-0.md': [page('Column', 'description: "one\ntwo"\n'), { description: 'one two' }],
  'offset.md': [page('Offset', 'date: 2017-05-09 3:00:03 -0400\n'), { date: '2017-05-09', createdAt: '2017-05-09T07:00:03.000Z' }],
  'short-offset.md': [page('Short', 'date: 2015-03-17 14:00:00 -4\n'), { date: '2015-03-17', createdAt: '2015-03-17T18:00:00.000Z' }],
  'day.md': [page('Day', 'date: 2021-09-02\n'), { date: '2021-09-02', publishedAt: '2021-09-02T00:00:00.000Z' }],
  'blank-date.md': [page('Blank date', "date: ''\nlastMod: ' '\n"), { date: null, publishedAt: expect.any(String) }],
  'zeros.md': [page('Zeros', 'id: 007628\nsub: 007\n'), { workPackageId: null, sub: '007', extra: { id: '007628' } }],
  'tokens.md': [
    page('Tokens', 'sub: 123e45\nsource: 4b898aad0783a623\nvia: on\n'),
    { sub: '123e45', source: '4b898aad0783a623', via: 'on' },
  ],
  'number.md': [page('2014', 'slug: 2014\ndescription: 11.\n'), { title: '2014', slug: '2014', description: '11.' }],
  'emoji.md': [page('😀 party 👩🏽‍⚕️', 'slug: 😀-party\n'), { title: '😀 party 👩🏽‍⚕️', slug: '😀-party' }],
  'long.md': [page('🫀'.repeat(127), 'slug: long\n'), { title: '🫀'.repeat(127) }],
  'nfc.md': [page('NFC', `slug: café\n`.normalize('NFC')), { slug: 'café'.normalize('NFC') }],
  'entities.md': [page('R&amp;D &ldquo;x&rdquo;'), { title: 'R&D “x”' }],
  'active.md': [
    page('Active', '', '<script>alert(1)</script>\n\nText <b onclick="x()">bold</b>\n<iframe src="https://evil.example/"></iframe>\n'),
    { body: expect.not.stringMatching(/script|onclick|evil/) as string },
  ],
  'separators.md': [
    page('Separators', 'via: "a\\u2028b\\uFEFFc"\n', 'a\u2028b\u0085c\uFFFD\n'),
    { via: 'a\u2028b\uFEFFc', body: 'a\u2028b\u0085c\uFFFD\n' },
  ],
  'keys.md': [
    page('Keys', 'constructor: x\nhasOwnProperty: y\n"a.b": {"": 1}\n'),
    { extra: { constructor: 'x', hasOwnProperty: 'y', 'a.b': { '': 1 } } },
  ],
  'sql.md': [
    page(`"Robert'); DROP TABLE x; -- $1 ? :id"`, 'via: "\\\\ \\" %_"\n'),
    { title: "Robert'); DROP TABLE x; -- $1 ? :id", via: '\\ " %_' },
  ],
  ...Object.fromEntries(
    ['../secret.png', '/etc/passwd', 'C:\\secret.png', 'file:///etc/passwd', 'link.png', 'loop.png', 'https://x.example/a.png'].map(
      (href, index) =>
        [`image-${index}.md`, [page(`Image ${index}`, `featuredImage: {href: '${href}'}\n`), { featuredImage: null }]] as const,
    ),
  ),
};

const REFUSED: Record<string, [content: string | Uint8Array, rule: string]> = {
  'duplicate.md': [page('One', 'title: Two\n'), 'front-matter/duplicate-key'],
  'none.md': ['# No front matter\n', 'front-matter/missing'],
  'unclosed.md': ['---\ntitle: A\n\nText.\n', 'front-matter/unclosed'],
  'bad-toml.md': ['+++\ntitle: "A"\n+++\n', 'front-matter/syntax'],
  'bad-json.md': ['{"title": "A", "title": "B"}\n', 'front-matter/duplicate-key'],
  'code.md': ['---js\n{ title: process.exit(9) }\n---\n', 'front-matter/language'],
  'no-day.md': [page('No day', 'date: 2021-13-45\n'), 'content/date-invalid'],
  'nul.md': ['---\ntitle: NUL\n---\na\0b', 'file/nul-byte'],
  'written-nul.md': [page('"A\\0B"'), 'front-matter/unsafe-text'],
  'surrogate.md': [page('Surrogate', 'via: "\\uD83D"\n'), 'front-matter/unsafe-text'],
  'surrogate-key.md': [page('Surrogate', '"\\uDC00": x\n'), 'front-matter/unsafe-text'],
  'latin.md': [Buffer.from('---\ntitle: caf\xe9\n---\n', 'latin1'), 'file/encoding'],
  'nfd.md': [page('NFD', `slug: café\n`.normalize('NFD')), 'content/slug-duplicate'],
  'zz-number.md': [page('Again', "slug: '2014'\n"), 'content/slug-duplicate'],
  'proto.md': [page('Proto', '__proto__: {polluted: true}\n'), 'front-matter/unsafe-key'],
  'laughs.md': [page('Laughs', LAUGHS), 'front-matter/too-many-aliases'],
  'keys-200000.md': [
    page(
      'Keys',
      lines(200_000, (index) => `k${index}: 1`),
    ),
    'front-matter/too-large',
  ],
  'big.md': [page('Big', '', 'x'.repeat(10 * 1024 * 1024)), 'file/too-large'],
  'deep.md': [page('Deep', `x: ${'['.repeat(5000)}\n`), 'front-matter/too-deep'],
  'long-value.md': [page('Long', `sub: ${'x'.repeat(256)}\n`), 'content/too-long'],
  'loop.md': [page('Loop', 'x: &x\n  y: *x\n'), 'front-matter/too-deep'],
};

describe('a folder of all that real archives hold', () => {
  let folder: string;
  let assets: string;
  const files = { ...TAKEN, ...REFUSED };
  const run = () => app.importFrom(folder, { assets });

  beforeAll(async () => {
    folder = await writeArchive(Object.fromEntries(Object.entries(files).map(([name, [content]]) => [name, content])));
    const outside = await writeArchive({ 'secret.md': page('Secret'), 'secret.png': Buffer.from('89504e470d0a1a0a', 'hex') });
    await fs.symlink(path.join(outside, 'secret.md'), path.join(folder, 'outside.md'));
    await fs.symlink('itself.md', path.join(folder, 'itself.md'));
    await fs.symlink('.', path.join(folder, 'again'));
    assets = await writeArchive({ 'a.txt': '' });
    await fs.symlink(path.join(outside, 'secret.png'), path.join(assets, 'link.png'));
    await fs.symlink('loop.png', path.join(assets, 'loop.png'));
  });

  it('is imported, but for what is refused with its rule', async () => {
    const { counts, problems } = await run();
    const refused = Object.fromEntries(problems.filter(({ severity }) => severity === 'error').map(({ file, rule }) => [file, rule]));
    expect(refused).toEqual({
      ...Object.fromEntries(Object.entries(REFUSED).map(([name, [, rule]]) => [name, rule])),
      'outside.md': 'file/outside-folder',
      'itself.md': 'file/unreadable',
    });
    expect(counts).toMatchObject({ created: Object.keys(TAKEN).length, refused: Object.keys(REFUSED).length + 2 });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(Object.entries(TAKEN))('%s is right in both of its rows', async (name, [, row]) => {
    const { table, columns } = app.host.tables(TABLES.record);
    const { document_id: documentId } = (await app.strapi.db.connection(table).where(columns.path!, name).first()) as {
      document_id: string;
    };
    const rows = await app.strapi.db.query(STORY).findMany({ where: { documentId }, populate: { featuredImage: true } });
    expect(rows).toHaveLength(2);
    const { createdAt: _, publishedAt, ...rest } = row;
    for (const found of rows) expect(found).toMatchObject(rest);
    expect(rows.map((found) => found.publishedAt as unknown)).toContainEqual(publishedAt ?? expect.any(String));
    if (row.createdAt) expect(rows[0]).toMatchObject({ createdAt: row.createdAt });
  });

  it('is in step the second time, and comes back byte for byte', async () => {
    const before = await dumpTables(app.strapi);
    expect(await run()).toMatchObject({ run: null, counts: { unchanged: Object.keys(TAKEN).length } });
    expect(await dumpTables(app.strapi)).toEqual(before);

    const into = await writeArchive({});
    await app.exportTo(into);
    const exported = await readArchive(into);
    expect(exported).toEqual(Object.fromEntries(Object.entries(TAKEN).map(([name, [content]]) => [name, content])));
    expect(await fs.readdir(path.join(ROOT, 'playground', 'public', 'uploads')).catch(() => [])).not.toContain('secret.png');
  });
});

describe('values that no column holds, of what a file merely names or what follows from it', () => {
  const long = 'far-'.repeat(75);
  const files = {
    'topic.md': story({ id: 95_001, title: 'Topic', categories: [long] }),
    'offering-number.md': story({
      id: 95_002,
      title: 'Number',
      relatedOfferings: [
        { label: 'Counted', permalink: '/offering/counted', offeringId: 3_000_000_000 },
        { label: 'Known', permalink: '/offering/known', offeringId: 95 },
      ],
    }),
    'permalink.md': story({ id: 95_003, title: 'Permalink', relatedOfferings: [{ label: 'Far', permalink: `/offering/${long}` }] }),
    'offering.md': offeringFile('Farther', { permalink: `/offering/farther-${long}` }),
    'host.md': story({ id: 95_004, title: 'Host', link: { href: `https://${'sub.'.repeat(75)}example/x` } }),
    'fine.md': story({ id: 95_005, title: 'Fine' }),
  };

  it('stop nothing but their file, or are left out, and are told with their place', async () => {
    const { counts, problems } = await app.importFrom(await writeArchive(files));
    expect(problems.map(({ file, line, rule, message }) => [file, line, rule, message])).toEqual([
      [
        'offering-number.md',
        6,
        'content/type-mismatch',
        "relatedOfferings.0: The offering's offeringId does not fit. A whole number up to 2147483647 is expected here.",
      ],
      ['topic.md', 6, 'content/too-long', "categories.0: The topic's name does not fit. The text has 300 characters; 255 can be stored."],
    ]);
    expect(counts).toMatchObject({ files: 6, refused: 1, created: 7 });
  });

  it('are cut where they are slugs', async () => {
    const offerings = await app.strapi.db.query(OFFERING).findMany({ where: { permalink: { $contains: 'far-' } }, orderBy: 'name' });
    expect(offerings.map(({ name, slug }) => [name, slug])).toEqual([
      ['Far', long.slice(0, 255)],
      ['Farther', `farther-${long}`.slice(0, 255)],
    ]);
  });

  it('leave the rest of their stories as it is', async () => {
    const found = await app.strapi.documents(STORY).findMany({
      filters: { workPackageId: { $gt: 95_000 } } as never,
      sort: 'workPackageId',
      populate: ['relatedOfferings'],
    });
    expect(found).toMatchObject([
      { title: 'Number', relatedOfferings: [{ name: 'Known' }] },
      { title: 'Permalink', relatedOfferings: [{ name: 'Far' }] },
      { title: 'Host', brand: null },
      { title: 'Fine' },
    ]);
  });
});

it('many long stories at once are imported and updated, though MariaDB takes no statement of more than 16 MB', async () => {
  const paragraph = '<p>She said: "It\'s the night shift."</p>\n';
  const stories = (title: string) =>
    Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `${index}.md`,
        story({ id: 96_000 + index, title: `${title} ${index}` }, paragraph.repeat(500)),
      ]),
    );
  expect((await app.importFrom(await writeArchive(stories('First')))).counts).toMatchObject({ created: 200 });
  expect((await app.importFrom(await writeArchive(stories('Second')))).counts).toMatchObject({ updated: 200 });
});

it('what is nested as deeply as it may be is imported, updated and taken back, though MariaDB takes no JSON of more than 32 levels', async () => {
  const deep = (title: string) =>
    page(title, `slug: deep\nx: ${'['.repeat(DEFAULT_LIMITS.depth - 1)}1${']'.repeat(DEFAULT_LIMITS.depth - 1)}\n`);
  expect((await app.importFrom(await writeArchive({ 'deeper.md': deep('Deep') }))).counts).toMatchObject({ created: 1, refused: 0 });
  const { run } = await app.importFrom(await writeArchive({ 'deeper.md': deep('Deeper') }));
  expect(await undoArchive(app.host, run!)).toMatchObject({ counts: { updated: 1 }, problems: [] });
  expect(await app.strapi.documents(STORY).findFirst({ filters: { slug: 'deep' } })).toMatchObject({ title: 'Deep' });
});
