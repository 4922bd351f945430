import fc from 'fast-check';
import { parse as parseTomlElsewhere, stringify } from 'smol-toml';

import { PATCHES } from '../../migrations/export/patch';
import type { Edit } from '../../migrations/export/patch/edit';
import { sayable } from '../../migrations/export/patch/toml/print';
import { isObject, setAt, type JsonObject, type JsonValue } from '../../migrations/source/json';
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
rows = ["x",  'y']
size = {width = 1, height = 1.50}
long = """
One
Two"""

[params]
  image = "a.png"

[[links]]
href = "x" # why

[[links]]
href = 'y'

[menu]
`;

const eachStyle = (language: LanguageName, header: string, edits: Edit[], before: string, after: string) => {
  expect(header).toContain(before);
  const inLines = (text: string) => text.replace(/\n/g, '\r\n');
  const expected = header.replace(before, () => after);
  expect(patchIn(language, header, ...edits)).toBe(expected);
  expect(patchIn(language, inLines(header), ...edits)).toBe(inLines(expected));
};

describe('a changed value in TOML', () => {
  it.each<[string, Edit, string, string]>([
    ['stands where the old one stood', { path: ['title'], value: 'It\'s "two"\n' }, '"One"', '"It\'s \\"two\\"\\n"'],
    ['keeps its kind of quotes', { path: ['links', 1, 'href'], value: 'z' }, "href = 'y'", "href = 'z'"],
    ['has other quotes where it holds its own', { path: ['links', 1, 'href'], value: "it's" }, "href = 'y'", 'href = "it\'s"'],
    ['may go over several lines', { path: ['long'], value: 'Uno "1" \\\nDos' }, 'One\nTwo', 'Uno "1" \\\\\nDos'],
    ['ends no front matter', { path: ['long'], value: 'One\n+++\nTwo' }, '"""\nOne\nTwo"""', '"One\\n+++\\nTwo"'],
    ['is a date where a date stood', { path: ['date'], value: '2022-01-31' }, '2021-09-02', '2022-01-31'],
    [
      'is a date and a time where a date stood',
      { path: ['date'], value: '2022-01-31T10:00:00+02:00' },
      '2021-09-02',
      '2022-01-31T10:00:00+02:00',
    ],
    ['is a text where no date can be', { path: ['date'], value: 'soon' }, '2021-09-02', '"soon"'],
    ['is a text where it looks like a date', { path: ['title'], value: '2022-01-31' }, '"One"', '"2022-01-31"'],
    ['may stand deeper', { path: ['params', 'image'], value: 'b.png' }, 'a.png', 'b.png'],
    ['may stand in braces', { path: ['size', 'width'], value: 2 }, 'width = 1', 'width = 2'],
    ['may come into braces', { path: ['size', 'unit'], value: 'px' }, '1.50}', '1.50, unit = "px"}'],
    ['leaves alone what stands beside it', { path: ['size'], value: { width: 2, height: '1.50' } }, 'width = 1', 'width = 2'],
    ['may go out of braces', { path: ['size', 'width'], value: null }, 'width = 1, ', ''],
    ['may be one of a list of lines', { path: ['tags'], value: ['c', 'a'] }, '"a", # first\n  \'b\',', '"c",\n  "a", # first'],
    ['may be one of a list on one line', { path: ['rows'], value: ['y', 'z'] }, '["x",  \'y\']', '[\'y\', "z"]'],
    ['that is none goes out of its list', { path: ['rows', 0], value: null }, '["x",  \'y\']', "['y']"],
    ['that had no key comes behind the last before the tables', { path: ['slug'], value: 'one' }, 'Two"""\n', 'Two"""\nslug = "one"\n'],
    ['may be the first of a table', { path: ['menu', 'main page'], value: 1 }, '[menu]\n', '[menu]\n"main page" = 1\n'],
    ['may be deeper than what is there', { path: ['params', 'a', 'b'], value: 1 }, 'a.png"\n', 'a.png"\n  a = { b = 1 }\n'],
    ['may be none, for which there is no word', { path: ['date'], value: null }, 'date = 2021-09-02\n', ''],
    ['may be no table any more', { path: ['params'], value: null }, '[params]\n  image = "a.png"\n', ''],
    ['may hold none', { path: ['params'], value: { image: 'a.png', size: null, alt: ['x', null] } }, 'a.png"\n', 'a.png"\n  alt = ["x"]\n'],
    ['may be a new list of mappings', { path: ['seen'], value: [{ a: 1 }, { a: null }] }, 'Two"""\n', 'Two"""\nseen = [{ a = 1 }, {}]\n'],
    [
      'may be a table more',
      { path: ['links'], value: [{ href: 'x' }, { href: 'new' }, { href: 'y' }] },
      'why\n\n',
      'why\n\n[[links]]\nhref = "new"\n\n',
    ],
    ['may be a table less', { path: ['links'], value: [{ href: 'y' }] }, '[[links]]\nhref = "x" # why\n\n', ''],
    ['may be a number of any kind', { path: ['title'], value: 1e-7 }, '"One"', '1e-7'],
  ])('%s', (_, edit, before, after) => eachStyle('toml', TOML, [edit], before, after));

  it.each<[string, string, Edit, string]>([
    ['may be the first', '', { path: ['title'], value: 'A' }, 'title = "A"\n'],
    ['may be the first before tables', '[a]\nb = 1\n', { path: ['title'], value: 'A' }, 'title = "A"\n[a]\nb = 1\n'],
    ['has its neighbours in dotted keys', 'a.b = 1\nc = 2\n', { path: ['a', 'd'], value: 3 }, 'a.b = 1\na.d = 3\nc = 2\n'],
    ['may be the last of dotted keys to go', 'a.b = 1\nc = 2\n', { path: ['a', 'b'], value: null }, 'c = 2\n'],
    ['may stand above a table that is there', '[a.b]\nc = 1\n', { path: ['a', 'd'], value: 1 }, 'a.d = 1\n[a.b]\nc = 1\n'],
    ['may be a table where a value was', 'a = 1\nb = 2\n', { path: ['a'], value: { c: 1 } }, 'a = { c = 1 }\nb = 2\n'],
    ['may be a value where a table was', 'b = 2\n[a]\nc = 1\n', { path: ['a'], value: 'x' }, 'b = 2\na = "x"\n'],
    ['leaves a list without a last comma without it', 'a = [\n\t1,\n\t2\n]\n', { path: ['a'], value: [1, 3] }, 'a = [\n\t1,\n\t3\n]\n'],
    [
      'leaves numbers as they are written',
      'e = 1e-7\nx = 0xff\nn = 1_000\na = 1\n',
      { path: ['a'], value: 2 },
      'e = 1e-7\nx = 0xff\nn = 1_000\na = 2\n',
    ],
  ])('%s', (_, header, edit, expected) => expect(patchIn('toml', header, edit)).toBe(expected));
});

const JSON_HEADER = `{
    "title": "One",
    "tags": ["a", "b"],
    "none": null,
    "rows": [
        "x",
        "y"
    ],
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
    ['may stand where nothing was', { path: ['none', 'href'], value: 'x' }, 'null', '{\n        "href": "x"\n    }'],
    ['may stand where a text was', { path: ['title', 'href'], value: 'x' }, '"One"', '{\n        "href": "x"\n    }'],
    ['may stand where a list was', { path: ['tags', 'href'], value: 'x' }, '["a", "b"]', '{\n        "href": "x"\n    }'],
    ['that had no key comes last, indented as the others', { path: ['slug'], value: ['a'] }, '    }\n}', '    },\n    "slug": ["a"]\n}'],
    ['leaves alone what stands beside it', { path: ['params'], value: { a: '1.50', z: 2 } }, '"z": 1', '"z": 2'],
    ['keeps a list on its line', { path: ['tags'], value: ['b', 'c'] }, '["a", "b"]', '["b", "c"]'],
    ['keeps a list on its lines', { path: ['rows'], value: ['y', 'z'] }, '"x",\n        "y"', '"y",\n        "z"'],
    ['may empty a list', { path: ['rows'], value: [] }, '[\n        "x",\n        "y"\n    ]', '[]'],
    ['may go', { path: ['params'], value: { a: '1.50' } }, '"z": 1,\n        ', ''],
    ['may be the last to go', { path: ['params'], value: { z: 1 } }, ',\n        "a": 1.50', ''],
  ])('%s', (_, edit, before, after) => eachStyle('json', JSON_HEADER, [edit], before, after));

  it.each<[string, string, Edit, string]>([
    ['stays on one line', '{"a":1,"b":["x"]}', { path: ['c'], value: { d: ['y', 1] } }, '{"a":1,"b":["x"],"c":{"d":["y",1]}}'],
    ['may be the first', '{}', { path: ['a'], value: 1 }, '{"a": 1}'],
    [
      'is one of mappings, and leaves the others',
      '{"l": [{"a": 1.50}]}',
      { path: ['l'], value: [{ a: '1.50' }, { a: 2 }] },
      '{"l": [{"a": 1.50}, {"a": 2}]}',
    ],
  ])('%s', (_, header, edit, expected) => expect(patchIn('json', header, edit)).toBe(expected));
});

