import { fold } from '../text/fold';
import type { Catalogue } from './catalogue';
import { matchWords, queryWords, type Fields, type Read } from './match-words';
import type { OfferingRow } from './rows';
import { pagesOf, type PageOf } from './pages-of';
import type { Topics } from './topics';

const MOST_TOPICS = 200;

export interface SearchQuery {
  q?: string;
  /** Row ids; any of them. */
  topics?: readonly number[];
  types?: readonly string[];
  statuses?: readonly string[];
  notUsed?: boolean;
  sort?: 'fit' | 'name' | 'mostUsed' | 'newest';
  /** A part of the names of those topics that are wanted among the facets. */
  topicsLike?: string;
}

interface Around {
  catalogue: Catalogue;
  topics: Topics;
  fields: Fields & { type: boolean; editorialStatus: boolean };
  /** Row ids of the story's topics. */
  shared: readonly number[];
  /** Row ids of the only offerings that may be seen. */
  only?: ReadonlySet<number>;
  usedBy: (row: OfferingRow) => number;
  /** How well each offering fits the story, by its number. */
  fit: () => Float64Array;
}

export interface Found {
  /** Numbers of the offerings on a page of the list. */
  page: PageOf;
  total: number;
  words: Read[];
  /** Whether the search is an offering's whole permalink. */
  isPermalink: boolean;
  facets: {
    topics: { id: number; count: number }[];
    types: { value: string; count: number }[];
    statuses: { value: string; count: number }[];
    notUsed: number;
  };
}

const FILTERS = ['topics', 'types', 'statuses', 'notUsed'] as const;
type Filter = (typeof FILTERS)[number];

const counted = (counts: Map<string, number>) =>
  [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

const increase = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Counts that begin with what is chosen: its name is shown, and it can be taken back, also where nothing is left of it. */
const countsFrom = <Key>(chosen: readonly Key[] = []) => new Map(chosen.map((key) => [key, 0] as const));

/** Offerings by words and filters, with what a next filter would leave. */
export const search = (query: SearchQuery, { catalogue, topics, fields, shared, only, usedBy, fit }: Around): Found => {
  const { q = '', sort = 'fit' } = query;
  const exact = fields.permalink && q.includes('/') ? catalogue.numberOfPermalink(q) : undefined;
  const words = queryWords(q);
  const matches = exact === undefined && words.length > 0 ? matchWords(catalogue, topics, words, fields) : undefined;
  const scores = matches?.scores ?? new Float32Array(catalogue.places);

  const wanted = new Set(query.topics ?? []);
  const own = new Set(shared);
  const sharedCounts = new Uint8Array(catalogue.places);
  const counts = {
    topics: countsFrom([...own, ...wanted]),
    types: countsFrom(fields.type ? query.types : []),
    statuses: countsFrom(fields.editorialStatus ? query.statuses : []),
    notUsed: 0,
  };
  const hits: number[] = [];
  // What cannot be searched for as a word, such as '—', finds nothing; an empty search finds all.
  const candidates = exact !== undefined ? [exact] : (matches?.numbers ?? (q.trim() === '' ? undefined : []));
  const total = candidates?.length ?? catalogue.places;
  for (let index = 0; index < total; index += 1) {
    const number = candidates ? candidates[index]! : index;
    const row = catalogue.row(number);
    if (!row || (only && !only.has(row.id))) continue;
    const used = usedBy(row);
    const misses = (filter: Filter): boolean => {
      switch (filter) {
        case 'topics':
          return wanted.size > 0 && !(fields.topics && row.topics.some((topic) => wanted.has(topic)));
        case 'types':
          return Boolean(query.types?.length) && !(fields.type && row.type && query.types!.includes(row.type));
        case 'statuses':
          return (
            Boolean(query.statuses?.length) &&
            !(fields.editorialStatus && row.editorialStatus && query.statuses!.includes(row.editorialStatus))
          );
        case 'notUsed':
          return query.notUsed === true && used > 0;
      }
    };
    let missed: Filter | undefined;
    let misseds = 0;
    for (const filter of FILTERS) {
      if (!misses(filter)) continue;
      missed = filter;
      misseds += 1;
    }
    if (misseds > 1) continue;
    // A filter's own values are counted as if it were not set: that is what choosing another one would find.
    const isCounted = (filter: Filter) => misseds === 0 || missed === filter;
    if (fields.topics && isCounted('topics')) for (const topic of row.topics) increase(counts.topics, topic);
    if (fields.type && row.type && isCounted('types')) increase(counts.types, row.type);
    if (fields.editorialStatus && row.editorialStatus && isCounted('statuses')) increase(counts.statuses, row.editorialStatus);
    if (used === 0 && isCounted('notUsed')) counts.notUsed += 1;
    if (misseds > 0) continue;
    hits.push(number);
    if (fields.topics && own.size > 0) for (const topic of row.topics) if (own.has(topic)) sharedCounts[number]! += 1;
  }

  const folded = fold(q.trim());
  if (fields.name && matches) {
    for (const number of hits) {
      const name = catalogue.sortNameOf(number);
      const length = catalogue.nameTermsOf(number).length;
      scores[number]! *= 1 + (name === folded ? 2 : name.startsWith(folded) ? 0.5 : 0) + 0.3 / Math.max(length, 1);
    }
  }
  const part = query.topicsLike === undefined ? undefined : fold(query.topicsLike.trim());
  const order = catalogue.nameOrder();
  const byName = (a: number, b: number) => (fields.name ? order[a]! - order[b]! : a - b);
  const usedOf = (number: number) => usedBy(catalogue.row(number)!);
  const isArchived = (number: number) => Number(fields.editorialStatus && catalogue.row(number)!.editorialStatus === 'archived');
  const fits = sort === 'fit' && !matches ? fit() : undefined;
  const orders: Record<NonNullable<SearchQuery['sort']>, (a: number, b: number) => number> = {
    fit: fits
      ? // Nobody looks for what is no longer offered without looking for it.
        (a, b) => isArchived(a) - isArchived(b) || fits[b]! - fits[a]! || byName(a, b)
      : (a, b) => scores[b]! - scores[a]! || sharedCounts[b]! - sharedCounts[a]! || usedOf(b) - usedOf(a) || byName(a, b),
    name: byName,
    mostUsed: (a, b) => usedOf(b) - usedOf(a) || byName(a, b),
    newest: (a, b) => catalogue.row(b)!.createdAt - catalogue.row(a)!.createdAt || b - a,
  };
  return {
    page: pagesOf(hits, orders[sort]),
    total: hits.length,
    words: matches?.words ?? [],
    isPermalink: exact !== undefined,
    facets: {
      topics: [...counts.topics]
        .flatMap(([id, count]) => {
          const topic = fields.topics && topics.get(id);
          return topic && (part === undefined || fold(topic.name).includes(part)) ? [{ id, count }] : [];
        })
        .sort((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)) || b.count - a.count || a.id - b.id)
        .filter(({ id }, at) => at < MOST_TOPICS || wanted.has(id)),
      types: counted(counts.types),
      statuses: counted(counts.statuses),
      notUsed: counts.notUsed,
    },
  };
};
