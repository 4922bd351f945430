import { stem } from './stem';
import { isStopWord } from './stop-words';
import { wordsOf } from './words';

/** How often each term of a text stands in it: stems, without words that say nothing. */
export type Terms = Map<string, number>;

/**
 * Counts the terms of a text.
 *
 * @param into counts that are added to
 * @param most words that are looked at: what a long text is about, its beginning says
 */
export const countTerms = (text: string, into: Terms = new Map(), weight = 1, most = Infinity): Terms => {
  let seen = 0;
  for (const { text: word } of wordsOf(text)) {
    if (word.length < 2 || isStopWord(word)) continue;
    if ((seen += 1) > most) break;
    const term = stem(word);
    into.set(term, (into.get(term) ?? 0) + weight);
  }
  return into;
};
