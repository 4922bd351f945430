import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';

import { SCHEMAS } from '../../content-types';
import { medigy } from '../../migrations/mappings/medigy';
import { readArchive } from '../../migrations/read-archive';
import { Assets } from '../../migrations/source/assets';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { readFile } from '../../migrations/source/read-file';
import { writeArchive } from '../support/archive';
import { story } from '../support/story';
import { allOf, toRecords, type WantedRecords } from '../support/mapping';

type Content = string | Uint8Array;

const bytesOf = (content: Content): Uint8Array => (typeof content === 'string' ? Buffer.from(content) : content);

/** What becomes of files: their records, and every problem as `line:column rule`. */
const outcome = (...contents: Content[]): WantedRecords & { told: string[] } => {
  const read = contents.map((content, index) => readFile(`${index}.md`, bytesOf(content), DEFAULT_LIMITS));
  const wanted = allOf(
    toRecords(
      read.flatMap((each) => (Array.isArray(each) ? [] : [each])),
      medigy,
    ),
  );
  const problems = [...read.flatMap((each) => (Array.isArray(each) ? each : [])), ...wanted.problems];
  return { ...wanted, problems, told: problems.map(({ line, column, rule }) => `${line}:${column} ${rule}`) };
};

const page = (front: string, body = 'Text.\n'): string => `---\ntitle: A\n${front}---\n${body}`;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

const LAUGHS = lines(
  9,
  (level) =>
    `l${level}: &l${level} [${Array(9)
      .fill(level === 0 ? 'ha' : `*l${level - 1}`)
      .join(', ')}]`,
);

