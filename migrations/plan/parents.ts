import { circlesOf } from './circles';
import type { Database } from './database';
import type { LedgerEntry } from './ledger';
import type { Operation } from './operation';
import type { State } from './state';

const parentOf = ({ links }: Pick<State, 'links'>): string | undefined => links.parent?.[0];

/** What the files want of a topic, and what the last import knew of it. */
export interface WantedTopic {
  state: Pick<State, 'links'>;
  entry?: Pick<LedgerEntry, 'base'> | undefined;
}

/** True where the last import did not write the link that the files want. */
const isNew = ({ state, entry }: WantedTopic): boolean => {
  const parent = parentOf(state);
  return parent !== undefined && (entry === undefined || parentOf(entry.base) !== parent);
};

/**
 * Topics that this import would put below themselves, by what files say or by what editors did with the topics above.
 *
 * @param topics by documentId
 * @param isEditKept whether an editor's parent of a topic stays where the files want another one, too
 * @returns for each circle the topic whose link closes it: one that is not there yet, as long as there is one
 */
export const findCircles = async (
  topics: ReadonlyMap<string, WantedTopic>,
  database: Pick<Database, 'read'>,
  isEditKept: (documentId: string) => boolean,
): Promise<string[]> => {
  const newcomers = new Set([...topics].flatMap(([documentId, topic]) => (isNew(topic) ? [documentId] : [])));
  if (newcomers.size === 0) return [];

  const stored = new Map<string, string | undefined>();
  const read = async (documentIds: readonly string[]): Promise<void> => {
    const rows = await database.read('topic', documentIds);
    for (const documentId of documentIds) {
      const row = rows.get(documentId);
      stored.set(documentId, row && parentOf(row.draft));
    }
  };
  const parentToBe = (documentId: string): string | undefined => {
    const topic = topics.get(documentId);
    const there = stored.get(documentId);
    if (!topic || !isNew(topic)) return there;
    const isEdited = topic.entry !== undefined && there !== parentOf(topic.entry.base);
    return isEdited && isEditKept(documentId) ? there : parentOf(topic.state);
  };

  // What stands above them need not be in any file.
  for (let next = [...topics.keys()]; next.length > 0;) {
    await read(next);
    next = [...new Set(next.flatMap((documentId) => parentToBe(documentId) ?? []))].filter((parent) => !stored.has(parent));
  }
  const parents = [...stored.keys()].flatMap((documentId) => {
    const parent = parentToBe(documentId);
    return parent === undefined ? [] : [[documentId, parent] as const];
  });
  return circlesOf(new Map(parents)).flatMap((circle) => {
    const added = circle.filter((documentId) => stored.get(documentId) !== parentToBe(documentId));
    const wanted = circle.filter((documentId) => newcomers.has(documentId));
    return added[0] ?? wanted[0] ?? [];
  });
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
