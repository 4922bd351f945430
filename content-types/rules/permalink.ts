/** The archive's permalink rule for an offering: lower case, each space becomes a hyphen, nothing is collapsed. */
export const permalinkOf = (name: string): string => `/offering/${name.toLowerCase().replace(/ /g, '-')}`;

/** The last part of a permalink: what an offering is called in an address. Null where there is none. */
export const slugOfPermalink = (permalink: string | null | undefined): string | null =>
  permalink?.split('/').filter(Boolean).at(-1) ?? null;
