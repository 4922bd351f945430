import { topOf } from './top-of';

export type PageOf = (start: number, limit: number) => number[];

/**
 * The pages of a list in an order. For the first one its few are looked for; all are sorted, once, when somebody goes on to others.
 *
 * @param compare negative where the first comes first, and zero for no two of them
 */
export const pagesOf = (items: readonly number[], compare: (a: number, b: number) => number): PageOf => {
  let sorted: number[] | undefined;
  return (start, limit) => {
    if (start === 0 && !sorted) return topOf(items, limit, compare);
    sorted ??= [...items].sort(compare);
    return sorted.slice(start, start + limit);
  };
};
