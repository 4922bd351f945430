import { wordsAndParts } from '../text/words';
import { withinDistance } from './distance';
import { errorsIn, type Read } from './match-words';

export type Range = [start: number, end: number];

const merged = (ranges: Range[]): Range[] => {
  const sorted = ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const kept: Range[] = [];
  for (const [start, end] of sorted) {
    const last = kept.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else kept.push([start, end]);
  }
  return kept;
};

/** Where the words of a search stand in texts. */
export const marker = (words: readonly Read[]): ((text: string | null, from?: number) => Range[]) => {
  const readings = words.map(({ word, ways }) => ({ word, ways, errors: errorsIn(word), check: withinDistance(word, errorsIn(word)) }));

  return (text, from = 0) => {
    if (!text || readings.length === 0) return [];
    const ranges: Range[] = [];
    for (const { text: own, start, end } of wordsAndParts(text.slice(from))) {
      // Where folding changed the length, part of a word cannot be told: 'ﬁ' is one letter and becomes two.
      const isPlain = own.length === end - start;
      const range = (at: number, length: number): Range =>
        isPlain ? [from + start + at, from + start + at + length] : [from + start, from + end];
      for (const { word, ways, errors, check } of readings) {
        const at = own.indexOf(word);
        if (at === 0 && ways.includes('beginning')) ranges.push(range(0, word.length));
        else if (at > 0 && ways.includes('inside')) ranges.push(range(at, word.length));
        else if (errors > 0 && ways.includes('misspelt')) {
          const { distance, beginning } = check(own);
          if (distance !== undefined || (beginning !== undefined && word.length > 4)) ranges.push(range(0, own.length));
        }
      }
    }
    return merged(ranges);
  };
};
