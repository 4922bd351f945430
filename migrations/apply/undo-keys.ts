import type { Knex } from 'knex';

import { UIDS, type ContentType } from '../../content-types';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import type { Host } from './host';
import type { Change, Image } from './journal';
import { selectWhereIn } from './select';

/** One record's way back: what it is now, and what is to be done about it. */
export interface Step {
  change: Change;
  now: Image | undefined;
}

export const ROWS = ['draft', 'published'] as const;

/** A unique key that would come back with a record, and the entry that has it. */
export interface TakenKey {
  column: string;
  key: string;
  holder: string;
}

const keysOf = (type: ContentType, image: Image | null | undefined): { column: string; key: string }[] =>
  ROWS.flatMap((which) => {
    const row = image?.[which];
    return row ? Object.entries(uniqueKeys(type, row.values, which)).flatMap(([column, key]) => (key === null ? [] : { column, key })) : [];
  });

const has = (type: ContentType, image: Image | null | undefined, wanted: { column: string; key: string }): boolean =>
  keysOf(type, image).some(({ column, key }) => column === wanted.column && key === wanted.key);

/** The keys that a record had before a run and has not any more, where the run is why. */
const comingBack = (type: ContentType, { change: { action, before, after }, now }: Step): { column: string; key: string }[] => {
  if (action === 'remove') return now?.draft ? [] : keysOf(type, before);
  if (action !== 'update' || !now?.draft) return [];
  return keysOf(type, before).filter((each) => !has(type, after, each) && !has(type, now, each));
};

/** Of records that are to be as they were, those that would get a slug, name or id which another entry has now. */
export const findHeld = async (host: Host, trx: Knex, type: ContentType, steps: readonly Step[]): Promise<Map<string, TakenKey[]>> => {
  const { table, columns } = host.tables(UIDS[type]);
  const held = new Map<string, TakenKey[]>();
  const wanted = steps.flatMap((step) => comingBack(type, step).map((each) => ({ ...each, documentId: step.change.documentId })));
  for (const { column } of uniqueColumns(type)) {
    const name = columns[column]!;
    const own = wanted.filter((each) => each.column === column);
    const rows = await selectWhereIn(
      trx,
      table,
      name,
      own.map(({ key }) => key),
      [name, columns.documentId!],
    );
    const holders = new Map(rows.map((row) => [row[name] as string, row[columns.documentId!] as string]));
    for (const { key, documentId } of own) {
      const holder = holders.get(key);
      if (holder !== undefined && holder !== documentId) held.set(documentId, [...(held.get(documentId) ?? []), { column, key, holder }]);
    }
  }
  return held;
};

/**
 * Of records that wait for unique keys, finds those that do not get them back: the entry that has one is not among those that give theirs up.
 *
 * @returns the attributes that they do not get back, by documentId
 */
export const findTaken = (
  type: ContentType,
  steps: readonly Step[],
  held: ReadonlyMap<string, readonly TakenKey[]>,
): Map<string, Set<string>> => {
  const taken = new Map<string, Set<string>>();
  const byDocument = new Map(steps.map((step) => [step.change.documentId, step]));
  const ofColumn = new Map(uniqueColumns(type).map(({ column, of }) => [column, of]));
  /** The run gave the key to the entry, which goes back to another one, and nobody is in its way. */
  const givesBack = ({ holder, ...key }: TakenKey) => {
    const { change } = byDocument.get(holder) ?? {};
    return change?.action === 'update' && !taken.has(holder) && has(type, change.after, key) && !has(type, change.before, key);
  };
  for (let known = -1; taken.size > known;) {
    known = taken.size;
    for (const [documentId, keys] of held) {
      const lost = keys.filter((each) => !givesBack(each));
      if (lost.length > 0) taken.set(documentId, new Set(lost.flatMap(({ column }) => ofColumn.get(column)!)));
    }
  }
  return taken;
};
