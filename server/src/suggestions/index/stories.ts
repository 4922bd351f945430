import { plainText } from '../text/plain-text';
import { countTerms, type Terms } from '../text/terms';
import { Postings, VALUE_MASK } from './postings';
import type { StoryRow } from './rows';
import { topOf } from './top-of';
import type { Topics } from './topics';
import { Vocabulary } from './vocabulary';

export type State = 'draft' | 'published';

/** Of a long body, so many words are read: what a story is about, its beginning says. */
const MOST_BODY_WORDS = 600;
/** A title says in a few words what the body says in many. */
const TITLE_WEIGHT = 2;

/** A story's words, of the form or of the database. */
export interface StoryText {
  title?: string | null;
  description?: string | null;
  body?: string | null;
}

export const termsOfStory = ({ title, description, body }: StoryText): Terms => {
  const terms = countTerms(title ?? '', new Map(), TITLE_WEIGHT);
  countTerms(description ?? '', terms);
  return countTerms(plainText(body ?? ''), terms, 1, MOST_BODY_WORDS);
};

interface Entry {
  documentId: string;
  title: string | null;
  date: number;
  /** Row ids. */
  topics: number[];
  offerings: number[];
  /** Two versions that say the same are one entry. */
  isDraft: boolean;
  isPublished: boolean;
  says: string;
}

export interface Neighbour {
  story: Readonly<Entry>;
  similarity: number;
}

/** What neighbours are looked for by. */
interface Sought {
  terms: Terms;
  topics: readonly number[];
  /** The story itself, which is no neighbour. */
  documentId?: string;
  state: State;
}

interface Weights {
  /** Share of the topics in how alike two stories are; the rest is their text. */
  topics: number;
  /** How rare a topic is, by row id. */
  rarityOf: (topic: number) => number;
}

/** Share of entries that may be gone. */
const MOST_GONE = 0.1;

/** The strongest terms of a story; more of them change no order and take longer. */
const MOST_SOUGHT = 64;

/** All stories: what they are about and what was picked for them. */
export class Stories {
  private readonly vocabulary = new Vocabulary();
  private postings = new Postings();
  private ofTopic = new Postings();
  private entries: (Entry | undefined)[] = [];
  private norms = new Float32Array(1 << 8);
  private count = 0;
  /** Entry of each row, and of each document by its two states. */
  private readonly byRow = new Map<number, { number: number; isPublished: boolean }>();
  private readonly byDocument = new Map<string, { draft?: number; published?: number }>();
  private readonly used = { draft: new Map<number, number>(), published: new Map<number, number>() };
  private weighedAt = 0;
  private changesSince = 0;

  constructor(private readonly topics: Topics) {}

