import { parse, patch, stringify } from '@decimalturn/toml-patch';

import { deleteAt, getAt, isObject, sameJson, setAt, type JsonObject, type JsonValue } from '../../source/json';
import { toml } from '../../source/languages/toml';
import type { Edit, Patch } from './edit';

/** What TOML can say of a value: it has no word for none. */
const sayable = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(sayable);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, sayable(each)]));
};

/** A date that replaces a date; undefined for all else. */
const asDate = (before: unknown, value: JsonValue): unknown => {
  if (!(before instanceof Date) || typeof value !== 'string') return undefined;
  try {
    const { date } = parse(`date = ${value}`) as { date: unknown };
    return date instanceof Date ? date : undefined;
  } catch {
    return undefined;
  }
};

/** Makes edits in place, as far as TOML can say them. */
const edit = (target: JsonObject, edits: readonly Edit[], toValue: (before: unknown, value: JsonValue) => unknown): JsonObject => {
  for (const { path, value } of edits) {
    if (value === null) deleteAt(target, path);
    else setAt(target, path, toValue(getAt(target, path), sayable(value)) as JsonValue);
  }
  return target;
};

const reads = (header: string, data: JsonObject): boolean => {
  try {
    return sameJson(toml.parse(header), data);
  } catch {
    return false;
  }
};

/** Each way is read again before it is trusted: dates in place of dates, then as texts, and at last all of it written anew. */
export const patchToml: Patch = (header, data, edits) => {
  const wanted = edit(structuredClone(data), edits, (_, value) => value);
  const ways = [
    () =>
      patch(
        header,
        edit(parse(header) as JsonObject, edits, (before, value) => asDate(before, value) ?? value),
      ),
    () =>
      patch(
        header,
        edit(parse(header) as JsonObject, edits, (_, value) => value),
      ),
    () => stringify(wanted),
  ];
  for (const way of ways) {
    try {
      const patched = way();
      if (reads(patched, wanted)) return patched;
    } catch {
      // The next one touches more, and asks less of what is there.
    }
  }
  throw new Error('The front matter cannot be written as TOML.');
};
