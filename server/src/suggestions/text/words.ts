import { fold } from './fold';

/** A word, folded, and where it stands in the text. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

/** Nobody types more; what is longer is data in a text. */
const MAX_LENGTH = 64;
const RUN = /[\p{L}\p{M}\p{N}]+/gu;
/** The parts of a name that is written in one word: 'Open' and 'Telemetry', 'K' and 'Serve'. */
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{N}+/gu;
const HAS_PARTS = /\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}/u;

/** The words of a text, in order. */
export const wordsOf = (text: string): Word[] => {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const folded = fold(run).slice(0, MAX_LENGTH);
    if (folded) words.push({ text: folded, start: index, end: index + run.length });
  }
  return words;
};

/** As wordsOf, and the parts of names that are written in one word: who types 'telemetry' may mean 'OpenTelemetry'. */
export const wordsAndParts = (text: string): Word[] =>
  wordsOf(text).flatMap((word) => {
    const written = text.slice(word.start, word.end);
    if (!HAS_PARTS.test(written)) return [word];
    const parts = [...written.matchAll(PART)].map(({ 0: part, index }) => ({
      text: fold(part),
      start: word.start + index,
      end: word.start + index + part.length,
    }));
    return [word, ...parts.filter(({ text: part }) => part.length > 1)];
  });
