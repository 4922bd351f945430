/** How many letters have to change, two that changed places being one (Damerau); counting ends where more than `limit` would. */
export const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? before[j - 2]! + 1 : Infinity;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), swapped);
    }
    if (Math.min(...row, ...next) > limit) return limit + 1;
    [before, row] = [row, next];
  }
  return row[b.length]!;
};

/** The candidate that a mistyped word most likely meant. Undefined where none is close: a wild guess sends people astray. */
const closest = (word: string, candidates: Iterable<string>): string | undefined => {
  const typed = word.toLowerCase();
  let best: string | undefined;
  let limit = Math.min(3, Math.max(1, Math.floor(typed.length / 3)));
  for (const candidate of candidates) {
    const found = distance(typed, candidate.toLowerCase(), limit);
    if (found > limit || (best !== undefined && found === limit)) continue;
    best = candidate;
    limit = found;
    if (found === 0) break;
  }
  return best;
};

/** ` Did you mean "title"?`, or nothing: the end of a sentence about a word that nobody knows. */
export const didYouMean = (word: string, candidates: Iterable<string>): string => {
  const guess = closest(word, candidates);
  return guess === undefined ? '' : ` Did you mean "${guess}"?`;
};
