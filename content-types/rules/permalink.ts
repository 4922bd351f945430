import { wordSlug } from './slug';

/** The archive's permalink rule for an offering: lower case, each space becomes a hyphen, nothing is collapsed. */
export const permalinkOf = (name: string): string => `/offering/${name.toLowerCase().replace(/ /g, '-')}`;

/** The last part of a permalink: what an offering is called in an address. Null where there is none. */
export const slugOfPermalink = (permalink: string | null | undefined): string | null =>
  permalink?.split('/').filter(Boolean).at(-1) ?? null;

/** The slug that follows from a permalink, which may be a whole address. Null where none does. */
export const permalinkSlug = (permalink: string | null | undefined): string | null =>
  wordSlug(slugOfPermalink(permalink?.split(/[?#]/)[0]) ?? '') || null;
