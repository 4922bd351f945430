import { isObject, type JsonObject, type JsonValue, type Path } from '../source/json';
import { distance } from './closest';
import type { Collection } from './mapping';

/** Below that, words are too short for a slip to be told from another word: `data` is no `date`. */
const SHORTEST = 5;

/** A slip every four letters, three at most: every site has keys of its own, and what is no mistake must not be told as one. */
const slipsIn = ({ length }: string): number => (length < SHORTEST ? 0 : Math.min(3, Math.floor(length / 4)));

/** The keys of front matter that rules read, as a tree. */
type Known = Map<string, Known>;

const knownTo = ({ fields }: Collection): Known => {
  const root: Known = new Map();
  for (const path of fields.flatMap(({ places }) => places)) {
    let at = root;
    for (const key of path) {
      const below = at.get(String(key)) ?? (new Map() as Known);
      at.set(String(key), below);
      at = below;
    }
  }
  return root;
};

const trees = new WeakMap<Collection, Known>();
const neighbours = new WeakMap<Known, Map<string, string[]>>();

/** The known keys that a person may have meant, the nearest first. An archive has few keys, and thousands of files that hold them. */
const nearTo = (key: string, known: Known): readonly string[] => {
  const found = neighbours.get(known) ?? new Map<string, string[]>();
  neighbours.set(known, found);
  const typed = key.toLowerCase();
  const near =
    found.get(key) ??
    [...known.keys()]
      .map((name) => ({ name, slips: distance(typed, name.toLowerCase(), slipsIn(key)) }))
      .filter(({ name, slips }) => slips <= Math.min(slipsIn(key), slipsIn(name)))
      .sort((a, b) => a.slips - b.slips)
      .map(({ name }) => name);
  found.set(key, near);
  return near;
};

/** `sources: [...]` is no slip of `source`: both are words, and each says how many it holds. */
const isListOf = (name: string, key: string, value: JsonValue): boolean => key === `${name}s` && typeof value === 'object';

const search = (known: Known, data: JsonObject, extra: JsonObject, above: Path): { path: Path; meant: string }[] =>
  Object.keys(extra).flatMap((key) => {
    const below = known.get(key);
    const [said, unread] = [data[key]!, extra[key]];
    if (below) return isObject(said) && isObject(unread) ? search(below, said, unread, [...above, key]) : [];
    const meant = nearTo(key, known).find((name) => !Object.hasOwn(data, name) && !isListOf(name, key, said));
    return meant === undefined ? [] : [{ path: [...above, key], meant: [...above, meant].join('.') }];
  });

/**
 * Keys that look like a slip of the pen, each with the key that was meant. A file that has that one, too, means two things by them.
 *
 * @param extra what of the front matter no rule reads
 */
export const misspeltKeys = (data: JsonObject, extra: JsonObject | null, collection: Collection): { path: Path; meant: string }[] => {
  if (!extra) return [];
  const known = trees.get(collection) ?? knownTo(collection);
  trees.set(collection, known);
  return search(known, data, extra, []);
};
