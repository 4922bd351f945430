import type { Knex } from 'knex';

import { FILE_UID, UIDS } from '../../../../content-types';
import type { Host, TypeTables } from '../../../../migrations/apply/host';
import { ownRows } from '../../../../migrations/apply/own-rows';
import type { OfferingRow, StoryRow, TopicRow } from '../index/rows';

type Row = Record<string, unknown>;

/** Of a body, so much is read: more than the index looks at. */
export const MOST_BODY = 12_000;

/** Which rows: some by their ids, or the next ones after an id. */
export type Which = { ids: readonly number[] } | { after: number; limit: number };

const milliseconds = (value: unknown): number => {
  const time = value instanceof Date ? value.getTime() : typeof value === 'number' ? value : Date.parse(String(value));
  return Number.isFinite(time) ? time : 0;
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const choose = (query: Knex.QueryBuilder, id: string, which: Which) =>
  'ids' in which ? query.whereIn(id, which.ids) : query.where(id, '>', which.after).orderBy(id).limit(which.limit);

/** Targets of each row, in order. */
const readLinks = async (
  { knex }: Host,
  { links }: TypeTables,
  attribute: string,
  ids: readonly number[],
): Promise<Map<number, number[]>> => {
  const targets = new Map<number, number[]>();
  if (ids.length === 0) return targets;
  const { table, source, target, order } = links[attribute]!;
  const query = knex(table).select({ source, target }).whereIn(source, ids).whereNotNull(target);
  const rows = (await (order ? query.orderBy(order) : query).orderBy('id')) as { source: number; target: number }[];
  for (const { source: from, target: to } of rows) {
    const own = targets.get(from);
    if (own) own.push(to);
    else targets.set(from, [to]);
  }
  return targets;
};

export const readTopics = async (host: Host, which: Which): Promise<TopicRow[]> => {
  const tables = host.tables(UIDS.topic);
  const { table, columns } = tables;
  const { id, documentId, name, label } = columns;
  const rows = (await choose(ownRows(tables, host.knex(table)).select({ id, documentId, name, label }), id!, which)) as Row[];
  return rows.map((row) => ({
    id: Number(row.id),
    documentId: String(row.documentId),
    name: text(row.name) ?? '',
    label: text(row.label),
  }));
};

/** Lists show logos small; a large one in each of their rows would be megabytes. */
const thumbnailOf = (formats: unknown): string | undefined => {
  const parsed = (typeof formats === 'string' ? JSON.parse(formats) : formats) as { thumbnail?: { url?: string } } | null;
  return parsed?.thumbnail?.url;
};

const readLogos = async (host: Host, ids: readonly number[]): Promise<Map<number, OfferingRow['logo']>> => {
  const logos: Map<number, OfferingRow['logo']> = new Map();
  if (ids.length === 0) return logos;
  const { table, file, relatedId, relatedType, uid, field } = host.tables(UIDS.offering).media.logo!;
  const files = host.tables(FILE_UID);
  const query = host
    .knex(table)
    .join(files.table, `${files.table}.id`, `${table}.${file}`)
    .where({ [`${table}.${relatedType}`]: uid, [`${table}.field`]: field })
    .whereIn(`${table}.${relatedId}`, ids)
    .select({
      offering: `${table}.${relatedId}`,
      url: `${files.table}.${files.columns.url!}`,
      formats: `${files.table}.${files.columns.formats!}`,
      alternativeText: `${files.table}.${files.columns.alternativeText!}`,
    });
  const rows = (await query) as Row[];
  for (const row of rows) {
    logos.set(Number(row.offering), { url: thumbnailOf(row.formats) ?? String(row.url), alternativeText: text(row.alternativeText) });
  }
  return logos;
};

export const readOfferings = async (host: Host, which: Which): Promise<OfferingRow[]> => {
  const tables = host.tables(UIDS.offering);
  const wanted = [
    'id',
    'documentId',
    'name',
    'slug',
    'permalink',
    'offeringId',
    'type',
    'editorialStatus',
    'summary',
    'website',
    'createdAt',
  ];
  const { knex } = host;
  const columns = Object.fromEntries(wanted.map((name) => [name, tables.columns[name]!]));
  const rows = (await choose(ownRows(tables, knex(tables.table)).select(columns), tables.columns.id!, which)) as Row[];
  const ids = rows.map(({ id }) => Number(id));
  const topics = await readLinks(host, tables, 'topics', ids);
  const logos = await readLogos(host, ids);
  return rows.map((row) => {
    const id = Number(row.id);
    return {
      id,
      documentId: String(row.documentId),
      name: text(row.name) ?? '',
      slug: text(row.slug),
      permalink: text(row.permalink),
      offeringId: row.offeringId === null ? null : Number(row.offeringId),
      type: text(row.type) as OfferingRow['type'],
      editorialStatus: text(row.editorialStatus) as OfferingRow['editorialStatus'],
      summary: text(row.summary),
      website: text(row.website),
      logo: logos.get(id) ?? null,
      createdAt: milliseconds(row.createdAt),
      topics: topics.get(id) ?? [],
    };
  });
};

export const readStories = async (host: Host, which: Which): Promise<StoryRow[]> => {
  const tables = host.tables(UIDS['curated-content']);
  const { id, documentId, publishedAt, title, description, body, date, createdAt } = tables.columns;
  const { knex } = host;
  const columns = { id, documentId, publishedAt, title, description, date, createdAt };
  const query = ownRows(tables, knex(tables.table)).select({ ...columns, body: knex.raw('substr(??, 1, ?)', [body!, MOST_BODY]) });
  const rows = (await choose(query, id!, which)) as Row[];
  const ids = rows.map((row) => Number(row.id));
  const topics = await readLinks(host, tables, 'topics', ids);
  const offerings = await readLinks(host, tables, 'relatedOfferings', ids);
  return rows.map((row) => ({
    id: Number(row.id),
    documentId: String(row.documentId),
    isPublished: row.publishedAt !== null,
    title: text(row.title),
    description: text(row.description),
    body: text(row.body),
    date: milliseconds(row.date) || milliseconds(row.createdAt),
    topics: topics.get(Number(row.id)) ?? [],
    offerings: offerings.get(Number(row.id)) ?? [],
  }));
};
