import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';

import { locate } from '../../migrations/source/locate';
import type { Path } from '../../migrations/source/json';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { medigy } from '../../migrations/mappings/medigy';
import { readFile } from '../../migrations/source/read-file';
import { parsed, recordsOf } from '../support/mapping';

const SAMPLES: Record<string, string> = {
  'nested mappings': 'title: A\nlink:\n  href: x\n  original:\n    href: y\nhref: z\n',
  'lists at both levels of indentation': 'a:\n- x\n- y: 1\n  z: 2\nb:\n  - x\n  - y: 1\n    z: 2\n',
  'keys of every letter': 'summary: s\ndescription: rn\nnr: 1\nrn: 2\n\\n: 3\nsub:\n  source: x\n  rs: y\n',
  'keys in quotes': '"a b": 1\n\'c d\':\n  "e: f": 2\n',
  'keys with dots, blanks and hyphens': 'msvalidate.01: x\nog title: y\na-b:\n  c-d: z\n',
  'flow collections': 'a: {b: 1, c: [x, y, {d: 2}]}\nb: 3\n',
  'text over several lines': 'a: >-\n  b: no\n  c: no\nb: "d: no\n  e: no"\nc: |\n  d: no\n\nd: \'x\n\n  e: no\'\ne:\n  f: 1\n',
  comments: '# a: no\na: 1 # b: no\n# b: no\nb:\n  # c: no\n  c: 2\n',
  'blank lines': '\na: 1\n\n\nb:\n\n  c: 2\n',
  'empty values': 'a:\nb: ""\nc: []\nd: {}\ne:\n  f:\n',
};

/** Where the `yaml` package says that everything stands. */
const placesIn = (header: string): { path: Path; line: number; column: number }[] => {
  const counter = new LineCounter();
  const places: { path: Path; line: number; column: number }[] = [];
  const add = (path: Path, node: unknown) => {
    const { line, col } = counter.linePos((node as Node).range![0]);
    places.push({ path, line, column: col });
  };
  const visit = (node: unknown, path: Path): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const below = [...path, isScalar(key) ? String(key.value) : ''];
        add(below, key);
        visit(value, below);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        add([...path, index], item);
        visit(item, [...path, index]);
      });
    }
  };
  visit(parseDocument(header, { lineCounter: counter, schema: 'failsafe' }).contents, []);
  return places;
};

describe.each(Object.entries(SAMPLES))('%s', (_, header) => {
  it.each([
    ['as they are', '', '\n'],
    ['with a byte order mark', '\uFEFF', '\n'],
    ['with Windows line ends', '', '\r\n'],
    ['with both', '\uFEFF', '\r\n'],
  ])('stand where a second parser sees them, %s', (__, mark, end) => {
    const file = parsed('a.md', `${mark}---\n${header}---\n`.replaceAll('\n', end));
    for (const { path, line, column } of placesIn(header)) {
      expect({ path, ...locate(file, path) }).toMatchObject({ path, line: line + 1, column });
    }
  });
});

it.each<[string, Path, string]>([
  ['below a text that goes on in column 0', ['b'], '4:1'],
  ['that looks like one on such a line', ['b'], '4:1'],
  ['that is missing', ['c'], '2:1'],
  ['that is missing in what is there', ['b', 'c'], '4:1'],
])('finds a key %s', (_, path, expected) => {
  const file = parsed('a.md', '---\na: "one\nb: two"\nb: 1\n---\n');
  const { line, column } = locate(file, path);
  expect(`${line}:${column}`).toBe(expected);
});

describe('a file of nothing but mistakes', () => {
  const many = 9_900;
  const problemsOf = (front: string) => recordsOf({ 'a.md': `---\nid: 1\ntitle: A\n${front}---\n` }, medigy).problems;

  it('is told with the first of each kind, and how many more there are', () => {
    const problems = problemsOf(`categories:\n${'- 1\n'.repeat(many)}`);
    expect(problems).toHaveLength(500);
    expect(problems[0]).toMatchObject({ line: 5, column: 3, rule: 'content/type-mismatch', source: '- 1' });
    expect(problems.at(-1)).toMatchObject({ line: 504, message: `${many - 499} more of this kind from here on.` });
  });

  it('is told without a line that is too long to read', () => {
    const problems = problemsOf(`categories: [${'1, '.repeat(many)}]\n`);
    expect(problems).toHaveLength(500);
    expect(problems.at(-1)).toMatchObject({ line: 4, column: 1511, message: `${many - 499} more of this kind from here on.` });
    expect(problems.at(-1)).not.toHaveProperty('source');
  });

  it('may hold as many blanks or blank lines as fit', () => {
    const blanks = DEFAULT_LIMITS.frontMatterBytes - 200;
    for (const [front, line] of [
      [`x: a${' '.repeat(blanks)}b\ndate: x\n`, 5],
      [`${'\n'.repeat(blanks)}date: x\n`, blanks + 4],
    ] as const) {
      expect(problemsOf(front)).toMatchObject([{ rule: 'content/date-invalid', line, column: 1 }]);
    }
  });

  it.each([
    ['blank lines', '\n'],
    ['comments', '# a\n'],
    ['carriage returns', '\r'],
    ['comments and blank lines', '#\n\n\n'],
  ])('may be one of nothing but %s', (_, text) => {
    const header = text.repeat(Math.floor((DEFAULT_LIMITS.frontMatterBytes - 100) / text.length));
    expect(readFile('a.md', Buffer.from(`---\n${header}\n---\nText.\n`), DEFAULT_LIMITS)).toMatchObject({ data: {} });
    expect(readFile('a.md', Buffer.from(`---\n${header}\na: 1\n---\nText.\n`), DEFAULT_LIMITS)).toMatchObject({ data: { a: 1 } });
  });
});

describe('in the other languages', () => {
  const TOML = '+++\ntitle = "A"\n[link]\nhref = "x"\n[[rows]]\na.b = [1,\n  { c = 2 }]\n+++\n';
  const JSON_TEXT = '{"title": "A", "link": {"href": "x"},\n  "rows": [{"a":\n    {"b": [1, {"c": 2}]}}]}\n';

  it.each<[string, string, Path, string]>([
    ['a key', TOML, ['title'], '2:1'],
    ['a key of a table', TOML, ['link', 'href'], '4:1'],
    ['a key that is missing in a table', TOML, ['link', 'original'], '3:1'],
    ['a table of a list', TOML, ['rows', 0], '5:1'],
    ['a table that is missing in a list', TOML, ['rows', 3, 'a'], '5:1'],
    ['the first part of a key', TOML, ['rows', 0, 'a'], '6:1'],
    ['an item', TOML, ['rows', 0, 'a', 'b', 0], '6:8'],
    ['a key in braces', TOML, ['rows', 0, 'a', 'b', 1, 'c'], '7:5'],
    ['a key', JSON_TEXT, ['title'], '1:2'],
    ['a deeper key', JSON_TEXT, ['link', 'href'], '1:25'],
    ['a deeper key that is missing', JSON_TEXT, ['link', 'original'], '1:16'],
    ['an item', JSON_TEXT, ['rows', 0], '2:12'],
    ['a key below items', JSON_TEXT, ['rows', 0, 'a', 'b', 1, 'c'], '3:16'],
  ])('finds %s', (_, text, path, expected) => {
    for (const [style, each] of [
      ['as it is', text],
      ['CRLF and BOM', `\uFEFF${text.replace(/\n/g, '\r\n')}`],
    ] as const) {
      const { line, column } = locate(parsed('a.md', each), path);
      expect([style, `${line}:${column}`]).toEqual([style, expected]);
    }
  });
});
