import { KeyTable } from '../../migrations/spool/key-table';

it('finds each of many keys that are nearly the same, and no other', () => {
  const table = new KeyTable();
  const keys = Array.from({ length: 20_000 }, (_, index) => `curated-content path:news/${index}.md`);
  keys.forEach((key, index) => table.set(key, index));
  expect(keys.filter((key, index) => table.get(key) !== index)).toEqual([]);
  expect(keys.filter((key) => table.has(`${key} `))).toEqual([]);
});

it('keeps the number that was set last', () => {
  const table = new KeyTable();
  expect(table.get('a')).toBeUndefined();
  table.set('a', 0);
  expect(table.get('a')).toBe(0);
  table.set('a', 7);
  expect(table.get('a')).toBe(7);
});
