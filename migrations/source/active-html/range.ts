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
