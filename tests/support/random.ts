/** Numbers that look random and are the same on every run: what fails once fails again. */
export interface Random {
  /** From 0 up to and without `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Up to `most` of the items, in an order of their own. */
  some<T>(items: readonly T[], most: number): T[];
}

/** @param seed a whole number; the same one gives the same sequence (mulberry32) */
export const randomFrom = (seed: number): Random => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)]!,
    some: (items, most) => {
      const left = [...items];
      return Array.from({ length: below(most + 1) }, () => left.splice(below(left.length), 1)[0]!);
    },
  };
};
