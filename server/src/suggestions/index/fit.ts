import type { Terms } from '../text/terms';
import { countTerms } from '../text/terms';
import { frequency, inName, type Catalogue } from './catalogue';
import type { Neighbour, State, Stories } from './stories';
import { topOf } from './top-of';
import type { Topics } from './topics';

/**
 * What each of the five lists is worth. What editors picked for stories like this one says most; that the story's text is about what the
 * offering's is, half as much; that it names the offering, nearly as much; topics and popularity break ties. Between half and twice of each
 * the order of suggestions hardly changes, so they are round numbers.
 */
const WEIGHTS = { picks: 1, text: 0.5, named: 0.4, popular: 0.15, topics: 0.1 } as const;

export type List = keyof typeof WEIGHTS;

const ALL_LISTS = Object.keys(WEIGHTS) as List[];
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);

/** Half of what a list gives is by rank, half by strength: ranks alone forget a landslide, strengths alone let it bury all else. */
const RANK_SHARE = 0.5;
/** How slowly ranks fall: the tenth of a list gets half of what the first gets. */
const RANK_CONSTANT = 10;
/** Of each list, so many get something for their rank. */
const RANKED = 200;

/** BM25's usual constants. */
const K1 = 1.2;
const B = 0.75;

const NEIGHBOURS = 100;
/** A third of how alike two stories are is their topics, the rest their text. */
const TOPIC_SHARE = 0.35;
/** A story twice as alike counts four times. */
const SIMILARITY_POWER = 2;
/** A pick of two years ago counts half: catalogues and habits change. */
const HALF_LIFE = 2 * 365.25 * 24 * 3600 * 1000;
/** A word that stands ten times in a story is not ten times as much what it is about. */
const MOST_REPEATS = 3;
/** Part of an offering's name in the story means little; the whole of it says that the story is about it. */
const NAMED_POWER = 3;

/** What suggestions are looked for by. */
export interface Sought {
  terms: Terms;
  /** Row ids. */
  topics: readonly number[];
  documentId?: string;
  state: State;
  withSummary: boolean;
  withTopics: boolean;
  /** The lists that count; all but in measurements of one alone. */
  lists?: readonly List[];
}

export interface Fit {
  /** Of each offering, by its number in the catalogue: 0 to 1. */
  scores: Float64Array;
  neighbours: Neighbour[];
}

/** Says of every offering how well it fits a story. */
export class Fitter {
  private popularity: { [state in State]?: Map<number, number> } = {};

  constructor(
    private readonly topics: Topics,
    private readonly catalogue: Catalogue,
    private readonly stories: Stories,
  ) {}

  /** Picks changed. */
  forget(): void {
    this.popularity = {};
  }

  /** How rare a topic is among offerings and stories. */
  rarityOfTopic = (topic: number): number => {
    const having = this.catalogue.ofTopic.count(this.topics.numberOf(topic)) + this.stories.countOfTopic(topic);
    return Math.log(1 + (this.catalogue.size + this.stories.size) / (1 + having));
  };

  /** How rare a term is among offerings. */
  rarityOfTerm(term: number): number {
    const having = this.catalogue.frequencies.count(term);
    return Math.log(1 + Math.max(this.catalogue.size - having + 0.5, 0.5) / (having + 0.5));
  }

  fit(sought: Sought): Fit {
    const { lists = ALL_LISTS } = sought;
    const places = this.catalogue.places;
    const neighbours = lists.includes('picks')
      ? this.stories.neighbours(sought, NEIGHBOURS, { topics: TOPIC_SHARE, rarityOf: this.rarityOfTopic })
      : [];
    const { text, named } = this.byText(sought);
    const strengths: Record<List, Float32Array> = {
      picks: this.byPicks(neighbours),
      text,
      named,
      popular: this.byPopularity(sought.state),
      topics: this.byTopics(sought.topics, sought.withTopics),
    };
    const scores = new Float64Array(places);
    for (const list of lists) this.fuse(scores, strengths[list], WEIGHTS[list] / TOTAL);
    return { scores, neighbours };
  }

