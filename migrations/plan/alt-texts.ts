import type { Base } from './ledger';
import type { AltTextChange, Conflict } from './operation';

/** What a conflict about the alternative text of an attribute's picture is called. */
export const altTextOf = (attribute: string): string => `${attribute}.alt`;
const ALT_TEXT = /^(.+)\.alt$/;

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

/** Assets as the last import knew them where the file's own are not taken, so that they are looked at again. */
export const keptAssets = (assets: Base['assets'], known: Base['assets'], conflicts: readonly Conflict[]): Base['assets'] => {
  const all = { ...assets };
  for (const { kind, attribute, taken } of conflicts) {
    if (taken !== 'keep') continue;
    if (kind === 'media') {
      if (known[attribute]) all[attribute] = known[attribute];
      else delete all[attribute];
    }
    const described = ALT_TEXT.exec(attribute)?.[1];
    if (kind === 'values' && described && all[described]) {
      const { href, sha256 } = all[described];
      const alternativeText = known[described]?.alternativeText;
      all[described] = { href, sha256, ...(alternativeText === undefined ? {} : { alternativeText }) };
    }
  }
  return all;
};

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
