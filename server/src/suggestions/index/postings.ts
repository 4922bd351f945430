const FIRST_BLOCK = 4;
const LARGEST_BLOCK = 4_096;
/** The lower bits of an entry hold what is known of the term in the document. */
const VALUE_BITS = 8;
export const VALUE_MASK = (1 << VALUE_BITS) - 1;
const MAX_DOCUMENTS = 2 ** (32 - VALUE_BITS);

const grown = <T extends Uint32Array | Int32Array>(array: T, needed: number, kind: new (length: number) => T): T => {
  if (needed <= array.length) return array;
  const larger = new kind(Math.max(needed, Math.ceil(array.length * 1.5)));
  larger.set(array);
  return larger;
};

/**
 * Which documents have a term, and a byte of what is known of it there. All lists live in one array of numbers, in blocks that double in
 * size and are chained: a list for itself for each of 100,000 terms would take several times the memory.
 */
export class Postings {
  private pool = new Uint32Array(1 << 12);
  private used = 0;
  private first = new Int32Array(1 << 8).fill(-1);
  private last = new Int32Array(1 << 8).fill(-1);
  /** Of each term's last block: entries in it. */
  private filled = new Int32Array(1 << 8);
  private counts = new Int32Array(1 << 8);

  /** Documents that have the term, removed ones included. */
  count(term: number): number {
    return term < this.counts.length ? this.counts[term]! : 0;
  }

  get bytes(): number {
    return this.pool.byteLength + this.first.byteLength * 4;
  }

  add(term: number, document: number, value: number): void {
    if (document >= MAX_DOCUMENTS) throw new RangeError(`The index of the suggestions holds no more than ${MAX_DOCUMENTS} entries`);
    this.makeRoom(term);
    let block = this.last[term]!;
    if (block < 0 || this.filled[term] === this.pool[block]) {
      const size = block < 0 ? FIRST_BLOCK : Math.min(this.pool[block]! * 2, LARGEST_BLOCK);
      const next = this.used;
      // A block is its size, the place of the next one, and its entries.
      this.used += size + 2;
      this.pool = grown(this.pool, this.used, Uint32Array);
      this.pool[next] = size;
      this.pool[next + 1] = 0;
      if (block < 0) this.first[term] = next;
      else this.pool[block + 1] = next;
      this.last[term] = block = next;
      this.filled[term] = 0;
    }
    this.pool[block + 2 + this.filled[term]!] = ((document << VALUE_BITS) | value) >>> 0;
    this.filled[term]! += 1;
    this.counts[term]! += 1;
  }

  /** Calls back for each document of a term, in the order in which they came. */
  each(term: number, visit: (document: number, value: number) => void): void {
    if (term >= this.first.length) return;
    const { pool } = this;
    const last = this.last[term]!;
    for (let block = this.first[term]!; block >= 0; block = block === last ? -1 : pool[block + 1]!) {
      const end = block + 2 + (block === last ? this.filled[term]! : pool[block]!);
      for (let at = block + 2; at < end; at += 1) visit(pool[at]! >>> VALUE_BITS, pool[at]! & VALUE_MASK);
    }
  }

  /** The same lists without removed documents. @param places of each document its new number, or -1 */
  compact(places: Int32Array): Postings {
    const kept = new Postings();
    for (let term = 0; term < this.first.length; term += 1) {
      this.each(term, (document, value) => {
        if (places[document]! >= 0) kept.add(term, places[document]!, value);
      });
    }
    return kept;
  }

  private makeRoom(term: number): void {
    const before = this.first.length;
    if (term < before) return;
    this.first = grown(this.first, term + 1, Int32Array).fill(-1, before);
    this.last = grown(this.last, term + 1, Int32Array).fill(-1, before);
    this.filled = grown(this.filled, term + 1, Int32Array);
    this.counts = grown(this.counts, term + 1, Int32Array);
  }
}
