/** A stretch of a text. */
export interface Range {
  start: number;
  end: number;
}

/** Finds the one of many ranges that holds a place; they are in their order, and none overlaps another. */
export const rangeAt = (ranges: readonly Range[], place: number): Range | undefined => {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.end <= place) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range && range.start <= place ? range : undefined;
};

/** What is in both of two lists of ranges, each in order and none overlapping another of its list. */
export const overlap = (some: readonly Range[], others: readonly Range[]): Range[] => {
  const both: Range[] = [];
  for (let [a, b] = [0, 0]; a < some.length && b < others.length;) {
    const [one, other] = [some[a]!, others[b]!];
    const shared = { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
    if (shared.start < shared.end) both.push(shared);
    if (one.end < other.end) a += 1;
    else b += 1;
  }
  return both;
};
