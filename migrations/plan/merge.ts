import type { CurrentRecord } from './database';
import type { Base } from './ledger';
import type { Conflict, FieldChange } from './operation';
import { assignField, fieldsOf, sameField, valueOf, type Field, type State } from './state';

export interface Merge {
  draft: FieldChange[];
  published: FieldChange[];
  conflicts: Conflict[];
  /** What the next import compares with: the file's values, but the old ones where a conflict stays open. */
  base: State;
}

/** What a text would be had it come from a file. An editor's text of which a file says all that files may say is no other text. */
type AsRead = (field: Field, text: string) => string;

/**
 * Whose change a difference is. Only the file changed: write. Only the editor changed: keep. Both changed to one value: keep. Both changed
 * to different values: a conflict.
 */
const decide = (base: State, file: State, current: State, field: Field, asRead: AsRead): 'keep' | 'write' | 'conflict' => {
  if (sameField(file, base, field) || sameField(file, current, field)) return 'keep';
  if (sameField(current, base, field)) return 'write';
  const value = valueOf(current, field);
  return typeof value === 'string' && asRead(field, value) === valueOf(file, field) ? 'keep' : 'conflict';
};

const change = (current: State, file: State, field: Field): FieldChange => ({
  ...field,
  before: valueOf(current, field),
  after: valueOf(file, field),
});

/**
 * Merges a file into a record, field by field, in the draft row and in the published row: what an editor has saved and not published stays
 * unpublished.
 *
 * @param base what the last import put there; what it does not mention counts as empty
 * @param onConflict whose value stands in the end, asked for each field and what Strapi says there
 */
export const merge = (
  base: Base | State,
  file: State,
  current: CurrentRecord,
  onConflict: (field: Field, current: unknown) => Conflict['taken'],
  asRead: AsRead = (_, text) => text,
): Merge => {
  const rows = [
    { row: current.draft, changes: [] as FieldChange[] },
    ...(current.published ? [{ row: current.published, changes: [] as FieldChange[] }] : []),
  ];
  const conflicts: Conflict[] = [];
  const next: State = { values: { ...base.values }, links: { ...base.links }, media: { ...base.media } };

  for (const field of fieldsOf(file)) {
    // A draft that says something else than what is published is an editor's, and newer than what the file took from the published version.
    const made = rows.map(({ row }) => decide(base, file, row, field, asRead));
    const decisions = made[1] === 'keep' ? made.map(() => 'keep' as const) : made;
    const torn = decisions.indexOf('conflict');
    if (torn >= 0) {
      const values = { base: valueOf(base, field), file: valueOf(file, field), current: valueOf(rows[torn]!.row, field) };
      const taken = onConflict(field, values.current);
      conflicts.push({ ...field, ...values, taken });
      if (taken === 'keep') continue;
    }
    rows.forEach(({ row, changes }, index) => {
      if (decisions[index] !== 'keep') changes.push(change(row, file, field));
    });
    assignField(next, file, field);
  }
  return { draft: rows[0]!.changes, published: rows[1]?.changes ?? [], conflicts, base: next };
};
