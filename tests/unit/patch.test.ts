import { PATCHES } from '../../migrations/export/patch';
import type { Edit } from '../../migrations/export/patch/edit';
import type { JsonObject } from '../../migrations/source/json';
import { LANGUAGES } from '../../migrations/source/languages';
import type { LanguageName } from '../../migrations/source/languages/language';

const patchIn = (language: LanguageName, header: string, ...edits: Edit[]) =>
  PATCHES[language](header, LANGUAGES[language].parse(header) as JsonObject, edits);

const patch = (header: string, ...edits: Edit[]) => patchIn('yaml', header, ...edits);

describe('a changed value', () => {
  it.each<[string, string, Edit, string]>([
    ['stands where the old one stood', 'a: 1\nb: x\nc: 2\n', { path: ['b'], value: 'y z' }, 'a: 1\nb: y z\nc: 2\n'],
    ['leaves a comment and odd blanks', 'a:   x   # why\n\n# c\nb: 2\n', { path: ['a'], value: 'z' }, 'a:   z   # why\n\n# c\nb: 2\n'],
    ['may be the last, with a line end or without', 'a: x', { path: ['a'], value: 'z' }, 'a: z'],
    ['keeps Windows line ends', 'a: x\r\nb: 2\r\n', { path: ['a'], value: 'z' }, 'a: z\r\nb: 2\r\n'],
    ['is quoted where YAML asks for it', "a: 'x'\n", { path: ['a'], value: 'true' }, "a: 'true'\n"],
    ['is a number or text, as it is', 'a: 7\n', { path: ['a'], value: '007' }, "a: '007'\n"],
    ['may stand in braces', 'a: {b: "x", c: 1}\n', { path: ['a', 'b'], value: 'z' }, 'a: {b: z, c: 1}\n'],
    ['is quoted where braces would break it', 'a: {b: x}\nc: 1\n', { path: ['a', 'b'], value: 'y} z' }, "a: {b: 'y} z'}\nc: 1\n"],
    ['may stand deeper', 'a:\n  b:\n    c: x\n    d: 1\n', { path: ['a', 'b', 'c'], value: 'z' }, 'a:\n  b:\n    c: z\n    d: 1\n'],
    ['may go over several lines', 'a: >-\n  one\n  two\nb: 1\n', { path: ['a'], value: 'z' }, 'a: z\nb: 1\n'],
    ['may become a list', 'a: x\nb: 1\n', { path: ['a'], value: ['x', 'y'] }, "a:\n  - x\n  - 'y'\nb: 1\n"],
    ['may be empty before', 'a:\nb: 1\n', { path: ['a'], value: 'z' }, 'a: z\nb: 1\n'],
    ['that had no key comes last', 'a: 1\n', { path: ['b', 'c'], value: 'z' }, 'a: 1\nb:\n  c: z\n'],
    [
      'that the strict parser cannot place is right all the same',
      'a: "one\ntwo"\nb: x\n',
      { path: ['b'], value: 'z' },
      'a: "one\ntwo"\nb: z\n',
    ],
  ])('%s', (_, header, edit, expected) => {
    expect(patch(header, edit)).toBe(expected);
  });
});

it('keeps the keys of a mapping in their order, though a database gives them in another', () => {
  const header = 'meta:\n  z: 1\n  a: 2\n';
  expect(patch(header, { path: ['meta'], value: { a: 3, z: 1, new: 4 } })).toBe('meta:\n  z: 1\n  a: 3\n  new: 4\n');
});

const TOML = `# A note
title = "One" # as the author wrote it
date = 2021-09-02
tags = [
  "a", # first
  'b',
]

[params]
  image = "a.png"

[[links]]
href = "x"

[[links]]
href = "y"
`;

describe('a changed value in TOML', () => {
  it.each<[string, Edit, string, string]>([
    ['stands where the old one stood', { path: ['title'], value: 'It\'s "two"\n' }, '"One"', '"It\'s \\"two\\"\\n"'],
    ['is a date where a date stood', { path: ['date'], value: '2022-01-31' }, '2021-09-02', '2022-01-31'],
    ['is a date and a time where a date stood', { path: ['date'], value: '2022-01-31T10:00:00Z' }, '2021-09-02', '2022-01-31T10:00:00Z'],
    ['is a text where no date can be', { path: ['date'], value: 'soon' }, '2021-09-02', '"soon"'],
    ['is a text where it looks like a date', { path: ['title'], value: '2022-01-31' }, '"One"', '"2022-01-31"'],
    ['may stand deeper', { path: ['params', 'image'], value: 'b.png' }, 'a.png', 'b.png'],
    ['may stand in a list of tables', { path: ['links', 1, 'href'], value: 'z' }, '"y"', '"z"'],
    ['may be one of a list', { path: ['tags'], value: ['a', 'c'] }, "'b'", "'c'"],
    ['that had no key comes before the first table', { path: ['slug'], value: 'one' }, ']\n\n[params]', ']\nslug = "one"\n\n[params]'],
    ['may be none, for which there is no word', { path: ['date'], value: null }, 'date = 2021-09-02\n', ''],
    [
      'may hold none',
      { path: ['params'], value: { image: 'a.png', size: null, alt: ['x', null] } },
      'a.png"\n',
      'a.png"\n  alt = [ "x", ]\n',
    ],
  ])('%s', (_, edit, before, after) => {
    expect(TOML).toContain(before);
    const inLines = (text: string) => text.replace(/\n/g, '\r\n');
    expect(patchIn('toml', TOML, edit)).toBe(TOML.replace(before, after));
    expect(patchIn('toml', inLines(TOML), edit)).toBe(inLines(TOML.replace(before, after)));
  });

  it('may be the first', () => {
    expect(patchIn('toml', '', { path: ['title'], value: 'A' }).trim()).toBe('title = "A"');
  });
});

const JSON_HEADER = `{
    "title": "One",
    "tags": ["a", "b"],
    "params": {
        "z": 1,
        "a": 1.50
    }
}`;

describe('a changed value in JSON', () => {
  it.each<[string, Edit, string, string]>([
    ['stands where the old one stood', { path: ['title'], value: 'It\'s "two"\n' }, '"One"', '"It\'s \\"two\\"\\n"'],
    ['may be none', { path: ['title'], value: null }, '"One"', 'null'],
    ['may stand deeper', { path: ['params', 'z'], value: 2 }, '"z": 1', '"z": 2'],
    ['that had no key comes last, indented as the others', { path: ['slug'], value: 'one' }, '    }\n}', '    },\n    "slug": "one"\n}'],
    ['keeps the order of keys', { path: ['params'], value: { a: 3, z: 1 } }, '"a": 1.50', '"a": 3'],
  ])('%s', (_, edit, before, after) => {
    expect(JSON_HEADER).toContain(before);
    const inLines = (text: string) => text.replace(/\n/g, '\r\n');
    expect(patchIn('json', JSON_HEADER, edit)).toBe(JSON_HEADER.replace(before, after));
    expect(patchIn('json', inLines(JSON_HEADER), edit)).toBe(inLines(JSON_HEADER.replace(before, after)));
  });
});
