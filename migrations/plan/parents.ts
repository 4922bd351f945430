import type { Operation } from './operation';
import type { State } from './state';

/**
 * Topics whose parents lead back to themselves.
 *
 * @returns for each circle the topic whose link closes it
 */
export const findCircles = (states: ReadonlyMap<string, State>): Set<string> => {
  const circles = new Set<string>();
  for (const start of states.keys()) {
    const seen = new Set([start]);
    let at = states.get(start)?.links.parent?.[0];
    while (at && !circles.has(at)) {
      if (seen.has(at)) {
        circles.add(start);
        break;
      }
      seen.add(at);
      at = states.get(at)?.links.parent?.[0];
    }
  }
  return circles;
};

/** Topics in the order in which they can be written, parents first: a link needs the row at its other end. */
export const parentsFirst = (operations: readonly Operation[]): Operation[] => {
  const parents = new Map(
    operations.flatMap((operation) =>
      operation.action === 'create' ? [[operation.documentId, operation.state.links.parent?.[0]] as const] : [],
    ),
  );
  const depth = (documentId: string | undefined): number =>
    documentId !== undefined && parents.has(documentId) ? 1 + depth(parents.get(documentId)) : 0;
  return operations
    .map((operation) => ({ operation, level: operation.type === 'topic' ? depth(operation.documentId) : 0 }))
    .sort((a, b) => a.level - b.level)
    .map(({ operation }) => operation);
};
