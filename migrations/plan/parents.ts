import { circlesOf } from './circles';
import type { CurrentRecord, Database } from './database';
import type { LedgerEntry } from './ledger';
import { merge } from './merge';
import type { Conflict, Operation } from './operation';
import { emptyState, type Field, type State } from './state';

const parentOf = ({ links }: Pick<State, 'links'>): string | undefined => links.parent?.[0];

/** What the files want of a topic, and what the last import knew of it. */
export interface WantedTopic {
  state: Pick<State, 'links'>;
  entry?: Pick<LedgerEntry, 'base'> | undefined;
}

/** The parent that a topic will have: what the files want of it, merged into what is there. */
const parentAfter = (
  { state, entry }: WantedTopic,
  { draft }: CurrentRecord,
  onConflict: (field: Field, current: unknown) => Conflict['taken'],
): string | undefined => {
  const { parent } = state.links;
  if (!parent) return parentOf(draft);
  const [change] = merge(entry?.base ?? emptyState(), { ...emptyState(), links: { parent } }, { draft, published: null }, onConflict).draft;
  return change ? parent[0] : parentOf(draft);
};

/**
 * Topics that this import would put below themselves, by what files say or by what editors did with the topics above.
 *
 * @param topics by documentId
 * @param onConflict whose value stands, for each topic, where an editor gave it another parent
 * @returns for each circle a topic whose link closes it, and which this import would write
 */
export const findCircles = async (
  topics: ReadonlyMap<string, WantedTopic>,
  database: Pick<Database, 'read' | 'exists'>,
  onConflict: (documentId: string) => (field: Field, current: unknown) => Conflict['taken'],
): Promise<string[]> => {
  const isNew = ([documentId, { state, entry }]: [string, WantedTopic]): boolean => {
    const parent = parentOf(state);
    return parent !== undefined && (!entry || parentOf(entry.base) !== parent || !database.exists('topic', documentId));
  };
  const before = new Map<string, string | undefined>();
  const after = new Map<string, string>();
  let next = [...topics].filter(isNew).map(([documentId]) => documentId);
  // What stands above them need not be in any file.
  while (next.length > 0) {
    const rows = await database.read('topic', next);
    for (const documentId of next) {
      const [topic, row] = [topics.get(documentId), rows.get(documentId)];
      const parent = topic && row ? parentAfter(topic, row, onConflict(documentId)) : parentOf(topic?.state ?? row?.draft ?? emptyState());
      before.set(documentId, row && parentOf(row.draft));
      if (parent !== undefined) after.set(documentId, parent);
    }
    next = [...new Set(next.flatMap((documentId) => after.get(documentId) ?? []))].filter((parent) => !before.has(parent));
  }
  return circlesOf(after).flatMap((circle) => circle.find((documentId) => before.get(documentId) !== after.get(documentId)) ?? []);
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
