import { slugOfPermalink } from '../../../../content-types/rules/permalink';
import { fold } from '../text/fold';
import { countTerms } from '../text/terms';
import { wordsAndParts } from '../text/words';
import { Postings } from './postings';
import type { OfferingRow } from './rows';
import type { Topics } from './topics';
import { Vocabulary } from './vocabulary';

/** The fields that a word of a search can stand in, as bits. */
export const IN = { name: 1, summary: 2, permalink: 4, offeringId: 8 } as const;

/** How much a term in an offering's name counts, against its summary and its topics. */
const NAME_WEIGHT = 2;
const NAME_BITS = 2;
const SUMMARY_BITS = 4;
const TOPIC_BITS = 2;

/** Share of numbers that may be of offerings that are gone. */
const MOST_GONE = 0.1;

const most = (bits: number) => (1 << bits) - 1;

/** How often a term stands in name, summary and topics, in a byte. */
const packed = (name: number, summary: number, topics: number): number =>
  Math.min(name, most(NAME_BITS)) |
  (Math.min(summary, most(SUMMARY_BITS)) << NAME_BITS) |
  (Math.min(topics, most(TOPIC_BITS)) << (NAME_BITS + SUMMARY_BITS));

/** What a byte says. */
export const inName = (value: number): number => value & most(NAME_BITS);
const inSummary = (value: number): number => (value >> NAME_BITS) & most(SUMMARY_BITS);
const inTopics = (value: number): number => value >> (NAME_BITS + SUMMARY_BITS);

/** How often a term counts for an offering. @param withSummary false for somebody who may not read summaries */
export const frequency = (value: number, withSummary: boolean, withTopics: boolean): number =>
  inName(value) * NAME_WEIGHT + (withSummary ? inSummary(value) : 0) + (withTopics ? inTopics(value) : 0);

