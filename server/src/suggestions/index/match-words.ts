import { wordsOf } from '../text/words';
import { isStopWord } from '../text/stop-words';
import { IN, type Catalogue } from './catalogue';
import { withinDistance } from './distance';
import type { Topics } from './topics';

/** In which ways a typed word may meet a word that stands somewhere, the strictest first. */
const WAYS = ['beginning', 'inside', 'misspelt'] as const;
export type Way = (typeof WAYS)[number];

/** A typed word, and how it was read. */
export interface Read {
  word: string;
  ways: readonly Way[];
}

export interface Matches {
  /** Numbers of the offerings that have all words. */
  numbers: number[];
  /** Of each offering, by its number. */
  scores: Float32Array;
  words: Read[];
}

/** What of an offering a search may look at. */
export interface Fields {
  name: boolean;
  summary: boolean;
  permalink: boolean;
  offeringId: boolean;
  topics: boolean;
}

const WEIGHTS = { name: 4, topics: 2, permalink: 1.5, summary: 1, offeringId: 4 } as const;
const QUALITY = { exact: 1, beginning: 0.7, inside: 0.4, misspelt: 0.3 } as const;

/** A word of up to so many letters is too short to have a part of it meant. */
const SHORTEST_INSIDE = 3;

/** How many letters of a word may be wrong. */
export const errorsIn = (word: string): number => (word.length < 4 || /^\p{N}+$/u.test(word) ? 0 : word.length < 8 ? 1 : 2);

/** The beginning of a longer word that somebody is still typing, with a letter wrong. */
const mayBeBeginning = (word: string) => word.length > 4;

/** The words of a search. Words that say nothing need not be found, but for the last one: it may be a beginning. */
export const queryWords = (query: string): string[] => {
  const words = [...new Set(wordsOf(query).map(({ text }) => text))];
  return words.filter((word, index) => index === words.length - 1 || !isStopWord(word));
};

/** Finds the offerings that have all words of a search, in any order, in any field that may be looked at. */
export const matchWords = (catalogue: Catalogue, topics: Topics, words: readonly string[], fields: Fields): Matches => {
  const { places } = catalogue;
  const bits = (Object.keys(IN) as (keyof typeof IN)[]).reduce((sum, field) => sum | (fields[field] ? IN[field] : 0), 0);
  /** The best weight of any set of fields. */
  const weightOf = Float32Array.from({ length: 16 }, (_, set) =>
    Math.max(0, ...(Object.keys(IN) as (keyof typeof IN)[]).map((field) => (set & bits & IN[field] ? WEIGHTS[field] : 0))),
  );

  const matchWord = (word: string, ways: readonly Way[]): { best: Float32Array; found: number[] } => {
    const best = new Float32Array(places);
    const found: number[] = [];
    const take = (number: number, score: number) => {
      if (score <= best[number]! || !catalogue.row(number)) return;
      if (best[number] === 0) found.push(number);
      best[number] = score;
    };
    const takeTerm = (term: number, quality: number) => {
      catalogue.inFields.each(term, (number, set) => {
        const weight = weightOf[set]! * quality;
        if (weight > 0) take(number, weight);
      });
    };

    if (ways.includes('beginning')) {
      for (const term of catalogue.words.startingWith(word)) {
        takeTerm(term, catalogue.words.term(term).length === word.length ? QUALITY.exact : QUALITY.beginning);
      }
    }
    if (ways.includes('inside') && word.length >= SHORTEST_INSIDE) {
      for (const term of catalogue.words.containing(word)) takeTerm(term, QUALITY.inside);
    }
    const errors = errorsIn(word);
    if (ways.includes('misspelt') && errors > 0) {
      for (const { number, distance, isWhole } of catalogue.words.similarTo(word, errors)) {
        if (isWhole || mayBeBeginning(word)) takeTerm(number, QUALITY.misspelt / (isWhole ? distance + 1 : distance + 2));
      }
    }
    if (fields.topics) {
      const check = withinDistance(word, errors);
      for (const { id } of topics.all()) {
        const quality = Math.max(0, ...topics.wordsOf(id).map((own) => qualityOf(word, own, ways, check)));
        if (quality === 0) continue;
        catalogue.ofTopic.each(topics.numberOf(id), (number) => take(number, WEIGHTS.topics * quality));
      }
    }
    return { best, found };
  };

  const matchAll = (readings: readonly (readonly Way[])[] | undefined): Matches => {
    let numbers: number[] | undefined;
    const scores = new Float32Array(places);
    const read: Read[] = [];
    for (const [index, word] of words.entries()) {
      let matched: ReturnType<typeof matchWord> | undefined;
      let ways = readings?.[index];
      if (ways) matched = matchWord(word, ways);
      else {
        // The next way only where a stricter one finds nothing: 'care' does not mean 'core' where something is called 'care'.
        for (const way of WAYS) {
          ways = [way];
          matched = matchWord(word, ways);
          if (matched.found.length > 0) break;
        }
      }
      const { best, found } = matched!;
      read.push({ word, ways: ways! });
      numbers = numbers ? numbers.filter((number) => best[number]! > 0) : found;
      const rarity = Math.log(2 + catalogue.size / (1 + found.length));
      for (const number of numbers) scores[number]! += best[number]! * rarity;
    }
    return { numbers: numbers ?? [], scores, words: read };
  };

  const strict = matchAll(undefined);
  if (strict.numbers.length > 0 || words.length < 2) return strict;
  // Each word is there, but nowhere together: one of them may be a misspelt other one.
  return matchAll(words.map(() => WAYS));
};

const qualityOf = (word: string, own: string, ways: readonly Way[], check: ReturnType<typeof withinDistance>): number => {
  if (ways.includes('beginning') && own.startsWith(word)) return own.length === word.length ? QUALITY.exact : QUALITY.beginning;
  if (ways.includes('inside') && word.length >= SHORTEST_INSIDE && own.includes(word)) return QUALITY.inside;
  if (!ways.includes('misspelt') || errorsIn(word) === 0) return 0;
  const { distance, beginning } = check(own);
  if (distance !== undefined) return QUALITY.misspelt / (distance + 1);
  return beginning !== undefined && mayBeBeginning(word) ? QUALITY.misspelt / (beginning + 2) : 0;
};
