/** Strapi's own column for a slug. */
const MAX_LENGTH = 255;

/**
 * The n-th name of several that would all get the same slug: `news`, `news-2`, `news-3`. The number is kept where the slug has to be cut,
 * and no character is cut in half.
 */
export const numberedSlug = (slug: string, n: number): string => {
  const number = n === 1 ? '' : `-${n}`;
  return slug.slice(0, MAX_LENGTH - number.length).replace(/[\uD800-\uDBFF]$/, '') + number;
};
