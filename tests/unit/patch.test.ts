import { patchHeader, type Edit } from '../../migrations/export/patch';
import type { JsonObject } from '../../migrations/source/json';
import { parseYaml } from '../../migrations/source/yaml';

const patch = (header: string, ...edits: Edit[]) => patchHeader(header, parseYaml(header) as JsonObject, edits);

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
