import { sha256 } from '../../../content-types/rules/sha256';
import { foldSlug } from '../../../content-types/rules/unique-keys';

const LENGTH = 32;

/** What an entry can have in common with others. A topic's children have it as `parent`, offerings filed under it as `filed-under`. */
export type Facet = 'topic' | 'offering' | 'brand' | 'identifier' | 'parent' | 'filed-under' | 'file';

/**
 * The key under which entries with something in common are found: a digest, because MariaDB's collations take 'é' for 'e', and an index over
 * hexadecimal digits means the same on every database.
 */
export const facetKey = (facet: Facet, value: string): string => sha256(`${facet}\n${value}`).slice(0, LENGTH);

/** The key under which an answer is found by its slug, in whichever letter case: no two entries differ in that alone. */
export const slugKeyOf = (slug: string): string => sha256(foldSlug(slug)).slice(0, LENGTH);
