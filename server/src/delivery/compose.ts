import type { ContentType } from '../../../content-types';
import { isBlank } from '../../../content-types/rules/blank';
import { breadcrumbLinksOf, breadcrumbsOf } from '../../../content-types/rules/breadcrumbs';
import { pathOf } from '../../../content-types/rules/path-of';
import { sha256 } from '../../../content-types/rules/sha256';
import { fromJson } from '../../../migrations/apply/encode';

import type { Delivery } from './delivery';
import { facetKey, slugKeyOf } from './facet-key';
import { positionOf } from './position';
import type { Entry, Target } from './read-entries';

/** What a topic or an offering looks like in what embeds it. */
export interface Summary {
  text: string;
  /** The topics that it names itself, separated by blanks. */
  topicIds: string;
}

/** By documentId. */
export interface Summaries {
  topic: ReadonlyMap<string, Summary>;
  offering: ReadonlyMap<string, Summary>;
}

type Composed = Pick<Delivery, 'topics' | 'offerings' | 'topicIds' | 'offeringIds' | 'summary' | 'facets'> & {
  own: Record<string, unknown>;
};

const list = (targets: readonly Target[], summaries: ReadonlyMap<string, Summary>): string =>
  `[${targets.flatMap(({ documentId }) => summaries.get(documentId)?.text ?? []).join(',')}]`;

const idsOf = (targets: readonly Target[] = []): string[] => targets.map(({ documentId }) => documentId);

/** The topics, and those that they name: a parent's name stands in the answer, too. */
const shownTopics = (topics: readonly Target[], summaries: ReadonlyMap<string, Summary>): string => {
  const parents = topics.flatMap(({ documentId }) => summaries.get(documentId)?.topicIds || []);
  return [...new Set([...idsOf(topics), ...parents])].join(' ');
};

const filesOf = ({ media }: Entry): string[] => Object.values(media).flatMap((file) => (file ? facetKey('file', file.documentId) : []));

const mediaOf = ({ media }: Entry) => Object.fromEntries(Object.entries(media).map(([name, file]) => [name, file?.json ?? null]));

const story = (entry: Entry, { topic, offering }: Summaries): Composed => {
  const { place, values, links } = entry;
  const topics = links.topics ?? [];
  const offerings = links.relatedOfferings ?? [];
  const common = (facet: 'brand' | 'identifier') => (isBlank(values[facet]) ? [] : [facetKey(facet, String(values[facet]))]);
  return {
    own: {
      ...values,
      ...('breadcrumbs' in values && { breadcrumbs: values.breadcrumbs ?? breadcrumbsOf(values) }),
      ...('breadcrumbLinks' in values && { breadcrumbLinks: values.breadcrumbLinks ?? breadcrumbLinksOf(values) }),
      path: pathOf('curated-content', place),
      ...mediaOf(entry),
    },
    topics: links.topics ? list(topics, topic) : null,
    offerings: links.relatedOfferings ? list(offerings, offering) : null,
    topicIds: shownTopics(topics, topic),
    offeringIds: idsOf(offerings).join(' '),
    summary: null,
    facets: [
      ...idsOf(topics).map((id) => facetKey('topic', id)),
      ...idsOf(offerings).map((id) => facetKey('offering', id)),
      ...common('brand'),
      ...common('identifier'),
      ...filesOf(entry),
    ],
  };
};

const pick = (values: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name]]] : [])));

const topic = ({ documentId, place, values, links }: Entry): Composed => {
  const path = pathOf('topic', place);
  const [parent = null] = links.parent ?? [];
  const shown = parent && { documentId: parent.documentId, ...pick({ ...parent }, Object.keys(values)) };
  const own = { ...values, path, ...(links.parent && { parent: shown }) };
  return {
    own,
    topics: null,
    offerings: null,
    topicIds: parent?.documentId ?? '',
    offeringIds: '',
    summary: JSON.stringify({ documentId, ...pick(own, ['name', 'label', 'taxonomy', 'slug', 'path', 'parent']) }),
    facets: parent ? [facetKey('parent', parent.documentId)] : [],
  };
};

const offering = (entry: Entry, summaries: Summaries): Composed => {
  const { documentId, place, values, links } = entry;
  const topics = links.topics ?? [];
  const path = pathOf('offering', place);
  return {
    own: { ...values, path, ...mediaOf(entry) },
    topics: links.topics ? list(topics, summaries.topic) : null,
    offerings: null,
    topicIds: shownTopics(topics, summaries.topic),
    offeringIds: '',
    summary: JSON.stringify({
      documentId,
      ...pick({ ...values, path }, ['name', 'slug', 'permalink', 'path', 'offeringId', 'type', 'editorialStatus']),
      ...pick(mediaOf(entry), ['logo']),
    }),
    facets: [...idsOf(topics).map((id) => facetKey('filed-under', id)), ...filesOf(entry)],
  };
};

const COMPOSE: Record<ContentType, (entry: Entry, summaries: Summaries) => Composed> = { 'curated-content': story, topic, offering };

/** Each part behind its length, so that no text passes from one to the next unseen; as JSON it would be escaped a second time. */
const digest = (parts: readonly (string | null)[]): string =>
  sha256(parts.map((part) => (part === null ? '-' : `${part.length} ${part}`)).join('\n'));

/**
 * The row of an entry: its answer as text, in the parts that are left out for callers who may not see them. Topics and offerings come as the
 * text that stands in their own rows.
 */
export const compose = (type: ContentType, entry: Entry, summaries: Summaries, format: string): Delivery => {
  const { documentId, place, dates } = entry;
  const { own, facets, ...parts } = COMPOSE[type](entry, summaries);
  const slug = isBlank(place.slug) ? null : String(place.slug);
  // Told nowhere in it where they are private, and still what `resolve` answers by.
  const aliases = fromJson(place.aliases);
  const row = {
    slug,
    slugKey: slug && slugKeyOf(slug),
    position: positionOf(type, entry),
    body: JSON.stringify({ documentId, ...own, ...dates }).slice(0, -1),
    ...parts,
  };
  return {
    type,
    documentId,
    ...row,
    hash: digest([row.slugKey, row.position, row.body, row.topics, row.offerings, row.topicIds, row.offeringIds, row.summary, aliases]),
    format,
    isGone: false,
    facets: [...new Set(facets)].sort(),
  };
};

/** The row of an entry that is no longer published: its name stays, so that whoever has a copy learns which one to drop. */
export const goneRow = (type: ContentType, documentId: string, slug: string | null, format: string): Delivery => ({
  type,
  documentId,
  slug,
  slugKey: slug && slugKeyOf(slug),
  position: null,
  body: '',
  topics: null,
  offerings: null,
  topicIds: '',
  offeringIds: '',
  summary: null,
  hash: '',
  format,
  isGone: true,
  facets: [],
});