/** What a permalink is found by: its path, whatever host and slashes stand around it. */
const permalinkKey = (permalink: string): string =>
  fold(permalink.trim())
    .replace(/^[a-z]+:\/\/[^/]*/, '')
    .replace(/[?#].*$/, '')
    .replace(/^\/+|\/+$/g, '');

/**
 * All offerings, with the words by which they are found and the terms by which they are suggested. Each has a number here, its place in the
 * lists; one that changes gets a new one.
 */
export class Catalogue {
  readonly words = new Vocabulary();
  readonly terms = new Vocabulary();
  /** Of words: the fields in which each stands. */
  inFields = new Postings();
  /** Of terms: how often each stands where. */
  frequencies = new Postings();
  /** Of topics. */
  ofTopic = new Postings();

  private rows: (OfferingRow | undefined)[] = [];
  private nameTerms: number[][] = [];
  private lengths: number[] = [];
  private sortNames: string[] = [];
  private numbers = new Map<number, number>();
  private documentIds = new Map<string, number>();
  private permalinks = new Map<string, number>();
  private totalLength = 0;
  /** Numbers in the order of names, those that came since, and of each number its place. */
  private inOrder: number[] = [];
  private newcomers: number[] = [];
  private nameOrders: Int32Array | undefined;

  constructor(private readonly topics: Topics) {}

  /** How many offerings there are. */
  get size(): number {
    return this.numbers.size;
  }

  /** How many numbers are given out; some of them are of offerings that are gone. */
  get places(): number {
    return this.rows.length;
  }

  get averageLength(): number {
    return this.totalLength / Math.max(this.size, 1);
  }

  row(number: number): OfferingRow | undefined {
    return this.rows[number];
  }

  lengthOf(number: number): number {
    return this.lengths[number]!;
  }

  nameTermsOf(number: number): readonly number[] {
    return this.nameTerms[number]!;
  }

  numberOfRow(id: number): number | undefined {
    return this.numbers.get(id);
  }

  numberOf(documentId: string): number | undefined {
    return this.documentIds.get(documentId);
  }

  numberOfPermalink(permalink: string): number | undefined {
    const key = permalinkKey(permalink);
    return key ? this.permalinks.get(key) : undefined;
  }

  /** A name as it is sorted: 'É' beside 'e'. */
  sortNameOf(number: number): string {
    return this.sortNames[number]!;
  }

  /** Of each number its place in the order of names. */
  nameOrder(): Int32Array {
    if (this.nameOrders) return this.nameOrders;
    const compare = (a: number, b: number) =>
      this.sortNames[a]! < this.sortNames[b]! ? -1 : this.sortNames[a]! > this.sortNames[b]! ? 1 : a - b;
    // Sorting all of them again for one that came would take longer than the search.
    const fresh = this.newcomers.filter((number) => this.rows[number]).sort(compare);
    const merged: number[] = [];
    let at = 0;
    for (const number of this.inOrder) {
      if (!this.rows[number]) continue;
      while (at < fresh.length && compare(fresh[at]!, number) < 0) merged.push(fresh[at++]!);
      merged.push(number);
    }
    while (at < fresh.length) merged.push(fresh[at++]!);
    this.inOrder = merged;
    this.newcomers = [];
    this.nameOrders = new Int32Array(this.places);
    for (const [place, number] of merged.entries()) this.nameOrders[number] = place;
    return this.nameOrders;
  }

  set(row: OfferingRow): void {
    this.remove(row.id);
    const number = this.rows.push(row) - 1;
    this.numbers.set(row.id, number);
    this.documentIds.set(row.documentId, number);
    if (row.permalink) this.permalinks.set(permalinkKey(row.permalink), number);
    this.sortNames[number] = fold(row.name);
    this.addWords(number, row);
    this.addTerms(number, row);
    for (const topic of new Set(row.topics)) this.ofTopic.add(this.topics.numberOf(topic), number, 0);
    this.newcomers.push(number);
    this.nameOrders = undefined;
  }

  remove(id: number): void {
    const number = this.numbers.get(id);
    if (number === undefined) return;
    const row = this.rows[number]!;
    this.rows[number] = undefined;
    this.nameTerms[number] = [];
    this.totalLength -= this.lengths[number]!;
    this.numbers.delete(id);
    if (this.documentIds.get(row.documentId) === number) this.documentIds.delete(row.documentId);
    const key = row.permalink && permalinkKey(row.permalink);
    if (key && this.permalinks.get(key) === number) this.permalinks.delete(key);
    this.nameOrders = undefined;
  }

  /** Row ids of the offerings of a topic. */
  rowsOfTopic(id: number): number[] {
    const found: number[] = [];
    this.ofTopic.each(this.topics.numberOf(id), (number) => {
      const row = this.rows[number];
      if (row) found.push(row.id);
    });
    return found;
  }

  /** Forgets the numbers of offerings that are gone, once they are many: until then they count in how rare a term is. */
  compact(): void {
    const gone = this.places - this.size;
    if (gone <= this.size * MOST_GONE) return;
    const places = new Int32Array(this.places).fill(-1);
    let next = 0;
    for (const [number, row] of this.rows.entries()) if (row) places[number] = next++;
    const kept = <T>(list: readonly T[]): T[] => list.filter((_, number) => places[number]! >= 0);
    const moved = <Key>(map: Map<Key, number>) => new Map([...map].map(([key, number]) => [key, places[number]!]));
    this.inFields = this.inFields.compact(places);
    this.frequencies = this.frequencies.compact(places);
    this.ofTopic = this.ofTopic.compact(places);
    this.numbers = moved(this.numbers);
    this.documentIds = moved(this.documentIds);
    this.permalinks = moved(this.permalinks);
    this.nameTerms = kept(this.nameTerms);
    this.lengths = kept(this.lengths);
    this.sortNames = kept(this.sortNames);
    this.rows = kept(this.rows);
    this.inOrder = this.inOrder.flatMap((number) => (places[number]! < 0 ? [] : [places[number]!]));
    this.newcomers = this.newcomers.flatMap((number) => (places[number]! < 0 ? [] : [places[number]!]));
    this.nameOrders = undefined;
  }

  /** How often each term stands where in an offering. */
  termsOf({ name, summary, topics }: OfferingRow): {
    name: Map<string, number>;
    summary: Map<string, number>;
    topics: Map<string, number>;
  } {
    const names = topics.map((topic) => this.topics.get(topic)?.name ?? '');
    return { name: countTerms(name), summary: countTerms(summary ?? ''), topics: countTerms(names.join(' ')) };
  }

  private addWords(number: number, { name, summary, permalink, offeringId }: OfferingRow): void {
    const fields = new Map<string, number>();
    const add = (text: string, bit: number) => {
      for (const word of wordsAndParts(text)) fields.set(word.text, (fields.get(word.text) ?? 0) | bit);
    };
    add(name, IN.name);
    if (summary) add(summary, IN.summary);
    if (permalink) add(slugOfPermalink(permalink) ?? '', IN.permalink);
    if (offeringId !== null) add(String(offeringId), IN.offeringId);
    for (const [word, bits] of fields) this.inFields.add(this.words.numberOf(word), number, bits);
  }

  private addTerms(number: number, row: OfferingRow): void {
    const { name, summary, topics } = this.termsOf(row);
    let length = 0;
    for (const term of new Set([...name.keys(), ...summary.keys(), ...topics.keys()])) {
      const value = packed(name.get(term) ?? 0, summary.get(term) ?? 0, topics.get(term) ?? 0);
      length += frequency(value, true, true);
      this.frequencies.add(this.terms.numberOf(term), number, value);
    }
    this.nameTerms[number] = [...name.keys()].map((term) => this.terms.numberOf(term));
    this.lengths[number] = length;
    this.totalLength += length;
  }
}
