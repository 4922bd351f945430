import fs from 'node:fs';
import os from 'node:os';

import { Spool } from '../../migrations/spool/spool';

const item = (index: number) => ({ plain: { index, name: `Ärzte „${index}“` }, text: `${index % 2 ? 'plain' : 'schön 𝄞'} `.repeat(1_000) });
const all = (spool: Spool) => Array.from({ length: spool.length }, (_, index) => spool.at(index));
const leftovers = () => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('curation-'));

it('gives back what was put aside, in any order and while more is added', () => {
  const spool = new Spool();
  for (let index = 0; index < 500; index += 1) {
    expect(spool.add(item(index))).toBe(index);
    if (index % 100 === 0) expect(spool.at(index >> 1)).toEqual(item(index >> 1));
  }
  expect(all(spool)).toEqual(Array.from({ length: 500 }, (_, index) => item(index)));
  for (const index of [499, 0, 250]) expect(spool.at(index)).toEqual(item(index));
  spool.close();
  expect(spool.length).toBe(0);
});

it('leaves no file behind, not even while it is open', () => {
  const before = leftovers();
  const spool = new Spool();
  for (let index = 0; index < 500; index += 1) spool.add(item(index));
  expect(leftovers().filter((name) => !before.includes(name))).toEqual([]);
  spool.close();
});

it('holds an item that is larger than what is read at once', () => {
  const spool = new Spool();
  const large = { plain: {}, text: 'x'.repeat(3 << 20) };
  [item(0), large, item(1)].forEach((each) => spool.add(each));
  expect(all(spool)).toEqual([item(0), large, item(1)]);
  spool.close();
});
