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

interface There {
  /** What the last import knew. */
  imported?: Parents;
  /** What Strapi holds. */
  stored?: Parents;
  /** Topics that files name and do not describe. */
  told?: readonly string[];
  taken?: 'keep' | 'file';
}

const circles = (wanted: Parents, { imported = {}, stored = {}, told = [], taken = 'keep' }: There = {}) => {
  const topics = new Map<string, WantedTopic>(told.map((documentId) => [documentId, { state: emptyState() }]));
  for (const [documentId, state] of statesOf(wanted)) {
    const known = documentId in imported ? { base: { ...below(imported[documentId]), isPublished: true, assets: {} } } : undefined;
    topics.set(documentId, { state, entry: known });
  }
  const rows = new Map([...statesOf(stored)].map(([documentId, draft]) => [documentId, { draft, published: null } as CurrentRecord]));
  const read = (_: string, documentIds: readonly string[]) =>
    Promise.resolve(new Map(documentIds.flatMap((documentId) => (rows.has(documentId) ? [[documentId, rows.get(documentId)!]] : []))));
  return findCircles(topics, { read, exists: (_, documentId) => rows.has(documentId) }, () => () => taken);
};

describe('of a circle', () => {
  it('takes one link out, and none of what leads into it', async () => {
    expect(await circles({ a: 'b', b: 'a', c: 'c', d: 'e', e: undefined })).toEqual(['a', 'c']);
    expect(await circles({ in: 'a', a: 'b', b: 'a' })).toEqual(['a']);
  });

  it('finds what an editor did with a topic above, whether a file describes it, names it or neither', async () => {
    const imported = { a: undefined, b: undefined };
    expect(await circles({ a: 'b', b: undefined }, { imported, stored: { a: undefined, b: 'a' } })).toEqual(['a']);
    const own = { imported, stored: { a: undefined, b: 'own', own: 'a' } };
    expect(await circles({ a: 'b', b: undefined }, own)).toEqual(['a']);
    expect(await circles({ a: 'b', b: undefined }, { ...own, told: ['own'] })).toEqual(['a']);
    expect(await circles({ a: 'b', b: undefined }, { imported, stored: { ...own.stored, own: 'elsewhere' } })).toEqual([]);
  });

  it('takes the link that is not there yet', async () => {
    expect(await circles({ a: 'b', b: 'a' }, { imported: { a: 'b' }, stored: { a: 'b', b: undefined } })).toEqual(['b']);
    expect(await circles({ a: 'b', b: 'a' }, { imported: { b: undefined }, stored: { a: 'b', b: undefined } })).toEqual(['b']);
  });

  it('leaves alone what is there and what this import does not write', async () => {
    expect(await circles({ a: 'b', b: 'a' }, { imported: { a: 'b', b: 'a' }, stored: { a: 'b', b: 'a' } })).toEqual([]);
  });

  it('is none where two change places', async () => {
    expect(await circles({ a: undefined, b: 'a' }, { imported: { a: 'b', b: undefined }, stored: { a: 'b', b: undefined } })).toEqual([]);
  });

  it('may be closed by a topic that comes back', async () => {
    const there = { imported: { a: 'b', b: undefined }, stored: { b: undefined } };
    expect(await circles({ a: 'b', b: 'a' }, there)).toEqual(['a']);
  });

  it("counts an editor's parent where that is the one to stay", async () => {
    const there = { imported: { a: undefined, b: undefined }, stored: { a: 'x', b: 'a' } };
    expect(await circles({ a: 'b', b: undefined }, there)).toEqual([]);
    expect(await circles({ a: 'b', b: undefined }, { ...there, taken: 'file' })).toEqual(['a']);
    // A topic that no import made.
    expect(await circles({ a: 'c', b: 'a', c: undefined }, { stored: { a: 'b', b: undefined, c: undefined } })).toEqual(['b']);
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
