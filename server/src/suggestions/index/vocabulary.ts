import { withinDistance } from './distance';

const SEPARATOR = '\n';
/** Unsorted newcomers: looked through one by one, so there must be few. */
const MAX_NEW = 512;

interface Similar {
  number: number;
  distance: number;
  /** False where only a beginning of the term is so near. */
  isWhole: boolean;
}

/** All terms of an index, by number, and the ways in which a typed word can mean one of them. */
export class Vocabulary {
  private readonly numbers = new Map<string, number>();
  private readonly terms: string[] = [];
  /** Numbers of terms in alphabetical order, and the terms in one text in that order with the place of each. */
  private sorted: number[] = [];
  private joined = '';
  private places = new Int32Array(0);
  private sortedUpTo = 0;

  get size(): number {
    return this.terms.length;
  }

  /** The number of a term that may be new. */
  numberOf(term: string): number {
    const known = this.numbers.get(term);
    if (known !== undefined) return known;
    const number = this.terms.push(term) - 1;
    this.numbers.set(term, number);
    return number;
  }

  /** The number of a term, where it is there. */
  find(term: string): number | undefined {
    return this.numbers.get(term);
  }

  term(number: number): string {
    return this.terms[number]!;
  }

  /** Terms that begin with the word. */
  startingWith(word: string): number[] {
    this.sort();
    const found: number[] = [];
    for (let at = this.firstAtLeast(word); at < this.sorted.length && this.terms[this.sorted[at]!]!.startsWith(word); at += 1) {
      found.push(this.sorted[at]!);
    }
    return [...found, ...this.newcomers((term) => term.startsWith(word))];
  }

  /** Terms that have the word in them, not at their beginning. */
  containing(word: string): number[] {
    this.sort();
    const found: number[] = [];
    let place = 0;
    for (let hit = this.joined.indexOf(word); hit >= 0; hit = this.joined.indexOf(word, this.places[place + 1] ?? this.joined.length)) {
      place = this.placeOf(hit);
      if (hit > this.places[place]! || this.term(this.sorted[place]!).indexOf(word, 1) > 0) found.push(this.sorted[place]!);
    }
    return [...found, ...this.newcomers((term) => term.indexOf(word, 1) > 0)];
  }

  /** Terms that differ from the word by at most so many letters, or begin so: one missing, too many, wrong, or two exchanged. */
  similarTo(word: string, most: number): Similar[] {
    this.sort();
    const found: Similar[] = [];
    const check = withinDistance(word, most);
    const look = (number: number): number => {
      const { distance, beginning, deadPrefix } = check(this.terms[number]!);
      if (distance !== undefined) found.push({ number, distance, isWhole: true });
      else if (beginning !== undefined) found.push({ number, distance: beginning, isWhole: false });
      return deadPrefix;
    };
    for (let at = 0; at < this.sorted.length;) {
      const number = this.sorted[at]!;
      const dead = look(number);
      // All terms with a beginning from which no way leads to the word stand in a row.
      at = dead > 0 ? this.firstAtLeast(after(this.terms[number]!.slice(0, dead)), at + 1) : at + 1;
    }
    for (const number of this.newcomers(() => true)) look(number);
    return found;
  }

  private newcomers(isWanted: (term: string) => boolean): number[] {
    const found: number[] = [];
    for (let number = this.sortedUpTo; number < this.terms.length; number += 1) if (isWanted(this.terms[number]!)) found.push(number);
    return found;
  }

  private sort(): void {
    if (this.terms.length - this.sortedUpTo <= MAX_NEW && this.sortedUpTo > 0) return;
    if (this.terms.length === this.sortedUpTo) return;
    const compare = (a: number, b: number) => (this.terms[a]! < this.terms[b]! ? -1 : 1);
    const fresh = Array.from({ length: this.terms.length - this.sortedUpTo }, (_, index) => this.sortedUpTo + index).sort(compare);
    const merged: number[] = [];
    let at = 0;
    for (const number of this.sorted) {
      while (at < fresh.length && compare(fresh[at]!, number) < 0) merged.push(fresh[at++]!);
      merged.push(number);
    }
    while (at < fresh.length) merged.push(fresh[at++]!);
    this.sorted = merged;
    this.sortedUpTo = this.terms.length;
    this.places = new Int32Array(merged.length);
    let length = 0;
    for (const [index, number] of merged.entries()) {
      this.places[index] = length;
      length += this.terms[number]!.length + 1;
    }
    this.joined = merged.map((number) => this.terms[number]!).join(SEPARATOR);
  }

  /** The first place whose term does not stand before the word. */
  private firstAtLeast(word: string, from = 0): number {
    let low = from;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.terms[this.sorted[middle]!]! < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private placeOf(position: number): number {
    let low = 0;
    let high = this.places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.places[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** What stands behind everything that begins with a text. */
const after = (beginning: string): string => beginning.slice(0, -1) + String.fromCharCode(beginning.charCodeAt(beginning.length - 1) + 1);
