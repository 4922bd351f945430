const { imul } = Math;

const WORDS = 4;
const SMALLEST = 1 << 10;

/**
 * A map from texts to numbers that does not keep the texts: a digest of sixteen bytes stands for each, outside of the heap. Of a hundred
 * thousand records it takes four megabytes, where a Map of their keys takes twenty.
 */
export class KeyTable {
  private slots = SMALLEST;
  private keys = new Uint32Array(SMALLEST * WORDS);
  /** One more than the number; 0 in a slot that is free. */
  private numbers = new Uint32Array(SMALLEST);
  private size = 0;
  private readonly words = new Uint32Array(WORDS);

  get(text: string): number | undefined {
    if (this.size === 0) return undefined;
    digest(text, this.words);
    const number = this.numbers[this.slotOf(this.words)]!;
    return number === 0 ? undefined : number - 1;
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  set(text: string, number: number): void {
    if (this.size * 2 >= this.slots) this.grow();
    digest(text, this.words);
    this.put(this.words, number + 1);
  }

  /** The slot that holds a digest, or the free one that it would get. */
  private slotOf(words: Uint32Array): number {
    const { keys, numbers } = this;
    let slot = words[0]! & (this.slots - 1);
    for (; numbers[slot] !== 0; slot = (slot + 1) & (this.slots - 1)) {
      const at = slot * WORDS;
      if (keys[at] === words[0] && keys[at + 1] === words[1] && keys[at + 2] === words[2] && keys[at + 3] === words[3]) break;
    }
    return slot;
  }

  private put(words: Uint32Array, number: number): void {
    const slot = this.slotOf(words);
    if (this.numbers[slot] === 0) this.size += 1;
    // Word by word: to set four at once takes several times as long.
    for (let word = 0; word < WORDS; word += 1) this.keys[slot * WORDS + word] = words[word]!;
    this.numbers[slot] = number;
  }

  private grow(): void {
    const { keys, numbers, slots } = this;
    this.slots = slots * 2;
    this.keys = new Uint32Array(this.slots * WORDS);
    this.numbers = new Uint32Array(this.slots);
    this.size = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      if (numbers[slot] !== 0) this.put(keys.subarray(slot * WORDS, (slot + 1) * WORDS), numbers[slot]!);
    }
  }
}

const turn = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

const settle = (word: number): number => {
  const mixed = imul(word ^ (word >>> 16), 0x7feb352d);
  const again = imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return again ^ (again >>> 16);
};

/**
 * Four sums of a text, each mixed in its own way. A cryptographic digest of so short a text takes ten times as long, and nobody gains by two
 * keys that are the same: the second file is refused.
 */
const digest = (text: string, words: Uint32Array): void => {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, text.length];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = imul(turn(a ^ code, 5), 0x85ebca6b) + d;
    b = imul(turn(b + code, 11), 0xc2b2ae35) ^ a;
    c = imul(turn(c ^ code, 17), 0x27d4eb2f) + b;
    d = imul(turn(d + code, 23), 0x165667b1) ^ c;
  }
  words[0] = settle(a ^ d);
  words[1] = settle(b + a);
  words[2] = settle(c ^ b);
  words[3] = settle(d + c);
};
