import { splitTopicName } from '../../../content-types/rules/name';
import { permalinkSlug } from '../../../content-types/rules/permalink';
import { slugOf } from '../../../content-types/rules/slug';
import type { JsonObject, JsonValue, Path } from '../../source/json';
import { topicIdentities } from '../identity';
import type { FieldRule, Reference, Target } from '../mapping';
import { aroundUnread, firstOf, writePlaces } from './places';

/** What a topic's full name says of it. */
export const topicValues = (name: string, slug?: string | null): JsonObject => ({
  name: name.trim(),
  ...splitTopicName(name),
  slug: slug || slugOf(name),
});

/** A topic named in a file. */
export const topicReference = (name: string, place: Path, slug?: string | null): Reference => ({
  type: 'topic',
  identities: topicIdentities(name),
  values: topicValues(name, slug),
  links: {},
  place,
});

export const isName = (item: JsonValue | undefined): item is string => typeof item === 'string' && item.trim() !== '';

/** The names in a list; what is no name is left to the caller's report. */
export const namesIn = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value : [value]).filter(isName);

export const nameOfTopic = ({ values }: Target): JsonValue => values.name ?? null;

/**
 * The topics of a story: their full names, and beside them, item by item, what follows from the names.
 */
export const storyTopics: FieldRule = {
  attribute: 'topics',
  places: [['categories'], ['openProjectCustomFields', 'medigyTopics'], ['categorySlug'], ['categoryUrl'], ['categoryLabel']],
  read(reader) {
    const [names, copies] = this.places as [Path, Path];
    const found = firstOf(reader, [names, copies]);
    if (!found) return undefined;
    const urls = reader.get(['categoryUrl']);
    const links = (Array.isArray(found.value) ? found.value : [found.value]).flatMap((name, index): Reference[] => {
      const place = [...found.place, index];
      if (!isName(name)) {
        reader.report('content/type-mismatch', place, 'A topic is given by its name.');
        return [];
      }
      const url = Array.isArray(urls) ? urls[index] : undefined;
      return [topicReference(name, place, typeof url === 'string' ? permalinkSlug(url) : null)];
    });
    return { kind: 'links', links };
  },
  write(writer, current) {
    if (current.kind !== 'links') return;
    const items = (of: (target: Target) => JsonValue) => current.links.map(of);
    const text = (value: JsonValue | undefined) => String(value ?? '');
    const [names, copies, slugs, urls, labels] = this.places as [Path, Path, Path, Path, Path];
    const given = [writer.get(names), writer.get(copies)];
    const isSingle = current.links.length === 1 && given.some((value) => typeof value === 'string');
    const before = given.find((value) => value !== undefined);
    writePlaces(writer, [names, copies], isSingle ? nameOfTopic(current.links[0]!) : aroundUnread(before, isName, items(nameOfTopic)));
    // Whoever gives topics without what follows from them wants none of it.
    const follow = (place: Path, of: (target: Target) => JsonValue) => {
      const along = writer.get(place);
      if (writer.isNew || before === undefined || along !== undefined)
        writePlaces(writer, [place], aroundUnread(before, isName, items(of), along));
    };
    follow(slugs, ({ values }) => text(values.name).toLowerCase());
    follow(urls, ({ values }) => `topic/${text(values.slug)}`);
    follow(labels, ({ values }) => values.label ?? null);
  },
};

/** A list of topics by their full names alone. */
export const topicNames = (attribute: string, place: string): FieldRule => ({
  attribute,
  places: [[place]],
  read(reader) {
    const found = firstOf(reader, [[place]]);
    return found && { kind: 'links', links: namesIn(found.value).map((name, index) => topicReference(name, [place, index])) };
  },
  write(writer, current) {
    if (current.kind === 'links') writePlaces(writer, [[place]], aroundUnread(writer.get([place]), isName, current.links.map(nameOfTopic)));
  },
});

/** One topic by its full name. */
export const topicName = (attribute: string, place: string): FieldRule => {
  const many = topicNames(attribute, place);
  return {
    ...many,
    write(writer, current) {
      if (current.kind === 'links') writePlaces(writer, [[place]], current.links.map(nameOfTopic)[0] ?? null);
    },
  };
};
