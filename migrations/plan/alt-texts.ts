import type { AltTextChange, Conflict } from './operation';

/** The alternative text of a picture that the media library has, where a file says another one than at its last import. */
export interface AltText {
  attribute: string;
  /** The picture's documentId. */
  documentId: string;
  base: string | null;
  file: string | null;
}

/**
 * Merges alternative texts as fields are merged: who looked after the picture in the media library since is asked, or keeps what they wrote.
 *
 * @param current what the media library says; a picture that is not in it is left alone
 */
export const mergeAltTexts = (
  found: readonly AltText[],
  current: ReadonlyMap<string, string | null>,
  decide: (of: { attribute: string }) => Conflict['taken'],
): { changes: AltTextChange[]; conflicts: Conflict[]; kept: AltText[] } => {
  const changes: AltTextChange[] = [];
  const conflicts: Conflict[] = [];
  const kept: AltText[] = [];
  for (const each of found) {
    const { attribute, documentId, base, file } = each;
    const there = current.get(documentId);
    if (there === undefined || there === file) continue;
    if (there !== base) {
      const named = { attribute: `${attribute}.alt` };
      const taken = decide(named);
      conflicts.push({ kind: 'values', ...named, base, file, current: there, taken });
      if (taken === 'keep') {
        kept.push(each);
        continue;
      }
    }
    changes.push({ attribute, documentId, before: there, after: file });
  }
  return { changes, conflicts, kept };
};
