import type { CurrentRecord } from '../../migrations/plan/database';
import type { Operation } from '../../migrations/plan/operation';
import { findCircles, parentsFirst, type WantedTopic } from '../../migrations/plan/parents';
import { emptyState, type State } from '../../migrations/plan/state';

const below = (parent?: string): State => ({ ...emptyState(), links: { parent: parent === undefined ? [] : [parent] } });
const statesOf = (parents: Record<string, string | undefined>): Map<string, State> =>
  new Map(Object.entries(parents).map(([documentId, parent]) => [documentId, below(parent)]));
const creating = (states: Map<string, State>): Operation[] =>
  [...states].map(([documentId, state]) => ({ type: 'topic', action: 'create', documentId, state }) as Operation);

type Parents = Record<string, string | undefined>;

/** Circles of what files want, where the last import knew some parents and editors gave some. */
const circles = (
  wanted: Parents,
  { imported = {}, stored = {}, isEditKept = true }: { imported?: Parents; stored?: Parents; isEditKept?: boolean } = {},
) => {
  const topics = new Map<string, WantedTopic>();
  for (const [documentId, state] of statesOf(wanted)) {
    const known = documentId in imported ? { base: { ...below(imported[documentId]), isPublished: true, assets: {} } } : undefined;
    topics.set(documentId, { state, entry: known });
  }
  const rows = new Map([...statesOf(stored)].map(([documentId, draft]) => [documentId, { draft, published: null } as CurrentRecord]));
  const read = (_: string, documentIds: readonly string[]) =>
    Promise.resolve(new Map(documentIds.flatMap((documentId) => (rows.has(documentId) ? [[documentId, rows.get(documentId)!]] : []))));
  return findCircles(topics, { read }, () => isEditKept);
};

describe('of a circle', () => {
  it('takes one link out, and none of what leads into it', async () => {
    expect(await circles({ a: 'b', b: 'a', c: 'c', d: 'e', e: undefined })).toEqual(['a', 'c']);
    expect(await circles({ in: 'a', a: 'b', b: 'a' })).toEqual(['a']);
  });

  it('finds what an editor did with a topic above, in a file or in none', async () => {
    const there = { imported: { a: undefined, b: undefined }, stored: { a: undefined, b: 'a', c: 'b' } };
    expect(await circles({ a: 'b', b: undefined }, there)).toEqual(['a']);
    expect(await circles({ a: 'c' }, there)).toEqual(['a']);
    expect(await circles({ a: 'c', b: undefined }, { ...there, stored: { c: 'elsewhere' } })).toEqual([]);
  });

  it('takes the link that is not there yet', async () => {
    const there = { imported: { a: 'b' }, stored: { a: 'b', b: undefined } };
    expect(await circles({ a: 'b', b: 'a' }, there)).toEqual(['b']);
    expect(await circles({ a: 'b', b: 'a' }, { imported: { b: undefined }, stored: { a: 'b', b: undefined } })).toEqual(['b']);
  });

  it('leaves alone what this import does not write', async () => {
    const there = { imported: { a: 'b', b: 'a' }, stored: { a: 'b', b: 'a' } };
    expect(await circles({ a: 'b', b: 'a' }, there)).toEqual([]);
  });

  it("counts an editor's parent where that is the one to stay", async () => {
    const there = { imported: { a: undefined, b: undefined }, stored: { a: 'x', b: 'a' } };
    expect(await circles({ a: 'b', b: undefined }, there)).toEqual([]);
    expect(await circles({ a: 'b', b: undefined }, { ...there, isEditKept: false })).toEqual(['a']);
  });
});

it('writes parents first', () => {
  const states = statesOf({ c: 'b', b: 'a', d: 'elsewhere', a: undefined });
  expect(parentsFirst(creating(states)).map(({ documentId }) => documentId)).toEqual(['d', 'a', 'b', 'c']);
});

it('takes topics as deep below each other as an archive may have them', async () => {
  const many = 50_000;
  const parents = Object.fromEntries(
    Array.from({ length: many }, (_, index) => [`t${index}`, index + 1 < many ? `t${index + 1}` : undefined]),
  );
  const states = statesOf(parents);
  expect(await circles(parents)).toEqual([]);
  expect(
    parentsFirst(creating(states))
      .map(({ documentId }) => documentId)
      .slice(0, 2),
  ).toEqual([`t${many - 1}`, `t${many - 2}`]);
});
