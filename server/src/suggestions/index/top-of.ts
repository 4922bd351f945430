/**
 * The first of many in an order, in that order. Sorting all of 50,000 for the first 50 takes ten times as long.
 *
 * @param compare negative where the first comes first
 */
export const topOf = (items: readonly number[], count: number, compare: (a: number, b: number) => number): number[] => {
  if (items.length <= count * 2) return [...items].sort(compare).slice(0, count);
  // A heap with the last of the kept ones on top.
  const heap: number[] = [];
  const sink = (at: number) => {
    for (;;) {
      const left = at * 2 + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && compare(heap[left + 1]!, heap[left]!) > 0 ? left + 1 : left;
      if (compare(heap[child]!, heap[at]!) <= 0) return;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  };
  for (const item of items) {
    if (heap.length < count) {
      heap.push(item);
      if (heap.length === count) for (let at = count >> 1; at >= 0; at -= 1) sink(at);
    } else if (count > 0 && compare(item, heap[0]!) < 0) {
      heap[0] = item;
      sink(0);
    }
  }
  return heap.sort(compare);
};
