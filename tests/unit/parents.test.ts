import { findCircles, parentsFirst } from '../../migrations/plan/parents';
import type { Operation } from '../../migrations/plan/operation';
import { emptyState, type State } from '../../migrations/plan/state';

const below = (parent?: string): State => ({ ...emptyState(), links: { parent: parent === undefined ? [] : [parent] } });
const statesOf = (parents: Record<string, string | undefined>): Map<string, State> =>
  new Map(Object.entries(parents).map(([documentId, parent]) => [documentId, below(parent)]));
const creating = (states: Map<string, State>): Operation[] =>
  [...states].map(([documentId, state]) => ({ type: 'topic', action: 'create', documentId, state }) as Operation);

it('takes one link out of each circle, and none of what leads into it', () => {
  expect(findCircles(statesOf({ a: 'b', b: 'a', c: 'c', d: 'e', e: undefined }))).toEqual(['a', 'c']);
  expect(findCircles(statesOf({ in: 'a', a: 'b', b: 'a' }))).toEqual(['a']);
});

it('writes parents first', () => {
  const states = statesOf({ c: 'b', b: 'a', d: 'elsewhere', a: undefined });
  expect(parentsFirst(creating(states)).map(({ documentId }) => documentId)).toEqual(['d', 'a', 'b', 'c']);
});

it('takes topics as deep below each other as an archive may have them', () => {
  const many = 50_000;
  const states = statesOf(
    Object.fromEntries(Array.from({ length: many }, (_, index) => [`t${index}`, index + 1 < many ? `t${index + 1}` : undefined])),
  );
  expect(findCircles(states)).toEqual([]);
  expect(
    parentsFirst(creating(states))
      .map(({ documentId }) => documentId)
      .slice(0, 2),
  ).toEqual([`t${many - 1}`, `t${many - 2}`]);
});