describe('a file that is read', () => {
  it.each<[string, Content, Record<string, unknown>]>([
    ['with Windows line ends', '---\r\ntitle: A\r\n---\r\nText.\r\n', { title: 'A', body: 'Text.\r\n' }],
    ['with a byte order mark', `\uFEFF${page('')}`, { title: 'A', body: 'Text.\n' }],
    ['with both', '\uFEFF---\r\ntitle: A\r\n---\r\nText.\r\n', { title: 'A', body: 'Text.\r\n' }],
    ['with blanks behind the hyphens', '---  \ntitle: A\n--- \t\nText.', { title: 'A', body: 'Text.' }],
    ['with empty lines before it', ` \n\n${page('')}`, { title: 'A', body: 'Text.\n' }],
    ['with empty lines behind a byte order mark, in TOML', '\uFEFF\r\n+++\r\ntitle = "A"\r\n+++\r\nText.', { title: 'A', body: 'Text.' }],
    ['with empty lines before it, in JSON', '\n{"title": "A"}\nText.', { title: 'A', body: 'Text.' }],
    ['with a rule in the body', page('', 'One\n\n---\n\nTwo\n'), { body: 'One\n\n---\n\nTwo\n' }],
    ['with four hyphens in the body', page('', '----\n'), { body: '----\n' }],
    ['with what looks like front matter in the body', page('', '---\ntitle: B\n---\n'), { title: 'A', body: '---\ntitle: B\n---\n' }],
    ['with front matter alone', '---\ntitle: A\n---', { title: 'A', body: null }],
    ['with a quoted text that goes on in column 0', page('description: "one\ntwo"\nslug: s\n'), { description: 'one two', slug: 's' }],
    ['with a day', page('date: 2021-09-02\n'), { date: '2021-09-02' }],
    ['with a quoted day', page("date: '2021-09-02'\n"), { date: '2021-09-02' }],
    ['with a month in words', page('date: Sept 2, 2021\n'), { date: '2021-09-02' }],
    ['with a month in words and nothing else', page('date: Sep 02 2021\n'), { date: '2021-09-02' }],
    ['with a day before its month', page('date: 2 September 2021\n'), { date: '2021-09-02' }],
    ['with a date of an e-mail', page('date: Thu, 02 Sep 2021 23:30:00 -0500\n'), { date: '2021-09-02' }],
    ['with a date as browsers write it', page('lastMod: Thu, 02 Sep 2021 23:30:00 GMT\n'), { lastModified: '2021-09-02T23:30:00.000Z' }],
    ['with a zone in letters', page('lastMod: 2013-03-11 16:24:00 UTC\n'), { lastModified: '2013-03-11T16:24:00.000Z' }],
    ['with a date as Hexo writes it', page('lastMod: 2013/7/3 20:46:25\n'), { lastModified: '2013-07-03T20:46:25.000Z' }],
    ['with a month and a day of one digit', page('date: 2020-2-3\n'), { date: '2020-02-03' }],
    ['with a time and an offset', page('date: 2017-05-09 3:00:03 -0400\n'), { date: '2017-05-09' }],
    ['with a short offset', page('date: 2015-03-17 23:00:00 -4\n'), { date: '2015-03-17' }],
    ['with an ISO time', page('date: 2014-05-14T11:02:00-04:00\n'), { date: '2014-05-14' }],
    ['with a time with microseconds', page("lastMod: '2021-09-02T08:25:59.577443Z'\n"), { lastModified: '2021-09-02T08:25:59.577Z' }],
    ['with leading zeros', page('sub: 007628\n'), { sub: '007628' }],
    [
      'with a token that looks like a number',
      page('sub: 123e45\nsource: 4b898aad0783a623\nvia: 1.10\n'),
      { sub: '123e45', source: '4b898aad0783a623', via: '1.10' },
    ],
    ['with a description that looks like a number', page('description: 11.\n'), { description: '11.' }],
    ['with words that YAML 1.1 takes for yes', page('sub: on\nvia: yes\n'), { sub: 'on', via: 'yes' }],
    ['with a number as its slug', page('slug: 2014\n'), { slug: '2014' }],
    ['with a number and a truth as its title', '---\ntitle: 2014\nsub: true\n---\n', { title: '2014', sub: 'true' }],
    ['with emoji', page('slug: 😀-party\n'), { slug: '😀-party' }],
    ['with a slug of composed letters', page('slug: café\n'.normalize('NFC')), { slug: 'café'.normalize('NFC') }],
    ['with a slug of combining characters', page('slug: café\n'.normalize('NFD')), { slug: 'café'.normalize('NFD') }],
    ['with a key of every object', page('constructor: x\ntoString: y\n'), { extra: { constructor: 'x', toString: 'y' } }],
    [
      'in TOML',
      `+++\ntitle = "A"\ndate = 2021-09-02T23:30:00-05:00\ndraft = false\nid = 7_628\nsub = 1.10\nvia = 99999999999999999999\nauthor = ["Ann", 'Bob']\n
[link]\nhref = "https://a.example/x"\n[params]\n"msvalidate.01" = "x"\nwhen = 07:32:00\n[[sources]]\nn = 1\n[[sources]]\nn = 2\n+++\nText.\n\n+++\n`,
      {
        title: 'A',
        date: '2021-09-02',
        workPackageId: 7628,
        sub: '1.10',
        via: '99999999999999999999',
        authors: ['Ann', 'Bob'],
        link: 'https://a.example/x',
        extra: { draft: false, params: { 'msvalidate.01': 'x', when: '07:32:00' }, sources: [{ n: 1 }, { n: 2 }] },
        body: 'Text.\n\n+++\n',
      },
    ],
    [
      'in TOML with Windows line ends, a byte order mark and texts of several lines',
      '\uFEFF+++ \r\n# why\r\ntitle = """\r\nA \\\r\n  B"""\r\nlink.href = \'x\'\r\n+++\t\r\nText.\r\n',
      { title: 'A B', link: 'x', body: 'Text.\r\n' },
    ],
    ['in TOML alone', '+++\ntitle = "A"\n+++', { title: 'A', body: null }],
    [
      'in JSON',
      '{\n  "title": "A {",\n  "id": 7628,\n  "sub": 1.10,\n  "link": { "href": "x}" },\n  "author": ["Ann"],\n  "via": null\n}\n\nText.\n}\n',
      { title: 'A {', workPackageId: 7628, sub: '1.10', link: 'x}', authors: ['Ann'], via: null, body: '\nText.\n}\n' },
    ],
    ['in JSON with its body beside it', '{"title": "A"} Text.\n', { title: 'A', body: ' Text.\n' }],
    ['in JSON on one line', '\uFEFF{"title": "A"} \t\r\nText.\r\n', { title: 'A', body: 'Text.\r\n' }],
    ['with merge keys', '---\nbase: &b {sub: x}\n<<: *b\ntitle: A\n---\n', { title: 'A', sub: 'x' }],
  ])('%s', (_, content, expected) => {
    const { told, records } = outcome(content);
    expect(told).toEqual([]);
    expect(records[0]!.values).toMatchObject(expected);
  });

  it('with HTML entities in its title, which is told', () => {
    const { told, records } = outcome('---\ntitle: R&amp;D &ldquo;x&rdquo;\n---\n');
    expect(told).toEqual(['2:1 content/html-entities']);
    expect(records[0]!.values.title).toBe('R&D “x”');
  });

  it.each([
    ['what is this? #1', 'what-is-this-1'],
    ['?', 'a'],
  ])('with a slug that no address can hold, which is told: %j', (given, slug) => {
    const { told, records } = outcome(page(`slug: '${given}'\n`));
    expect(told).toEqual(['3:1 content/slug-invalid']);
    expect(records[0]!.values).toMatchObject({ slug, extra: null });
    expect(new RegExp(SCHEMAS['curated-content'].attributes.slug!.regex!).test(slug)).toBe(true);
  });

  it('with an id that is no number: it stays text, and is told', () => {
    const { told, records } = outcome(page('id: 007628\n'));
    expect(told).toEqual(['3:1 content/type-mismatch']);
    expect(records[0]).toMatchObject({
      identities: ['workPackageId:007628', expect.stringMatching(/^path:/)],
      values: { workPackageId: null, extra: { id: '007628' } },
    });
  });

  it.each(["date: ''\n", "date: ' '\nlastMod: ''\n"])('with a blank date, which is none: %j', (front) => {
    const { told, records } = outcome(page(front));
    expect(told).toEqual([]);
    expect(records[0]!.values.date).toBeNull();
    expect(records[0]!.timestamps).toEqual({});
  });

  it('means the same moment in every time zone', () => {
    const before = process.env.TZ;
    const moments = ['UTC', 'Pacific/Kiritimati', 'America/New_York'].map((zone) => {
      process.env.TZ = zone;
      return outcome(page('date: 2017-05-09 3:00:03 -0400\n')).records[0]!.timestamps.createdAt;
    });
    process.env.TZ = before;
    expect(new Set(moments)).toEqual(new Set(['2017-05-09T07:00:03.000Z']));
  });
});