  private fuse(scores: Float64Array, strengths: Float32Array, weight: number): void {
    const listed: number[] = [];
    let strongest = 0;
    for (let number = 0; number < strengths.length; number += 1) {
      if (strengths[number]! <= 0 || !this.catalogue.row(number)) {
        strengths[number] = 0;
        continue;
      }
      listed.push(number);
      if (strengths[number]! > strongest) strongest = strengths[number]!;
    }
    if (strongest === 0) return;
    for (const number of listed) scores[number]! += (weight * (1 - RANK_SHARE) * strengths[number]!) / strongest;
    let rank = 0;
    let before = Infinity;
    const ranked = topOf(listed, RANKED, (a, b) => strengths[b]! - strengths[a]! || a - b);
    for (const [place, number] of ranked.entries()) {
      // Equals share a rank.
      if (strengths[number]! < before) [rank, before] = [place, strengths[number]!];
      scores[number]! += (weight * RANK_SHARE * (RANK_CONSTANT + 1)) / (RANK_CONSTANT + rank + 1);
    }
  }

  private byPicks(neighbours: readonly Neighbour[]): Float32Array {
    const strengths = new Float32Array(this.catalogue.places);
    const newest = neighbours.reduce((latest, { story }) => Math.max(latest, story.date), 0);
    for (const { story, similarity } of neighbours) {
      const vote = similarity ** SIMILARITY_POWER * 2 ** ((story.date - newest) / HALF_LIFE);
      for (const offering of story.offerings) {
        const number = this.catalogue.numberOfRow(offering);
        if (number !== undefined) strengths[number]! += vote;
      }
    }
    return strengths;
  }

  private byText({ terms, topics, withSummary, withTopics }: Sought): { text: Float32Array; named: Float32Array } {
    const { catalogue } = this;
    const text = new Float32Array(catalogue.places);
    const named = new Float32Array(catalogue.places);
    const average = catalogue.averageLength || 1;
    const query = new Map(terms);
    for (const topic of topics) countTerms(this.topics.get(topic)?.name ?? '', query);
    for (const [term, repeats] of query) {
      const number = catalogue.terms.find(term);
      if (number === undefined) continue;
      const rarity = this.rarityOfTerm(number);
      const weight = Math.sqrt(Math.min(repeats, MOST_REPEATS)) * rarity * (K1 + 1);
      catalogue.frequencies.each(number, (place, value) => {
        const often = frequency(value, withSummary, withTopics);
        if (often === 0) return;
        text[place]! += (weight * often) / (often + K1 * (1 - B + (B * catalogue.lengthOf(place)) / average));
        if (inName(value) > 0) named[place]! += rarity;
      });
    }
    for (let place = 0; place < named.length; place += 1) {
      if (named[place] === 0) continue;
      let whole = 0;
      for (const term of catalogue.nameTermsOf(place)) whole += this.rarityOfTerm(term);
      named[place] = whole > 0 ? Math.min(named[place]! / whole, 1) ** NAMED_POWER : 0;
    }
    return { text, named };
  }

  private byTopics(topics: readonly number[], withTopics: boolean): Float32Array {
    const strengths = new Float32Array(this.catalogue.places);
    if (!withTopics) return strengths;
    for (const topic of topics) {
      const weight = this.rarityOfTopic(topic) ** 2;
      this.catalogue.ofTopic.each(this.topics.numberOf(topic), (place) => {
        strengths[place]! += weight;
      });
    }
    // An offering with every topic shares some with every story: what it shares is measured against what it has.
    for (let place = 0; place < strengths.length; place += 1) {
      if (strengths[place] === 0) continue;
      let own = 0;
      for (const topic of this.catalogue.row(place)?.topics ?? []) own += this.rarityOfTopic(topic) ** 2;
      strengths[place] = own > 0 ? strengths[place]! / Math.sqrt(own) : 0;
    }
    return strengths;
  }

  private byPopularity(state: State): Float32Array {
    const strengths = new Float32Array(this.catalogue.places);
    const popularity = (this.popularity[state] ??= this.countPopularity(state));
    for (const [offering, count] of popularity) {
      const number = this.catalogue.numberOfRow(offering);
      if (number !== undefined) strengths[number] = Math.log(1 + count);
    }
    return strengths;
  }

  private countPopularity(state: State): Map<number, number> {
    let newest = 0;
    for (const { date } of this.stories.all(state)) newest = Math.max(newest, date);
    const popularity = new Map<number, number>();
    for (const { date, offerings } of this.stories.all(state)) {
      const vote = 2 ** ((date - newest) / HALF_LIFE);
      for (const offering of offerings) popularity.set(offering, (popularity.get(offering) ?? 0) + vote);
    }
    return popularity;
  }
}