describe('whatever is changed', () => {
  const key = fc.constantFrom('a', 'b', 'c d', 'é', '__x');
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<JsonValue>('', 'x', 'One\nTwo', "it's", '+++', '2021-09-02', '\u007f\t"\\', 0, 1, 1.5, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const object = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
  const edits = fc.array(fc.record({ path: fc.array(key, { minLength: 1, maxLength: 2 }), value }), { minLength: 1, maxLength: 3 });
  const after = (data: JsonObject, all: readonly Edit[]): JsonObject => {
    const wanted = structuredClone(data);
    for (const each of all) setAt(wanted, each.path, each.value);
    return wanted;
  };

  it('is read from JSON', () => {
    fc.assert(
      fc.property(object, edits, fc.constantFrom(undefined, 2, '\t'), (data, all, indent) => {
        const patched = patchIn('json', JSON.stringify(data, null, indent), ...all);
        expect(JSON.parse(patched)).toEqual(after(data, all));
      }),
      { numRuns: 500 },
    );
  });

  it('is read from TOML, by another parser too, and its comments stay', () => {
    const said = (data: JsonObject): JsonObject => sayable(data) as JsonObject;
    // What is empty says nothing that none does not say.
    const filled = (data: JsonValue): JsonValue => {
      if (!isObject(data)) return data;
      const entries = Object.entries(data).map(([name, each]) => [name, filled(each)] as const);
      return Object.fromEntries(entries.filter(([, each]) => !isObject(each) || Object.keys(each).length > 0));
    };
    fc.assert(
      fc.property(object, edits, (data, all) => {
        const header = `# first\n${stringify(said(data))}`;
        const patched = patchIn('toml', header, ...all);
        expect(patched).toContain('# first\n');
        expect(/^\+\+\+/m.test(patched)).toBe(false);
        expect(filled(JSON.parse(JSON.stringify(parseTomlElsewhere(patched))) as JsonObject)).toEqual(filled(said(after(said(data), all))));
      }),
      { numRuns: 500 },
    );
  });
});
