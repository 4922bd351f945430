import { isBlank } from '../../../content-types/rules/blank';
import { permalinkSlug, slugOfPermalink } from '../../../content-types/rules/permalink';
import { slugOf, wordSlug } from '../../../content-types/rules/slug';
import type { ContentType } from '../../../content-types/uids';
import { isObject, sameJson, type JsonObject, type JsonValue, type Path } from '../../source/json';
import { keyIdentity, offeringIdentities, slugIdentity, topicIdentities } from '../identity';
import type { FieldRule, Reference, Source, Target, Writer } from '../mapping';
import { aroundUnread, unresolvedIn } from './places';
import { pathsOf } from './sources';
import { topicValues } from './topics';

export const MATCHES = ['slug', 'name', 'id', 'permalink'] as const;
export type Match = (typeof MATCHES)[number];

export interface ReferenceOptions {
  /** What a reference says of its target; without it a name, else a slug. */
  match?: Match;
  /** Make a target that nobody describes. */
  create?: boolean;
  /** What holds where every source is blank. */
  default?: JsonValue;
  /** Take what all sources name, not only what the first does. */
  all?: boolean;
}

interface Way {
  identities(word: string): string[];
  /** What the word alone says of its target: enough to make it. */
  values(word: string): JsonObject;
  /** How a target is written. */
  of(target: Target): JsonValue;
  /** The keys of an item that may hold the word, where items are mappings. */
  keys: readonly string[];
  /** The attributes of the target that the word follows. */
  follows: readonly string[];
}

const NAME: Way = {
  identities: topicIdentities,
  values: (word) => ({ name: word.trim() }),
  of: ({ values }) => values.name ?? null,
  keys: ['name', 'label', 'title'],
  follows: ['name'],
};

const WAYS: Record<Match | 'any', Way> = {
  name: NAME,
  // Only blanks are folded: what loses more on the way to a slug, as "C++" does, would find somebody else.
  any: { ...NAME, identities: (word) => [...topicIdentities(word), ...slugIdentity(word.trim().replace(/\s+/g, '-'))] },
  slug: {
    identities: (word) => slugIdentity(wordSlug(word.trim())),
    values: (word) => ({ name: word.trim(), slug: wordSlug(word.trim()) }),
    of: ({ values }) => values.slug ?? null,
    keys: ['slug'],
    follows: ['slug'],
  },
  id: {
    identities: (word) => [...offeringIdentities({ offeringId: word }), ...keyIdentity(word)],
    values: (word) => ({ name: word, offeringId: /^\d+$/.test(word) ? Number(word) : null }),
    of: ({ values, identities }) => values.offeringId ?? identities.find((id) => id.startsWith('key:'))?.slice('key:'.length) ?? null,
    keys: ['id', 'offeringId'],
    follows: ['offeringId'],
  },
  permalink: {
    identities: (word) => offeringIdentities({ permalink: word }),
    values: (word) => ({ name: slugOfPermalink(word) ?? word, permalink: word, slug: permalinkSlug(word) }),
    of: ({ values }) => values.permalink ?? null,
    keys: ['permalink'],
    follows: ['permalink'],
  },
};

/** All that a new record of the type holds, from what a reference says of it. */
const stubOf = (type: ContentType, values: JsonObject): JsonObject => {
  const name = String(values.name);
  if (type === 'topic') return topicValues(name, typeof values.slug === 'string' ? values.slug : null);
  const { permalink = null, offeringId = null } = values;
  return { name, slug: values.slug ?? slugOf(name), permalink, offeringId };
};

const wordOf = (item: JsonValue | undefined, { keys }: Way): string | undefined => {
  const word = isObject(item) ? keys.map((key) => item[key]).find((value) => !isBlank(value)) : item;
  return isBlank(word) || typeof word === 'object' ? undefined : String(word);
};

const itemsOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : isBlank(value) ? [] : [value]);

/**
 * References to topics or offerings by one of their attributes. Items keep their spelling on the way back as long as they mean the same.
 *
 * @param type of what is referred to
 */
