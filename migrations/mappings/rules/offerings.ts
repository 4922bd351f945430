import { isBlank } from '../../../content-types/rules/blank';
import { permalinkOf, permalinkSlug } from '../../../content-types/rules/permalink';
import { slugOf } from '../../../content-types/rules/slug';
import { isObject, sameJson, type JsonObject, type JsonValue, type Path } from '../../source/json';
import { offeringIdentities } from '../identity';
import type { FieldRule, Reference, Target, Writer } from '../mapping';
import { aroundUnread, unresolvedIn } from './places';
import { isName, namesIn, nameOfTopic, topicReference } from './topics';

const PLACE = 'relatedOfferings';

const permalink = ({ values }: Target): JsonValue => values.permalink ?? permalinkOf(String(values.name ?? ''));

/** The item's keys, what they hold, and the attribute of the offering that they follow. */
const KEYS: { key: string; attribute: string; of: (target: Target) => JsonValue }[] = [
  { key: 'label', attribute: 'name', of: ({ values }) => values.name ?? null },
  { key: 'permalink', attribute: 'permalink', of: permalink },
  { key: 'categories', attribute: 'topics', of: ({ links }) => (links.topics ?? []).map(nameOfTopic) },
  { key: 'offeringId', attribute: 'offeringId', of: ({ values }) => values.offeringId ?? null },
];

/** One item as the file has it, with what was edited since the last import; a new item whole. */
const itemOf = (target: Target, before: JsonValue[]): JsonValue => {
  const known = before.filter(isObject).find((item) => offeringIdentities(item).some((id) => target.identities.includes(id)));
  const renamed = (target.links.topics ?? []).some(({ edited }) => edited.has('name'));
  const item: JsonObject = { ...known };
  for (const { key, attribute, of } of KEYS) {
    if (!known || target.edited.has(attribute) || (attribute === 'topics' && renamed)) {
      const value = of(target);
      item[key] = Array.isArray(value) ? aroundUnread(known?.[key], isName, value) : value;
    }
  }
  return item;
};

const isReference = (item: JsonValue): item is JsonObject => isObject(item) && offeringIdentities(item).length > 0;

/** The related offerings of a story: a list of items, of which everything but the choice and its order belongs to the offering. */
export const relatedOfferings: FieldRule = {
  attribute: 'relatedOfferings',
  places: [[PLACE]],
  read(reader) {
    const items = reader.get([PLACE]);
    if (items === undefined || isBlank(items)) return undefined;
    const links = (Array.isArray(items) ? items : [items]).flatMap((item, index): Reference[] => {
      const place: Path = [PLACE, index];
      if (!isReference(item)) {
        reader.report('content/type-mismatch', place, 'A related offering is an entry with an offeringId or a permalink of its own.');
        return [];
      }
      if (!isBlank(item.offeringId) && !Number.isSafeInteger(item.offeringId)) {
        reader.report('content/type-mismatch', [...place, 'offeringId'], 'offeringId: A whole number is expected here.');
      }
      const name = item.label;
      const link = typeof item.permalink === 'string' ? item.permalink : null;
      return [
        {
          type: 'offering',
          identities: offeringIdentities(item),
          values: {
            ...(typeof name === 'string' ? { name } : {}),
            slug: permalinkSlug(link) ?? slugOf(String(name ?? item.offeringId)),
            permalink: link,
            offeringId: Number.isSafeInteger(item.offeringId) ? item.offeringId! : null,
          },
          links: {
            topics: namesIn(item.categories).map((category, at) => topicReference(category, [...place, 'categories', at])),
          },
          place,
        },
      ];
    });
    return { kind: 'links', links };
  },
  write(writer: Writer, current) {
    if (current.kind !== 'links') return;
    const found = writer.get([PLACE]);
    const before = Array.isArray(found) ? found : [];
    const unresolved = unresolvedIn(before.filter(isReference), (item) => offeringIdentities(item as JsonObject), current);
    const items = aroundUnread(
      before,
      (item) => isReference(item) && !unresolved.has(item),
      current.links.map((target) => itemOf(target, before)),
    );
    if (writer.isNew || !sameJson(items, before)) writer.set([PLACE], items);
  },
};
