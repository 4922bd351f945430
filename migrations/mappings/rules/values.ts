import { decodeHTML } from 'entities';

import type { JsonValue, Path } from '../../source/json';
import type { FieldRule, Reader } from '../mapping';
import { firstOf, nameOf, pathOf, plain, writePlaces } from './places';
import { BODY } from './sources';

/** One value, in one place or in several that say the same. */
export const value = (attribute: string, ...places: (string | Path)[]): FieldRule => {
  const paths = places.map(pathOf);
  return {
    attribute,
    places: paths,
    read(reader) {
      const found = firstOf(reader, paths);
      return found && { kind: 'value', value: found.value };
    },
    write: (writer, current) => writePlaces(writer, paths, plain(current)),
  };
};

/** Text in which HTML entities, which older files hold, are the characters they stand for; what is changed is reported. */
export const decodeHeadline = (reader: Reader, place: Path, found: JsonValue): JsonValue => {
  if (typeof found !== 'string') return found;
  const decoded = decodeHTML(found);
  if (decoded !== found) {
    reader.report('content/html-entities', place, `The ${nameOf(place)} holds HTML entities; it is stored as "${decoded}".`);
  }
  return decoded;
};

/** A headline as a file has to have it so that it is read as it is: one that speaks of entities, such as "What &amp; means". */
export const encodeHeadline = (value: JsonValue): JsonValue =>
  typeof value === 'string' && decodeHTML(value) !== value ? value.replace(/&/g, '&amp;') : value;

/** A headline; see decodeHeadline. */
export const headline = (attribute: string, place: string): FieldRule => {
  const rule = value(attribute, place);
  return {
    ...rule,
    read(reader) {
      const found = rule.read(reader);
      return found?.kind === 'value' ? { kind: 'value', value: decodeHeadline(reader, pathOf(place), found.value) } : found;
    },
    write: (writer, current) => rule.write(writer, { kind: 'value', value: encodeHeadline(plain(current)) }),
  };
};

/** A list that older files write as a single value. A list of one goes back as it came. */
export const list = (attribute: string, place: string): FieldRule => {
  const path = pathOf(place);
  return {
    attribute,
    places: [path],
    read(reader) {
      const found = firstOf(reader, [path]);
      return found && { kind: 'value', value: Array.isArray(found.value) ? found.value : [found.value] };
    },
    write(writer, current) {
      const items = plain(current);
      const single = typeof writer.get(path) === 'string' && Array.isArray(items) && items.length === 1;
      writePlaces(writer, [path], single ? (items[0] as JsonValue) : items);
    },
  };
};

/** What stands below the front matter, verbatim; see clean-text.ts for what is left out of it. */
export const body: FieldRule = {
  attribute: 'body',
  places: [],
  sources: [BODY],
  read: ({ file }) => (file.body === '' ? undefined : { kind: 'value', value: file.body }),
  write: (writer, current) => writer.setBody(String(plain(current) ?? '')),
};

/**
 * A value that follows from others by a rule: stored only where a file disagrees with the rule, written by the rule where nothing is stored.
 */
export const derived = (
  attribute: string,
  place: string,
  derive: (record: Record<string, JsonValue>) => JsonValue,
  follows: readonly string[],
): FieldRule => {
  const rule = value(attribute, place);
  return {
    ...rule,
    follows,
    write: (writer, current) => writePlaces(writer, rule.places, plain(current) ?? derive(writer.record)),
  };
};
