import { circlesOf } from './circles';
import type { Operation } from './operation';
import type { State } from './state';

const parentOf = ({ links }: State): string | undefined => links.parent?.[0];

/**
 * Topics whose parents lead back to themselves.
 *
 * @returns for each circle the topic whose link closes it
 */
export const findCircles = (states: ReadonlyMap<string, State>): string[] => {
  const parents = [...states].flatMap(([documentId, state]) => {
    const parent = parentOf(state);
    return parent === undefined ? [] : [[documentId, parent] as const];
  });
  return circlesOf(new Map(parents)).map(([first]) => first!);
};

/** Topics in the order in which they can be written, parents first: a link needs the row at its other end. */
export const parentsFirst = (operations: readonly Operation[]): Operation[] => {
  const parents = new Map(
    operations.flatMap((operation) => (operation.action === 'create' ? [[operation.documentId, parentOf(operation.state)] as const] : [])),
  );
  const levels = new Map<string, number>();
  const levelOf = (documentId: string): number => {
    const way: string[] = [];
    let at: string | undefined = documentId;
    for (; at !== undefined && parents.has(at) && !levels.has(at); at = parents.get(at)) way.push(at);
    let level = levels.get(at ?? '') ?? 0;
    for (const each of way.reverse()) levels.set(each, (level += 1));
    return level;
  };
  return operations
    .map((operation) => ({ operation, level: operation.type === 'topic' ? levelOf(operation.documentId) : 0 }))
    .sort((a, b) => a.level - b.level)
    .map(({ operation }) => operation);
};
