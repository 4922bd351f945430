/** Strapi's own column for a slug, and short enough for every file system. */
const MAX_LENGTH = 255;

/** A slug that leaves room for `rest` more characters; none is cut in half. */
export const cutSlug = (slug: string, rest = 0): string => slug.slice(0, MAX_LENGTH - rest).replace(/[\uD800-\uDBFF]$/, '');

/**
 * The n-th name of several that would all get the same slug: `news`, `news-2`, `news-3`. The number is kept where the slug has to be cut.
 */
export const numberedSlug = (slug: string, n: number): string => {
  const number = n === 1 ? '' : `-${n}`;
  return cutSlug(slug, number.length) + number;
};