  /** How many different versions there are. */
  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.postings.bytes + this.ofTopic.bytes;
  }

  /** How many stories name an offering: in what is published, or for who sees drafts in either version. */
  usedBy(offering: number, state: State): number {
    return this.used[state].get(offering) ?? 0;
  }

  *all(state: State): Iterable<Readonly<Entry>> {
    for (const entry of this.entries) if (entry && (state === 'published' ? entry.isPublished : entry.isDraft)) yield entry;
  }

  /** How many versions have a term. */
  countOfTerm(term: string): number {
    const number = this.vocabulary.find(term);
    return number === undefined ? 0 : this.postings.count(number);
  }

  /** How many versions have a topic. */
  countOfTopic(topic: number): number {
    return this.ofTopic.count(this.topics.numberOf(topic));
  }

  set(row: StoryRow): void {
    this.remove(row.id);
    const terms = termsOfStory(row);
    const says = JSON.stringify([digest(terms), row.title, row.topics, row.offerings]);
    const state: State = row.isPublished ? 'published' : 'draft';
    const own = this.byDocument.get(row.documentId) ?? {};
    const other = row.isPublished ? own.draft : own.published;
    const isSame = other !== undefined && this.entries[other]?.says === says;
    const number = isSame ? other : this.add(row, terms, says);
    const entry = this.entries[number]!;
    if (row.isPublished) entry.isPublished = true;
    else entry.isDraft = true;
    this.byRow.set(row.id, { number, isPublished: row.isPublished });
    this.countUse(row.documentId, () => this.byDocument.set(row.documentId, { ...own, [state]: number }));
  }

  remove(id: number): void {
    const known = this.byRow.get(id);
    if (!known) return;
    const { number, isPublished } = known;
    const entry = this.entries[number]!;
    const state: State = isPublished ? 'published' : 'draft';
    if (isPublished) entry.isPublished = false;
    else entry.isDraft = false;
    this.byRow.delete(id);
    const own = this.byDocument.get(entry.documentId);
    this.countUse(entry.documentId, () => own && delete own[state]);
    if (own && own.draft === undefined && own.published === undefined) this.byDocument.delete(entry.documentId);
    if (!entry.isDraft && !entry.isPublished) {
      this.entries[number] = undefined;
      this.count -= 1;
      this.changesSince += 1;
    }
  }

  /** The stories that are most like one, the most like first. */
  neighbours({ terms, topics, documentId, state }: Sought, most: number, { topics: share, rarityOf }: Weights): Neighbour[] {
    this.weigh();
    const places = this.entries.length;
    const text = new Float32Array(places);
    let length = 0;
    const sought: { number: number; weight: number; rarity: number }[] = [];
    for (const [term, frequency] of terms) {
      const number = this.vocabulary.find(term);
      const rarity = this.rarityOf(number);
      const weight = (1 + Math.log(frequency)) * rarity;
      length += weight * weight;
      if (number !== undefined) sought.push({ number, weight, rarity });
    }
    sought.sort((a, b) => b.weight - a.weight);
    for (const { number, weight, rarity } of sought.slice(0, MOST_SOUGHT)) {
      this.postings.each(number, (place, frequency) => {
        text[place]! += weight * LOGS[frequency]! * rarity;
      });
    }

    const shared = new Float32Array(places);
    let topicLength = 0;
    for (const topic of topics) {
      const weight = rarityOf(topic) ** 2;
      topicLength += weight;
      this.ofTopic.each(this.topics.numberOf(topic), (place) => {
        shared[place]! += weight;
      });
    }

    const alike = new Float32Array(places);
    const found: number[] = [];
    for (let place = 0; place < places; place += 1) {
      if (text[place] === 0 && shared[place] === 0) continue;
      const entry = this.entries[place];
      if (!entry || entry.documentId === documentId || !(state === 'published' ? entry.isPublished : entry.isDraft)) continue;
      const byText = text[place]! / Math.sqrt(length) / (this.norms[place]! || 1);
      let byTopics = 0;
      if (shared[place]! > 0) {
        let own = 0;
        for (const topic of entry.topics) own += rarityOf(topic) ** 2;
        byTopics = shared[place]! / Math.sqrt(topicLength * own);
      }
      alike[place] = share * byTopics + (1 - share) * byText;
      if (alike[place]! > 0) found.push(place);
    }
    return topOf(found, most, (a, b) => alike[b]! - alike[a]! || b - a).map((place) => ({
      story: this.entries[place]!,
      similarity: alike[place]!,
    }));
  }

  /** Forgets versions that are gone, once they are many: until then they count in how rare a term is. */
  compact(): void {
    const gone = this.entries.length - this.count;
    if (gone <= this.count * MOST_GONE) return;
    const places = new Int32Array(this.entries.length).fill(-1);
    let next = 0;
    for (const [number, entry] of this.entries.entries()) if (entry) places[number] = next++;
    this.postings = this.postings.compact(places);
    this.ofTopic = this.ofTopic.compact(places);
    for (const known of this.byRow.values()) known.number = places[known.number]!;
    for (const own of this.byDocument.values()) {
      if (own.draft !== undefined) own.draft = places[own.draft]!;
      if (own.published !== undefined) own.published = places[own.published]!;
    }
    this.entries = this.entries.filter(Boolean);
    this.weighedAt = 0;
  }

  private add({ documentId, title, date, topics, offerings }: StoryRow, terms: Terms, says: string): number {
    const number = this.entries.push({ documentId, title, date, topics, offerings, isDraft: false, isPublished: false, says }) - 1;
    let length = 0;
    for (const [term, frequency] of terms) {
      const termNumber = this.vocabulary.numberOf(term);
      const stored = Math.min(Math.round(frequency), VALUE_MASK);
      this.postings.add(termNumber, number, stored);
      length += (LOGS[stored]! * this.rarityOf(termNumber)) ** 2;
    }
    for (const topic of new Set(topics)) this.ofTopic.add(this.topics.numberOf(topic), number, 0);
    if (number >= this.norms.length) {
      const larger = new Float32Array(this.norms.length * 2);
      larger.set(this.norms);
      this.norms = larger;
    }
    this.norms[number] = Math.sqrt(length);
    this.count += 1;
    this.changesSince += 1;
    return number;
  }

  private namedBy(documentId: string, state: State): Set<number> {
    const { draft, published } = this.byDocument.get(documentId) ?? {};
    const versions = state === 'published' ? [published] : [draft, published];
    return new Set(versions.flatMap((number) => (number === undefined ? [] : (this.entries[number]?.offerings ?? []))));
  }

  /** Counts what a change of a story's versions changes in the use of offerings. */
  private countUse(documentId: string, change: () => unknown): void {
    const states = ['draft', 'published'] as const;
    const before = states.map((state) => this.namedBy(documentId, state));
    change();
    for (const [index, state] of states.entries()) {
      for (const offering of before[index]!) this.used[state].set(offering, this.usedBy(offering, state) - 1);
      for (const offering of this.namedBy(documentId, state)) this.used[state].set(offering, this.usedBy(offering, state) + 1);
    }
  }

  private rarityOf(term: number | undefined): number {
    const having = term === undefined ? 0 : this.postings.count(term);
    return Math.log(1 + Math.max(this.count - having + 0.5, 0.5) / (having + 0.5));
  }

  /** How long a story's vector is depends on how rare its terms are by now. With many stories, a few more change that little. */
  private weigh(): void {
    if (this.weighedAt > 0 && this.changesSince <= (this.weighedAt < 1_000 ? 0 : this.weighedAt / 20)) return;
    const squares = new Float64Array(this.entries.length);
    for (let term = 0; term < this.vocabulary.size; term += 1) {
      const rarity = this.rarityOf(term);
      this.postings.each(term, (place, frequency) => {
        squares[place]! += (LOGS[frequency]! * rarity) ** 2;
      });
    }
    this.norms = Float32Array.from({ length: Math.max(squares.length, 1 << 8) }, (_, place) => Math.sqrt(squares[place] ?? 0));
    this.weighedAt = this.count;
    this.changesSince = 0;
  }
}

/** 1 + ln of each frequency. */
const LOGS = Float32Array.from({ length: VALUE_MASK + 1 }, (_, frequency) => (frequency === 0 ? 0 : 1 + Math.log(frequency)));

/** Tells two texts apart, in a number. */
const digest = (terms: Terms): number => {
  let hash = 0;
  for (const [term, frequency] of terms) {
    for (let at = 0; at < term.length; at += 1) hash = (Math.imul(hash, 31) + term.charCodeAt(at)) | 0;
    hash = (Math.imul(hash, 31) + frequency) | 0;
  }
  return hash;
};
