import { isBlank } from '../../../content-types/rules/blank';
import { sameJson, type JsonValue, type Path } from '../../source/json';
import type { CurrentValue, LinksValue, Reader, Writer } from '../mapping';

export const pathOf = (place: string | Path): Path => (typeof place === 'string' ? place.split('.') : place);

/** How a place is named to a person: `link.href`. */
export const nameOf = (path: Path): string => path.join('.');

/**
 * The value of the first place that is not blank, and where it stands. Reports a later place that says something else.
 */
export const firstOf = (reader: Reader, places: readonly Path[]): { value: JsonValue; place: Path } | undefined => {
  let first: { value: JsonValue; place: Path } | undefined;
  for (const place of places) {
    const value = reader.get(place);
    if (value === undefined || isBlank(value)) continue;
    if (!first) first = { value, place };
    else if (!sameJson(first.value, value)) {
      reader.report('content/places-differ', place, `${nameOf(place)} is not what ${nameOf(first.place)} says.`);
    }
  }
  return first;
};

/**
 * Writes one value into every place that the file has; into all of them where the file is new, into the first where it has none. No place is made
 * for a blank one.
 */
export const writePlaces = (writer: Writer, places: readonly Path[], value: JsonValue): void => {
  const present = writer.isNew && !isBlank(value) ? places : places.filter((place) => writer.get(place) !== undefined);
  if (present.length === 0 && isBlank(value)) return;
  for (const place of present.length > 0 ? present : places.slice(0, 1)) writer.set(place, value);
};

/**
 * A list as it is to be written: new items in place of those that could be read, and what could not be read where it stands.
 *
 * @param before the list that tells which items could be read
 * @param kept what stands in place of the others: the list itself, or one that goes along with it item by item
 */
export const aroundUnread = (
  before: JsonValue | undefined,
  isRead: (item: JsonValue) => boolean,
  items: readonly JsonValue[],
  kept = before,
): JsonValue[] => {
  const others = Array.isArray(kept) ? kept : [];
  const rest = [...items];
  const list = Array.isArray(before) ? before.flatMap((item, at) => (isRead(item) ? rest.splice(0, 1) : [others[at] ?? null])) : [];
  return [...list, ...rest];
};

/**
 * The items of a file that meant nobody when it was imported: they say what the database cannot, and wait for whom they name. Where an item is
 * known by another word than the one it found its target by, nothing tells which ones they are, and none is answered.
 *
 * @param identitiesOf what an item finds its target by
 */
export const unresolvedIn = (
  items: readonly JsonValue[],
  identitiesOf: (item: JsonValue) => readonly string[],
  { imported, links }: LinksValue,
): Set<JsonValue> => {
  const named = new Set(items.flatMap((item) => identitiesOf(item)));
  if (imported.some((target) => !target.some((identity) => named.has(identity)))) return new Set();
  const found = new Set([...imported, ...links.map(({ identities }) => identities)].flat());
  return new Set(items.filter((item) => !identitiesOf(item).some((identity) => found.has(identity))));
};

/** The value of an attribute that is no relation and no file. */
export const plain = (current: CurrentValue): JsonValue => (current.kind === 'value' ? current.value : null);
