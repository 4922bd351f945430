/** The places of a longest rising subsequence: what may stay where it is while everything else moves around it. */
export const longestRising = (numbers: number[]): Set<number> => {
  /** ends[length] is the place of the smallest number that ends a rising subsequence of that length, less one. */
  const ends: number[] = [];
  const before = numbers.map((number, place) => {
    let length = ends.findIndex((end) => numbers[end]! >= number);
    if (length === -1) length = ends.length;
    ends[length] = place;
    return ends[length - 1];
  });
  const kept = new Set<number>();
  for (let place = ends.at(-1); place !== undefined; place = before[place]) kept.add(place);
  return kept;
};
