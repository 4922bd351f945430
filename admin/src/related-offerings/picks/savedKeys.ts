import { generateNKeysBetween } from 'fractional-indexing';

/** How many saved relations the native field loads at a time, from the last one backwards. */
const NATIVE_PAGE = 5;

/**
 * The keys by which the native field orders saved relations. It numbers its first page upwards, and every page before that downwards, so they
 * follow from the count alone.
 */
export const savedKeys = (count: number): string[] => {
  const last = generateNKeysBetween(null, null, Math.min(count, NATIVE_PAGE));
  return [...generateNKeysBetween(null, last[0] ?? null, count - last.length), ...last];
};