describe('a file that is refused', () => {
  it.each<[string, Content, string[]]>([
    ['with a duplicate key', page('slug: a\ntitle: B\n'), ['4:1 front-matter/duplicate-key']],
    ['with a nested duplicate key', page('link:\n  href: a\n  href: b\n'), ['5:3 front-matter/duplicate-key']],
    ['with two of them', page('a: 1\na: 2\nb: 1\nb: 2\n'), ['4:1 front-matter/duplicate-key', '6:1 front-matter/duplicate-key']],
    [
      'with a duplicate key, Windows line ends and a byte order mark',
      '\uFEFF---\r\na: 1\r\na: 2\r\n---\r\n',
      ['3:1 front-matter/duplicate-key'],
    ],
    ['with no front matter', '# Hello\n', ['1:1 front-matter/missing']],
    ['with four hyphens', '----\ntitle: A\n----\n', ['1:1 front-matter/missing']],
    ['that is empty', '', ['1:1 front-matter/missing']],
    ['with a byte order mark alone', '\uFEFF', ['1:1 front-matter/missing']],
    ['with front matter that is never closed', '---\ntitle: A\n\nText.\n', ['1:1 front-matter/unclosed']],
    ['with nothing but an opening', '---', ['1:1 front-matter/unclosed']],
    ['with empty front matter', '---\n---\n', ['2:1 content/title-missing']],
    ['in JSON that is never closed', '{\n  "title": "A }"\n', ['1:1 front-matter/unclosed']],
    ['in JSON without a comma', '{\n  "title": "A"\n  "slug": "a"\n}\n', ['3:3 front-matter/syntax']],
    ['in JSON with a comment', '{\n  // why\n  "title": "A"\n}\n', ['2:3 front-matter/syntax']],
    [
      'in JSON with two duplicate keys, Windows line ends and a byte order mark',
      '\uFEFF{\r\n"title": "A",\r\n"link": {"href": 1, "href": 2},\r\n  "title": 1\r\n}\r\n',
      ['3:21 front-matter/duplicate-key', '4:3 front-matter/duplicate-key'],
    ],
    ['in JSON with __proto__', '{"title": "A", "x": {"__proto__": {"polluted": true}}}\n', ['1:22 front-matter/unsafe-key']],
    ['in JSON with a lone surrogate', '{"title": "A",\n"x": "\\uD83D"}\n', ['2:1 front-matter/unsafe-text']],
    ['in JSON without end', `{"x": ${'['.repeat(100_000)}\n`, ['1:1 front-matter/unclosed']],
    ['in JSON nested without end', `{"x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`, ['1:1 front-matter/too-deep']],
    ['in JSON without quotes', '{title: "A"}\n', ['1:2 front-matter/syntax']],
    ['with a shortcode first', '{{< figure >}}\n', ['1:1 front-matter/missing']],
    ['with a Liquid tag first', '{% include a.html %}\n', ['1:1 front-matter/missing']],
    ['in TOML with a quoted key twice', '+++\n"a b" = 1\n"a b" = 2\n+++\n', ['3:1 front-matter/duplicate-key']],
    ['in TOML with three plus signs inside a text', '+++\ntitle = "A"\nx = """\n+++ y\n"""\n+++\n', ['4:1 front-matter/syntax']],
    [
      'in TOML with a text that is longer than its parser takes',
      `+++\ntitle = "A"\nx = "${'x'.repeat(70_000)}"\n+++\n`,
      ['1:1 front-matter/too-large'],
    ],
    ['in TOML that is never closed', '+++\ntitle = "A"\n', ['1:1 front-matter/unclosed']],
    ['in TOML with a word behind the opening', '+++toml\ntitle = "A"\n+++\n', ['1:4 front-matter/language']],
    ['with four plus signs', '++++\ntitle = "A"\n++++\n', ['1:1 front-matter/missing']],
    ['in TOML with YAML in it', '+++\ntitle: "A"\n+++\n', ['2:6 front-matter/syntax']],
    ['in TOML with a text that never closes', '+++\r\ntitle = "A"\r\nslug = "a\r\n+++\r\n', ['3:10 front-matter/syntax']],
    [
      'in TOML with a duplicate key',
      '\uFEFF+++\r\ntitle = "A"\r\n[link]\r\nhref = 1\r\nhref = 2\r\n+++\r\n',
      ['5:1 front-matter/duplicate-key'],
    ],
    ['in TOML with a table that stands twice', '+++\ntitle = "A"\n[link]\n[link]\n+++\n', ['4:2 front-matter/duplicate-key']],
    ['in TOML with a leading zero', '+++\ntitle = "A"\nid = 007\n+++\n', ['3:6 front-matter/syntax']],
    ['in TOML with a day that no calendar has', '+++\ntitle = "A"\ndate = 2021-13-45\n+++\n', ['3:17 front-matter/syntax']],
    ['in TOML with a wrong date as text', '+++\ntitle = "A"\n\ndate = "09/02/2021"\n+++\n', ['4:1 content/date-invalid']],
    ['in TOML with __proto__', '+++\ntitle = "A"\n[x]\n__proto__.polluted = true\n+++\n', ['4:1 front-matter/unsafe-key']],
    ['in TOML with a written NUL', '+++\ntitle = "A"\nx = [\n  "a",\n  "\\u0000" ]\n+++\n', ['5:3 front-matter/unsafe-text']],
    [
      'in TOML nested without end',
      `+++\ntitle = "A"\nx = ${'['.repeat(30_000)}${']'.repeat(30_000)}\n+++\n`,
      ['1:1 front-matter/too-deep'],
    ],
    ['in TOML with more keys than the limit', `+++\nx = [${'1,'.repeat(20_000)}]\n+++\n`, ['2:1 front-matter/too-many-keys']],
    ['in JavaScript', '---js\n{ title: process.exit(1) }\n---\n', ['1:4 front-matter/language']],
    ['in JavaScript in capitals', '---JS\n{ title: process.exit(1) }\n---\n', ['1:4 front-matter/language']],
    ['in JSON', '---json\n{ "title": "A" }\n---\n', ['1:4 front-matter/language']],
    ['with an unknown tag whose name is a word above', page('sub: set\nvia: !!set {a, b}\n'), ['4:6 front-matter/syntax']],
    ['with a tag of its own', page('sub: "!own x"\nvia: [a, !own {b: c}]\n'), ['4:10 front-matter/syntax']],
    ['with a tag that does not fit', page('id: !!int x\n'), ['3:5 front-matter/syntax']],
    ['with a tag written out', page('via: !<x:y> b\n'), ['3:6 front-matter/syntax']],
    ['with a merge of what is no mapping', page('<<: 5\nsub: x\n'), ['3:1 front-matter/syntax']],
    ['with a tag that makes a function', '---\ntitle: !!js/function "() => 1"\n---\n', ['2:8 front-matter/syntax']],
    ['with a day that no calendar has', page('date: 2021-13-45\n'), ['3:1 content/date-invalid']],
    ['with the 30th of February', page('date: 2021-02-30\n'), ['3:1 content/date-invalid']],
    ['with a day that is another one elsewhere', page('date: 09/02/2021\n'), ['3:1 content/date-invalid']],
    ['with a month that there is not', page('date: Foo 2, 2021\n'), ['3:1 content/date-invalid']],
    ['with a 31st of June', page('date: June 31, 2021\n'), ['3:1 content/date-invalid']],
    ['with a zone that there is not', page('date: 2021-09-02 10:00:00 +25:00\n'), ['3:1 content/date-invalid']],
    ['with minutes of a zone that there are not', page('date: 2021-09-02 10:00:00 +0160\n'), ['3:1 content/date-invalid']],
    ['with two signs in one day', page('date: 2021-09/02\n'), ['3:1 content/date-invalid']],
    ['with a year that no database takes', page('date: 9999-12-31T23:59:59-12:00\n'), ['3:1 content/date-invalid']],
    ['with a word before a date', page('date: about Sept 2, 2021\n'), ['3:1 content/date-invalid']],
    [
      'with a wrong date below a text that goes on in column 0',
      page('description: "one\ntwo: x"\ndate: x\n'),
      ['5:1 content/date-invalid'],
    ],
    ['with a NUL byte', '---\ntitle: A\n---\na\0b', ['4:2 file/nul-byte']],
    ['with a written NUL', '---\ntitle: "A\\0B"\n---\n', ['2:1 front-matter/unsafe-text']],
    ['with a lone surrogate', page('link:\n  href: "\\uD83D"\n'), ['4:3 front-matter/unsafe-text']],
    ['with the bytes of a lone surrogate', Buffer.from('---\ntitle: \xed\xa0\x80\n---\n', 'latin1'), ['1:1 file/encoding']],
    ['in Latin-1', Buffer.from('---\ntitle: caf\xe9\n---\n', 'latin1'), ['1:1 file/encoding']],
    ['in UTF-16', Buffer.from(`\uFEFF${page('')}`, 'utf16le'), ['1:1 file/encoding']],
    ['with __proto__', page('__proto__:\n  polluted: true\n'), ['3:1 front-matter/unsafe-key']],
    ['with __proto__ in quotes, deeper', page('x:\n  "__proto__": 1\n'), ['4:3 front-matter/unsafe-key']],
    ['with a title that is a mapping', '---\ntitle: {a: 1}\n---\n', ['2:1 content/type-mismatch', '2:1 content/title-missing']],
    ['with a list for front matter', '---\n- a\n---\n', ['2:1 front-matter/not-a-mapping']],
    ['with a tab', page('\tb: 1\n'), ['3:1 front-matter/syntax']],
    ['that ends in the middle', page('...\nb: 1\n'), ['3:1 front-matter/syntax']],
    ['with three hyphens inside a text', page('description: "one\n--- two"\n'), ['4:1 front-matter/syntax']],
    ['that refers to itself', page('x: &x\n  y: *x\n'), ['4:3 front-matter/too-deep']],
    ['with a billion laughs', page(LAUGHS), ['2:1 front-matter/too-many-aliases']],
    ['of 10 MB', page('', 'x'.repeat(10 * 1024 * 1024)), ['1:1 file/too-large']],
    ['with 200,000 keys', page(lines(200_000, (index) => `k${index}: 1`)), ['1:1 front-matter/too-large']],
    ['with more keys than the limit', page(lines(20_000, (index) => `k${index}: 1`)), ['2:1 front-matter/too-many-keys']],
    ['nested without end', page(`x: ${'['.repeat(100_000)}\n`), ['3:104 front-matter/too-deep']],
    ['nested without end, and closed', page(`x: ${'['.repeat(200_000)}${']'.repeat(200_000)}\n`), ['3:104 front-matter/too-deep']],
    ['nested without end, with a duplicate key', page(`title: B\nx: ${'['.repeat(100_000)}\n`), ['3:1 front-matter/duplicate-key']],
    [
      'nested without end by hyphens, with a duplicate key',
      page(`title: B\nx:\n  ${'- '.repeat(100_000)}\n`),
      ['3:1 front-matter/duplicate-key'],
    ],
  ])('%s', (_, content, expected) => {
    const started = performance.now();
    const { told, records } = outcome(content);
    expect({ told, records }).toEqual({ told: expected, records: [] });
    expect(performance.now() - started).toBeLessThan(3000);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['one slug', 'slug: s\n', 'slug: S\n'],
    ['one slug in two forms of Unicode', 'slug: café\n'.normalize('NFC'), 'slug: café\n'.normalize('NFD')],
    ['a slug that is a number', 'slug: 2014\n', "slug: '2014'\n"],
  ])('as the second with %s', (_, first, second) => {
    const { told, records, refused, problems } = outcome(page(first), page(second));
    expect({ told, refused, records: records.length }).toEqual({ told: ['3:1 content/slug-duplicate'], refused: 1, records: 1 });
    expect(problems[0]).toMatchObject({ file: '1.md', message: expect.stringContaining('0.md') as string });
  });

  it('tells everything that is wrong in one pass', () => {
    expect(outcome('---\nid: 007\ndate: x\n---\n').told.sort()).toEqual([
      '2:1 content/title-missing',
      '2:1 content/type-mismatch',
      '3:1 content/date-invalid',
    ]);
  });
});

