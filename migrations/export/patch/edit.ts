import { getAt, isObject, sameJson, setAt, type JsonObject, type JsonValue, type Path } from '../../source/json';
import type { Language } from '../../source/languages/language';
import { numberOr } from '../../source/languages/number';

/** One value of the front matter that is to be another. */
export interface Edit {
  path: Path;
  value: JsonValue;
}

/**
 * Changes values of a front matter and leaves every other line as it is.
 *
 * @param header without the lines that fence it; JSON with its braces
 * @param data what `header` holds
 * @returns the new header
 */
export type Patch = (header: string, data: JsonObject, edits: readonly Edit[]) => string;

/** The smallest thing that is to be another: undefined where it is to go. */
export interface Change {
  path: Path;
  value: JsonValue | undefined;
}

/** What differs, as deep down as it can be told: a list whole, unless its mappings are as many as before. */
const changesBetween = (before: JsonValue | undefined, after: JsonValue | undefined, path: Path = []): Change[] => {
  if (sameJson(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changesBetween(getAt(before, [key]), getAt(after, [key]), [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && [...before, ...after].every(isObject)) {
    return before.flatMap((item, index) => changesBetween(item, after[index], [...path, index]));
  }
  return [{ path, value: after }];
};

/** How one language is patched. */
export interface Patching {
  language: Language;
  /** What the language can say of a value. */
  sayable(value: JsonObject): JsonObject;
  /** The ways to make one change, those that touch the least first. */
  candidates(header: string, change: Change): Iterable<string>;
  /** The values written anew, where no candidate is read as them. */
  write(data: JsonObject): string;
}

/** Values as any of the languages reads them: what is empty says nothing that none does not say, and some numbers are read as text. */
const asRead = (value: JsonValue): JsonValue => {
  if (typeof value === 'number') return numberOr(String(value));
  if (Array.isArray(value)) return value.map(asRead);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, asRead(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => !isObject(each) || Object.keys(each).length > 0));
};

const isReadAs = (language: Language, header: string, data: JsonObject): boolean => {
  try {
    return sameJson(asRead(language.parse(header) as JsonObject), asRead(data));
  } catch {
    return false;
  }
};

/** Makes one change after the other; each candidate is read again before it is trusted. */
export const patchWith =
  ({ language, sayable, candidates, write }: Patching): Patch =>
  (header, data, edits) => {
    const wanted = structuredClone(data);
    for (const { path, value } of edits) setAt(wanted, path, value);
    const current = structuredClone(data);
    return changesBetween(data, sayable(wanted)).reduce((text, change) => {
      const { path, value } = change;
      if (value === undefined) delete (getAt(current, path.slice(0, -1)) as Record<string | number, JsonValue>)[path.at(-1)!];
      else setAt(current, path, value);
      for (const candidate of candidates(text, change)) if (isReadAs(language, candidate, current)) return candidate;
      return write(current);
    }, header);
  };

/** The texts of a list's items: of those that were there before as they are, of others as `print` says. */
export const itemTexts = <Item extends { value: JsonValue; text: string }>(
  before: readonly Item[],
  after: readonly JsonValue[],
  print: (value: JsonValue) => string,
): { text: string; item?: Item }[] => {
  const left = [...before];
  return after.map((value) => {
    const index = left.findIndex((item) => sameJson(item.value, value));
    if (index < 0) return { text: print(value) };
    const [item] = left.splice(index, 1);
    return { text: item!.text, item };
  });
};
