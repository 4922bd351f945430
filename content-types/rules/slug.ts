import slugify from 'slugify';

import type { ContentType } from '../uids';
import { hostOf } from './brand';
import { cutSlug } from './numbered-slug';

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
  return cutSlug(slug).replace(/^-+|-+$/g, '');
};

/** What an address accepts as it is; a word such as "open data" is none. */
const SLUG = /^[^\s?#]+$/;

/** A word as a slug: as it is where an address accepts it. */
export const wordSlug = (word: string): string => (SLUG.test(word) ? cutSlug(word) : slugOf(word));

/**
 * A story's slug: its publisher, then its title. The publisher is the host of the link without `www.` and without its last label, so that
 * one story told on two sites gets two slugs.
 */
export const storySlug = ({ title, link }: { title: string; link?: string | null }): string => {
  const host = hostOf(link);
  const publisher = host ? slugOf(host.split('.').slice(0, -1).join('.')) : '';
  return cutSlug([publisher, slugOf(title)].filter(Boolean).join('-')).replace(/-+$/, '');
};

/** What an entry is called whose title or name has no letter and no digit: `---`. */
export const NAMELESS_SLUGS: Record<ContentType, string> = { 'curated-content': 'story', topic: 'topic', offering: 'offering' };