describe('a picture', () => {
  const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
  const odd = Object.fromEntries(
    ['a b.png', '100%25.png', 'chart #3.png', 'é.png'.normalize('NFD')].map((name) => [`assets/${name}`, PNG]),
  );
  let folder: string;
  beforeAll(async () => {
    const files = { 'assets/a.png': PNG, 'assets/fake.png': '<html>', 'assets/large.png': PNG, ...odd, 'secret.png': PNG };
    const root = await writeArchive(files);
    folder = path.join(root, 'assets');
    await fs.symlink(path.join(root, 'secret.png'), path.join(folder, 'link.png'));
    await fs.symlink('loop.png', path.join(folder, 'loop.png'));
    execFileSync('mkfifo', [path.join(folder, 'pipe.png')]);
    await fs.truncate(path.join(folder, 'large.png'), 1_000_000_001);
  });

  it.each([
    ['a.png', 'image/png'],
    ['/a.png', 'image/png'],
    ['./a.png?v=1#x', 'image/png'],
    ['a%20b.png', 'image/png'],
    ['a b.png?v=1', 'image/png'],
    ['100%25.png', 'image/png'],
    ['chart #3.png', 'image/png'],
    ['é.png'.normalize('NFC'), 'image/png'],
    ['../secret.png', 'image/outside-assets'],
    ['/../secret.png', 'image/outside-assets'],
    ['%2e%2e/secret.png', 'image/outside-assets'],
    ['..\\secret.png', 'image/outside-assets'],
    ['C:\\secret.png', 'image/outside-assets'],
    ['\\\\server\\secret.png', 'image/outside-assets'],
    ['file:///etc/passwd', 'image/outside-assets'],
    ['data:image/png;base64,AAAA', 'image/outside-assets'],
    ['a.png\0', 'image/outside-assets'],
    ['link.png', 'image/outside-assets'],
    ['/etc/passwd', 'image/missing'],
    ['loop.png', 'image/missing'],
    ['pipe.png', 'image/missing'],
    ['large.png', 'image/unsupported'],
    ['.', 'image/outside-assets'],
    ['none.png', 'image/missing'],
    ['%zz.png', 'image/missing'],
    ['https://example.com/a.png', 'image/remote'],
    ['//example.com/a.png', 'image/remote'],
    ['fake.png', 'image/unsupported'],
  ])('called %j is %s', async (href, expected) => {
    const found = await new Assets(folder).find(href);
    expect('rule' in found ? found.rule : found.mime).toBe(expected);
  });
});

