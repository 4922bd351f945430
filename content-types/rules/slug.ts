import slugify from 'slugify';

import { hostOf } from './brand';

/** Strapi's own column for a slug, and short enough for every file system. */
const MAX_LENGTH = 255;

/**
 * The archive's slug rule: lower case, `&` becomes `and`, everything but letters and digits goes, blanks become one hyphen (seen on 520 of
 * 520 files). Where that leaves nothing, as for a title in Japanese, the letters stay as they are.
 */
export const slugOf = (text: string): string => {
  const ascii = slugify(text, { lower: true, strict: true });
  const slug =
    ascii ||
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-');
  return slug.slice(0, MAX_LENGTH).replace(/^-+|-+$/g, '');
};

/**
 * A story's slug: its publisher, then its title. The publisher is the host of the link without `www.` and without its last label, so that
 * one story told on two sites gets two slugs.
 */
export const storySlug = ({ title, link }: { title: string; link?: string | null }): string => {
  const host = hostOf(link);
  const publisher = host ? slugOf(host.split('.').slice(0, -1).join('.')) : '';
  return [publisher, slugOf(title)]
    .filter(Boolean)
    .join('-')
    .slice(0, MAX_LENGTH)
    .replace(/-+$/, '');
};
