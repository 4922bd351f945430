import { sameJson } from '../source/json';
import { altTextOf } from './alt-texts';
import { asReadOf, onConflictOf, type MergeOptions } from './compare';
import type { CurrentRecord } from './database';
import { keptAssets } from './kept-assets';
import type { Base } from './ledger';
import { merge } from './merge';
import type { Conflict, FieldChange, Touch, Update } from './operation';
import { assignField, emptyState, valueOf, type Field } from './state';

const isOf = (field: Field) => (other: Field) => other.kind === field.kind && other.attribute === field.attribute;

/** True where both rows hold in a field what they held when the plan was made. */
const isAsPlanned = ({ draft, published }: Update, current: CurrentRecord, field: Field): boolean => {
  const isAsIn = (changes: readonly FieldChange[], row: CurrentRecord['published']) =>
    changes.filter(isOf(field)).every(({ before }) => row !== null && sameJson(before, valueOf(row, field)));
  return isAsIn(draft, current.draft) && isAsIn(published, current.published);
};

/** What a record's update meets when it is written. */
export interface Since {
  /** The assets that the last import knew of. */
  assets: Base['assets'];
  /** The alternative texts that somebody gave pictures since the plan was made, by the pictures' documentIds. */
  described: ReadonlyMap<string, string | null>;
}

/**
 * Merges an update once more, into rows that somebody may have saved or published since it was planned. Where nobody did it comes to the same.
 * An answer that was given for one conflict is none for another value: there the editor's stays.
 *
 * @param current the rows as they are when they are about to be written
 * @param since what else there is to know of that moment
 * @returns what is to be written, and the conflicts that the plan does not know of
 */
export const mergeAgain = (
  update: Update,
  current: CurrentRecord,
  { onConflict, ...html }: MergeOptions,
  { assets, described }: Since,
): { operation: Update | Touch; conflicts: Conflict[] } => {
  const { draft, published, publication, altTexts: plannedTexts = [], timestamps, ...planned } = update;
  const { type, documentId, ledger } = planned;
  const [base, file] = [emptyState(), emptyState()];
  for (const change of [...draft, ...published]) {
    const conflict = planned.conflicts.find(isOf(change));
    // Without a conflict the file's value is written over what the last import put there.
    assignField(base, { ...emptyState(), [change.kind]: { [change.attribute]: conflict ? conflict.base : change.before } }, change);
    assignField(file, { ...emptyState(), [change.kind]: { [change.attribute]: change.after } }, change);
  }
  const always = onConflictOf(onConflict, type, documentId);
  const taken = (field: Field, value: unknown) =>
    typeof onConflict === 'string' || isAsPlanned(update, current, field) ? always(field, value) : 'keep';
  const merged = merge(base, file, current, taken, asReadOf(type, html));

  const altTexts = plannedTexts.filter(({ documentId: picture }) => !described.has(picture));
  const texts = plannedTexts.flatMap(({ documentId: picture, attribute, before, after }): Conflict[] => {
    const text = described.get(picture);
    return text === undefined
      ? []
      : [{ kind: 'values', attribute: altTextOf(attribute), base: before, file: after, current: text, taken: 'keep' }];
  });
  const conflicts = [...planned.conflicts.filter((conflict) => conflict.taken === 'keep'), ...merged.conflicts, ...texts];
  const next: Touch = {
    ...planned,
    action: 'touch',
    conflicts,
    ledger: {
      ...ledger,
      base: {
        ...ledger.base,
        values: { ...ledger.base.values, ...merged.base.values },
        links: { ...ledger.base.links, ...merged.base.links },
        media: { ...ledger.base.media, ...merged.base.media },
        assets: keptAssets(ledger.base.assets, assets, conflicts),
      },
      hash: conflicts.some((conflict) => conflict.taken === 'keep') ? '' : ledger.hash,
    },
  };
  const isDone = publication !== null && (publication === 'publish') === (current.published !== null);
  const changes = { draft: merged.draft, published: merged.published, publication: isDone ? null : publication };
  const isWritten = changes.draft.length > 0 || changes.published.length > 0 || changes.publication !== null || altTexts.length > 0;
  return {
    operation: isWritten ? { ...next, action: 'update', ...changes, ...(altTexts.length > 0 ? { altTexts } : {}), timestamps } : next,
    conflicts: [...merged.conflicts, ...texts].filter((conflict) => !planned.conflicts.some((known) => sameJson(known, conflict))),
  };
};
