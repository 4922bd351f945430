import type { ContentType } from '../../content-types';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import { onConflictOf, type OnConflict } from './compare';
import type { CurrentRecord, Database } from './database';
import { merge } from './merge';
import type { HeldKey, Resolved, Waiting } from './resolver';
import { emptyState } from './state';

const STATES = ['draft', 'published'] as const;

/** The unique keys that an entry has now and will not have when its file is written, each as column and key. */
const yieldedBy = ({ record, documentId, entry }: Resolved, current: CurrentRecord, onConflict: OnConflict): string[] => {
  const { type } = record;
  // A slug that no file gives stays, and what only others name is not written.
  if (!record.file) return [];
  const attributes = uniqueColumns(type)
    .flatMap(({ of }) => of)
    .filter((attribute) => attribute !== 'slug' || !record.isSlugDerived);
  const values = Object.fromEntries(attributes.map((attribute) => [attribute, record.values[attribute] ?? null]));
  const merged = merge(entry?.base ?? emptyState(), { ...emptyState(), values }, current, onConflictOf(onConflict, type, documentId));
  return STATES.flatMap((state) => {
    const row = current[state];
    if (!row) return [];
    const changed = Object.fromEntries(merged[state].map(({ attribute, after }) => [attribute, after]));
    const next = uniqueKeys(type, { ...row.values, ...changed }, state);
    return Object.entries(uniqueKeys(type, row.values, state)).flatMap(([column, key]) =>
      key !== null && next[column] !== key ? [`${column} ${key}`] : [],
    );
  });
};

type Asking = Pick<Waiting, 'documentId' | 'heldKeys'>;

/** What decides whether records that wait get the unique keys that they wait for. */
export interface Yielding {
  type: ContentType;
  waiting: readonly Asking[];
  /** Records of the archive by their documentIds. */
  resolvedOf(documentIds: readonly string[]): Promise<Resolved[]>;
  isDeleted(documentId: string): boolean;
  onConflict: OnConflict;
}

/**
 * Of records that want unique keys which entries in Strapi hold, finds those that get them: the entry is deleted in the same run, or its own
 * file gives it another slug or name. Two may change places, and any number may move up by one.
 *
 * @returns the documentIds of those that get all their keys, and which entries give up a key that somebody waits for
 */
export const findYielded = async (
  database: Database,
  { type, waiting, resolvedOf, isDeleted, onConflict }: Yielding,
): Promise<{ served: Set<string>; yields: (held: HeldKey) => boolean }> => {
  const holders = [...new Set(waiting.flatMap(({ heldKeys }) => heldKeys.map(({ holder }) => holder)))];
  const current = await database.read(type, holders);
  const yielded = new Set<string>();
  for (const resolved of await resolvedOf(holders)) {
    const rows = current.get(resolved.documentId);
    if (!rows) continue;
    for (const key of yieldedBy(resolved, rows, onConflict)) yielded.add(`${resolved.documentId} ${key}`);
  }
  const yields = ({ holder, column, key }: HeldKey) => isDeleted(holder) || yielded.has(`${holder} ${column} ${key}`);

  // Who does not get a key does not give up its own either.
  const asking = new Set(waiting.map(({ documentId }) => documentId));
  let served = new Set(asking);
  for (let before = Infinity; served.size < before;) {
    before = served.size;
    const gets = ({ heldKeys }: Asking) =>
      heldKeys.every((held) => yields(held) && (isDeleted(held.holder) || !asking.has(held.holder) || served.has(held.holder)));
    served = new Set(waiting.filter((each) => served.has(each.documentId) && gets(each)).map(({ documentId }) => documentId));
  }
  return { served, yields };
};
