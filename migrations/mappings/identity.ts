import { isBlank } from '../../content-types/rules/blank';
import { foldName } from '../../content-types/rules/name';
import { foldSlug } from '../../content-types/rules/unique-keys';
import type { ContentType } from '../../content-types/uids';
import type { JsonObject, JsonValue } from '../source/json';

const identity = (key: string, value: JsonValue | undefined): string[] => (isBlank(value) ? [] : [`${key}:${String(value)}`]);

/** What a topic is found by: its full name, letter case and blanks folded. */
export const topicIdentities = (name: JsonValue | undefined): string[] =>
  typeof name === 'string' ? identity('name', foldName(name)) : [];

/** What an offering is found by, the surest first: the catalogue's id, else the permalink. */
export const offeringIdentities = ({ offeringId, permalink }: JsonObject): string[] => [
  ...identity('offeringId', offeringId),
  ...identity('permalink', typeof permalink === 'string' ? foldName(permalink) : undefined),
];

/** What a story is found by where its file has the source's own id. */
export const storyIdentity = (workPackageId: JsonValue | undefined): string | undefined => identity('workPackageId', workPackageId)[0];

/** What a record is found by where a mapping file names a key. */
export const keyIdentity = (value: JsonValue | undefined): string[] => (typeof value === 'object' ? [] : identity('key', value));

/** What a reference finds a topic or an offering by; no record is the same across imports for having the same slug. */
export const slugIdentity = (slug: JsonValue | undefined): string[] =>
  typeof slug === 'string' ? identity('slug', isBlank(slug) ? undefined : foldSlug(slug)) : [];

/** Everything that a topic or an offering can be referred to by, the surest first. Stories are referred to by nobody. */
export const handlesOf = (type: ContentType, values: JsonObject): string[] =>
  type === 'curated-content'
    ? []
    : [...(type === 'offering' ? offeringIdentities(values) : []), ...topicIdentities(values.name), ...slugIdentity(values.slug)];

/** An identity in its two parts: by what, and which. */
export const splitIdentity = (identity: string): { by: string; value: string } => {
  const colon = identity.indexOf(':');
  return { by: identity.slice(0, colon), value: identity.slice(colon + 1) };
};

/** True for what means something in one archive alone: another one may have a file of that path too, or that key. */
export const isOfArchive = (identity: string): boolean => /^(?:path|key):/.test(identity);

/** What a record is found by where the file gives nothing better. */
export const pathIdentity = (path: string): string => `path:${path}`;
