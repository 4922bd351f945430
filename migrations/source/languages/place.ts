import type { JsonValue, Path } from '../json';

/** A value and where it stands in a header, whichever language says it: one thing, a list, or what has keys. */
export interface Place {
  offset: number;
  value?: JsonValue;
  items?: Place[];
  keys?: Map<string, Place>;
}

/** What stands at a place, as a plain value; `__proto__` is a key as any other. */
export const valueAt = ({ value, items, keys }: Place): JsonValue => {
  if (items) return items.map(valueAt);
  return keys ? Object.fromEntries(Array.from(keys, ([key, place]) => [key, valueAt(place)])) : (value ?? null);
};

/** Offset of the value at a path, or of the nearest thing above it that exists. */
export const offsetAt = (root: Place, path: Path): number => {
  let at = root;
  for (const step of path) {
    const next = at.items ? at.items[Number(step)] : at.keys?.get(String(step));
    if (!next) break;
    at = next;
  }
  return at.offset;
};
