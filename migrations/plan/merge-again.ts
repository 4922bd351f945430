import { sameJson } from '../source/json';
import { asReadOf, onConflictOf, type MergeOptions } from './compare';
import type { CurrentRecord } from './database';
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

/**
 * Merges an update once more, into rows that somebody may have saved or published since it was planned. Where nobody did it comes to the same.
 * An answer that was given for one conflict is none for another value: there the editor's stays.
 *
 * @param current the rows as they are when they are about to be written
 * @returns what is to be written, and the conflicts that the plan does not know of
 */
export const mergeAgain = (
  update: Update,
  current: CurrentRecord,
  { onConflict, ...html }: MergeOptions,
): { operation: Update | Touch; conflicts: Conflict[] } => {
  const { draft, published, publication, altTexts, timestamps, ...planned } = update;
  const { type, documentId, ledger } = planned;
  const [base, file] = [emptyState(), emptyState()];
  for (const change of [...draft, ...published]) {
    const conflict = planned.conflicts.find(isOf(change));
    // Without a conflict the file's value is written over what the last import put there.
    assignField(base, { ...emptyState(), [change.kind]: { [change.attribute]: conflict ? conflict.base : change.before } }, change);
    assignField(file, { ...emptyState(), [change.kind]: { [change.attribute]: change.after } }, change);
  }
  const always = onConflictOf(onConflict, type, documentId);
  const taken = (field: Field) => (typeof onConflict === 'string' || isAsPlanned(update, current, field) ? always(field) : 'keep');
  const merged = merge(base, file, current, taken, asReadOf(type, html));

  const conflicts = [...planned.conflicts.filter((conflict) => conflict.taken === 'keep'), ...merged.conflicts];
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
      },
      hash: conflicts.some((conflict) => conflict.taken === 'keep') ? '' : ledger.hash,
    },
  };
  const isDone = publication !== null && (publication === 'publish') === (current.published !== null);
  const changes = { draft: merged.draft, published: merged.published, publication: isDone ? null : publication };
  const isWritten = changes.draft.length > 0 || changes.published.length > 0 || changes.publication !== null || altTexts !== undefined;
  return {
    operation: isWritten ? { ...next, action: 'update', ...changes, ...(altTexts ? { altTexts } : {}), timestamps } : next,
    conflicts: merged.conflicts.filter((conflict) => !planned.conflicts.some((known) => sameJson(known, conflict))),
  };
};