export const references = (attribute: string, type: ContentType, sources: readonly Source[], options: ReferenceOptions = {}): FieldRule => {
  const way = WAYS[options.match ?? 'any'];
  const paths = pathsOf(sources);

  const toReference = (item: JsonValue, place: Path): Reference | undefined => {
    const word = wordOf(item, way);
    if (word === undefined) return undefined;
    const label = isObject(item) && typeof item.label === 'string' ? item.label : undefined;
    const said = way.values(word);
    const values = options.create ? stubOf(type, { ...said, name: label ?? said.name! }) : {};
    const isGuess = label === undefined && !way.follows.includes('name');
    return { type, identities: way.identities(word), values, links: {}, place, isGuess };
  };

  /** What a file already says of a target. */
  const foundIn = (before: readonly JsonValue[], target: Target): JsonValue | undefined =>
    before.find((item) => {
      const word = wordOf(item, way);
      return word !== undefined && way.identities(word).some((identity) => target.identities.includes(identity));
    });

  const itemFor = (target: Target, before: readonly JsonValue[]): JsonValue => {
    const same = foundIn(before, target);
    if (same === undefined) return way.of(target);
    if (!way.follows.some((each) => target.edited.has(each))) return same;
    return isObject(same) ? { ...same, [way.keys.find((key) => !isBlank(same[key]))!]: way.of(target) } : way.of(target);
  };

  const writeAt = (writer: Writer, path: Path, items: JsonValue[]): void => {
    const before = writer.get(path);
    if (sameJson(itemsOf(before), items)) return;
    const isSingle = !Array.isArray(before) && !isBlank(before) && items.length <= 1;
    writer.set(path, isSingle ? (items[0] ?? null) : items);
  };

  return {
    attribute,
    places: paths,
    sources,
    read(reader) {
      const links: Reference[] = [];
      const take = (found: JsonValue | undefined, path: Path = []): void =>
        itemsOf(found).forEach((item, index) => {
          if (isBlank(item)) return;
          const place = Array.isArray(found) ? [...path, index] : path;
          const reference = toReference(item, place);
          if (reference) links.push(reference);
          else reader.report('content/type-mismatch', place, `A ${type} is given by its ${options.match ?? 'name'} here.`);
        });
      for (const source of sources) {
        take(source.read(reader), source.path);
        if (links.length > 0 && !options.all) break;
      }
      if (links.length === 0) take(options.default);
      return links.length > 0 ? { kind: 'links', links } : undefined;
    },
    write(writer, current) {
      if (current.kind !== 'links' || paths.length === 0) return;
      const filled = paths.filter((path) => itemsOf(writer.get(path)).length > 0);
      const taken = options.all && filled.length > 0 ? filled : [filled[0] ?? paths[0]!];
      const words = taken.flatMap((path) => itemsOf(writer.get(path))).filter((item) => wordOf(item, way) !== undefined);
      const unresolved = unresolvedIn(words, (item) => way.identities(wordOf(item, way)!), current);
      let rest = [...current.links];
      const lists = taken.map((path) => {
        const before = itemsOf(writer.get(path));
        const own = rest.filter((target) => foundIn(before, target) !== undefined);
        rest = rest.filter((target) => !own.includes(target));
        return { path, before, own };
      });
      // What stands in none of the lists is new: it goes into the first, in the order that the relation has where there is only one.
      const first = lists[0]!;
      const isNew = (target: Target) => rest.includes(target);
      const kept = current.links.filter((target) => first.own.includes(target) || isNew(target));
      for (const { path, before, own } of lists) {
        const targets = path === first.path ? kept : own;
        if (targets.length > 0 || !writer.isNew)
          writeAt(
            writer,
            path,
            aroundUnread(
              before,
              (item) => wordOf(item, way) !== undefined && !unresolved.has(item),
              targets.map((target) => itemFor(target, before)),
            ),
          );
      }
    },
  };
};
