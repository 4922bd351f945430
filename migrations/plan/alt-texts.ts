import type { AltTextChange, Conflict } from './operation';

/** What a conflict about the alternative text of an attribute's picture is called. */
export const altTextOf = (attribute: string): string => `${attribute}.alt`;

/** The alternative text of a picture that the media library has, where a file says another one than at its last import. */
export interface AltText {
  attribute: string;
  /** The picture's documentId. */
  documentId: string;
  base: string | null;
  file: string | null;
}

/** What the media library says of a picture to those who cannot see it, and what the last import put there. */
export interface KnownAltText {
  current: string | null;
  imported: string | null;
}

/**
 * Merges alternative texts as fields are merged: who looked after the picture in the media library since is asked, or keeps what they wrote.
 * Of several files that name one picture, those are left unheard whose text is not the one that was imported.
 *
 * @param known by documentId; a picture that is not in the media library is left alone
 */
export const mergeAltTexts = (
  found: readonly AltText[],
  known: ReadonlyMap<string, KnownAltText>,
  decide: (of: { attribute: string }, current: unknown) => Conflict['taken'],
): { changes: AltTextChange[]; conflicts: Conflict[] } => {
  const changes: AltTextChange[] = [];
  const conflicts: Conflict[] = [];
  for (const { attribute, documentId, base, file } of found) {
    const { current, imported } = known.get(documentId) ?? { current: file, imported: base };
    if (current === file || (imported !== base && current !== base)) continue;
    if (current !== base) {
      const named = { attribute: altTextOf(attribute) };
      const taken = decide(named, current);
      conflicts.push({ kind: 'values', ...named, base, file, current, taken });
      if (taken === 'keep') continue;
    }
    changes.push({ attribute, documentId, before: current, after: file });
  }
  return { changes, conflicts };
};
