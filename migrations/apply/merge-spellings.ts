import type { Knex } from 'knex';

import type { Merged } from '../plan/database';
import { sameJson } from '../source/json';
import type { Host } from './host';
import { writeJournal, type Change, type Image } from './journal';
import { replaceSpellings, spellingsFor, spellingsOf, type Spelling } from './spellings';

/** The `type` of a change that has to do with known spellings; its documentId is that of the topic that is gone. */
export const SPELLING_TYPE = 'spelling';

interface SpellingImage extends Image {
  spellings: Spelling[];
}

/** In an order of their own, so that two lists of the same spellings are equal. */
const sorted = (spellings: readonly Spelling[]): Spelling[] => [...spellings].sort((a, b) => (a.identity < b.identity ? -1 : 1));

/**
 * Remembers that a topic's names now mean another one, and lets what already meant the first mean the second.
 *
 * @param identities what imports found the topic by
 */
export const rememberSpellings = async (
  host: Host,
  trx: Knex.Transaction,
  run: number,
  { mergedId, mergedName, documentId }: Merged,
  identities: readonly string[],
): Promise<void> => {
  const own = [...new Set(identities)].map((identity): Spelling => ({ identity, mergedId, mergedName, documentId }));
  const earlier = await spellingsFor(host, trx, mergedId);
  // The topic's own names go before what was only taken for it.
  const moved = earlier.filter(({ identity }) => !identities.includes(identity)).map((each) => ({ ...each, documentId }));
  const after = [...own, ...moved];
  const touched = [...new Set([...after, ...earlier].map(({ identity }) => identity))];
  const before = await spellingsOf(host, trx, touched);
  await replaceSpellings(host, trx, touched, after);
  const change = (spellings: readonly Spelling[]): SpellingImage => ({ ledger: null, spellings: sorted(spellings) });
  await writeJournal(host, trx, run, [
    { type: SPELLING_TYPE, documentId: mergedId, action: 'update', before: change(before), after: change(after) },
  ]);
};

/**
 * Takes back what a run did to spellings.
 *
 * @returns the topics whose names came to mean something else since; their spellings are left as they are
 */
export const undoSpellings = async (
  host: Host,
  trx: Knex.Transaction,
  undoId: number,
  changes: readonly Change[],
): Promise<{ documentId: string; name: string }[]> => {
  const left: { documentId: string; name: string }[] = [];
  for (const { documentId, before, after } of changes) {
    const [old, made] = [before as SpellingImage, after as SpellingImage];
    const identities = [...new Set([...old.spellings, ...made.spellings].map(({ identity }) => identity))];
    const now = sorted(await spellingsOf(host, trx, identities));
    if (sameJson(now, made.spellings)) {
      await replaceSpellings(host, trx, identities, old.spellings);
      await writeJournal(host, trx, undoId, [{ type: SPELLING_TYPE, documentId, action: 'update', before: made, after: old }]);
    } else if (!sameJson(now, old.spellings)) {
      left.push({ documentId, name: (made.spellings[0] ?? old.spellings[0])!.mergedName });
    }
  }
  return left;
};