describe('a folder', () => {
  const read = async (prepare: (folder: string) => Promise<void>, limits = DEFAULT_LIMITS) => {
    const folder = await writeArchive({ 'in/a.md': page(''), 'out/secret.md': page('') });
    await fs.chmod(folder, 0o755);
    try {
      await prepare(folder);
      return await told(folder, limits);
    } finally {
      process.seteuid?.(process.getuid!());
    }
  };
  const told = async (folder: string, limits: typeof DEFAULT_LIMITS) => {
    const { problems, records, isInScope } = await readArchive(path.join(folder, 'in'), medigy, { limits });
    const files = [...records].map((record) => record.path);
    records.close();
    // What could not be looked at is not gone.
    const isLocked = problems.some(({ file }) => file === 'locked');
    const isWhole = !problems.some(({ rule }) => rule === 'file/too-many');
    expect([isInScope('a.md'), isInScope('gone.md'), isInScope('locked/a.md')]).toEqual([isWhole, isWhole, isWhole && !isLocked]);
    for (const { file, rule } of problems) {
      if (/unreadable|outside/.test(rule)) expect([isInScope(file), isInScope(`${file}/a.md`)]).toEqual([false, false]);
    }
    return { files, told: problems.map(({ file, rule }) => `${file} ${rule}`) };
  };
  const link = (target: string, name: string) => (folder: string) => fs.symlink(target, path.join(folder, 'in', name));

  it.each<[string, (folder: string) => Promise<void>, string[], string[]]>([
    ['with a link to a file inside', link('a.md', 'b.md'), ['a.md'], []],
    ['with a link that comes before its file', link('a.md', '1.md'), ['a.md'], []],
    [
      'with a link to a file that is not listed itself',
      async (folder) => {
        await fs.writeFile(path.join(folder, 'in', '.hidden.md'), page(''));
        await link('.hidden.md', 'b.md')(folder);
      },
      ['a.md', 'b.md'],
      [],
    ],
    ['with a link to a file outside', link('../out/secret.md', 'b.md'), ['a.md'], ['b.md file/outside-folder']],
    ['with a link to a folder outside', link('../out', 'b'), ['a.md'], ['b file/outside-folder']],
    ['with a link that loops', link('.', 'b'), ['a.md'], []],
    [
      'with folders that all link to each other',
      async (folder) => {
        const names = Array.from({ length: 15 }, (_, index) => `f${index}`);
        for (const name of names) {
          await fs.mkdir(path.join(folder, 'in', name));
          for (const other of names) if (other !== name) await link(`../${other}`, `${name}/${other}`)(folder);
        }
        await fs.writeFile(path.join(folder, 'in', 'f7', 'b.md'), page(''));
      },
      ['a.md', 'f7/b.md'],
      [],
    ],
    [
      'with links to a folder that is not listed itself',
      async (folder) => {
        await fs.mkdir(path.join(folder, 'in', '.drafts', 'old'), { recursive: true });
        await fs.writeFile(path.join(folder, 'in', '.drafts', 'old', 'b.md'), page(''));
        await link('.', '.drafts/again')(folder);
        await link('.drafts', 'drafts')(folder);
        await link('.drafts', 'more')(folder);
      },
      ['a.md', 'drafts/old/b.md'],
      [],
    ],
    ['with a link to itself', link('b.md', 'b.md'), ['a.md'], ['b.md file/unreadable']],
    ['with a link to nowhere', link('none.md', 'b.md'), ['a.md'], ['b.md file/unreadable']],
    ['with a folder that is called like a file', (folder) => fs.mkdir(path.join(folder, 'in', 'b.md')), ['a.md'], []],
    [
      'with a folder that may not be read',
      async (folder) => {
        await fs.mkdir(path.join(folder, 'in', 'locked'), { mode: 0o000 });
        // Nothing is locked for root.
        if (process.getuid?.() === 0) process.seteuid!(65534);
      },
      ['a.md'],
      ['locked file/unreadable'],
    ],
    [
      'with a title that is too long',
      (folder) => fs.writeFile(path.join(folder, 'in', 'b.md'), story({ title: 'long '.repeat(220) })),
      ['a.md'],
      ['b.md content/too-long'],
    ],
    [
      'with a file of 10 MB',
      (folder) => fs.writeFile(path.join(folder, 'in', 'b.md'), 'x'.repeat(10 * 1024 * 1024)),
      ['a.md'],
      ['b.md file/too-large'],
    ],
  ])('%s', async (_, prepare, files, told) => {
    expect(await read(prepare)).toEqual({ files, told });
  });

  it('with more files than the limit', async () => {
    const prepare = (folder: string) => fs.writeFile(path.join(folder, 'in', 'b.md'), page(''));
    expect(await read(prepare, { ...DEFAULT_LIMITS, files: 1 })).toEqual({ files: ['a.md'], told: ['b.md file/too-many'] });
  });
});
