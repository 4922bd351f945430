import { isBlank } from '../../content-types/rules/blank';
import { foldName } from '../../content-types/rules/name';
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

/** What a record is found by where the file gives nothing better. */
export const pathIdentity = (path: string): string => `path:${path}`;
