import fc from 'fast-check';

import { longestRising } from '../../admin/src/related-offerings/picks/longestRising';
import { readPicks } from '../../admin/src/related-offerings/picks/readPicks';
import { UNCHANGED, type ConnectItem, type Pick } from '../../admin/src/related-offerings/picks/value';
import { writePicks } from '../../admin/src/related-offerings/picks/writePicks';

const pick = (id: number): Pick => ({ id, documentId: `document-${id}`, name: `Offering ${id}` });
const picks = (...ids: number[]) => ids.map(pick);
const connected = (item: ConnectItem) => [item.id, item.apiData.position];
const before = (id: number) => ({ before: `document-${id}`, status: 'draft' });

it('changes nothing where the picks are the saved ones', () => {
  expect(writePicks(picks(1, 2, 3), picks(1, 2, 3))).toEqual(UNCHANGED);
});

it('puts a new one at the end', () => {
  const { connect, disconnect } = writePicks(picks(1, 2, 3), picks(1, 2));
  expect(connect.map(connected)).toEqual([[3, { end: true }]]);
  expect(disconnect).toEqual([]);
});

it('moves one, and leaves those it passes where they are', () => {
  expect(writePicks(picks(3, 1, 2), picks(1, 2, 3)).connect.map(connected)).toEqual([[3, before(1)]]);
  expect(writePicks(picks(2, 3, 1), picks(1, 2, 3)).connect.map(connected)).toEqual([[1, { end: true }]]);
});

it('takes a saved one away, and forgets a new one', () => {
  const { connect, disconnect } = writePicks(picks(1), picks(1, 2));
  expect(connect).toEqual([]);
  expect(disconnect).toEqual([{ id: 2, apiData: { id: 2, documentId: 'document-2' } }]);
});

it('takes up what the native field did: a new one at its end, a saved one taken away there', () => {
  const native = { ...writePicks(picks(1, 2, 9), picks(1, 2)).connect[0]!, apiData: { id: 9, documentId: 'document-9' } };
  const value = { connect: [native], disconnect: [{ id: 1, apiData: { id: 1, documentId: 'document-1' } }] };
  expect(readPicks(picks(1, 2), value)).toEqual(picks(2, 9));
});

it('takes up what Strapi fills in from another locale', () => {
  const filled = picks(4, 2).map(({ id, documentId, name }, at) => ({ id, documentId, name, label: name, __temp_key__: `a${at}` }));
  const value = { connect: filled, disconnect: [] };
  expect(readPicks([], value)).toEqual(picks(4, 2));
  expect(writePicks([...readPicks([], value), pick(7)], []).connect.map(connected)).toEqual([
    [7, { end: true }],
    [2, before(7)],
    [4, before(2)],
  ]);
});

/** Lists of a few ids each, so that they share some: what is saved, and what the editor makes of it. */
const lists = fc.record({
  saved: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 25 }),
  wanted: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 25 }),
});

it('reads back what it wrote, whatever is saved', () => {
  fc.assert(
    fc.property(lists, ({ saved, wanted }) => {
      expect(readPicks(picks(...saved), writePicks(picks(...wanted), picks(...saved)))).toEqual(picks(...wanted));
    }),
  );
});

/** What Strapi does with a request: takes away, then puts each where it is told, relative to what is there. */
const save = (saved: number[], { connect, disconnect }: ReturnType<typeof writePicks>): number[] => {
  const documents = saved.filter((id) => !disconnect.some((item) => item.id === id));
  for (const { id, apiData } of connect) {
    if (documents.includes(id)) documents.splice(documents.indexOf(id), 1);
    const { position } = apiData;
    const at =
      position && 'before' in position ? documents.findIndex((other) => `document-${other}` === position.before) : documents.length;
    expect(at).not.toBe(-1);
    documents.splice(at, 0, id);
  }
  return documents;
};

it('asks for places in an order that can be followed one after another', () => {
  fc.assert(
    fc.property(lists, ({ saved, wanted }) => {
      expect(save(saved, writePicks(picks(...wanted), picks(...saved)))).toEqual(wanted);
    }),
  );
});

it('keeps the most that can be kept', () => {
  expect([...longestRising([5, 1, 2, 9, 3])].sort()).toEqual([1, 2, 4]);
  expect(longestRising([])).toEqual(new Set());
});
