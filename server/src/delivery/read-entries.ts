import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { FILE_UID, SCHEMAS, UIDS, type ContentType } from '../../../content-types';
import { toJson, toMoment } from '../../../migrations/apply/encode';
import type { Host, TypeTables } from '../../../migrations/apply/host';
import { ownRows } from '../../../migrations/apply/own-rows';
import { chunksOf, runSelect, type Row } from '../../../migrations/apply/select';

import { isHidden, servedOf, type ServedAttribute } from './served-attributes';

const CHUNK = 1_000;
const PLACE = ['slug', 'basePath', 'permalink', 'aliases', 'date'] as const;

export interface Target {
  documentId: string;
  name: string | null;
  slug: string | null;
}

export interface File {
  documentId: string;
  /** What an answer says of it. */
  json: Record<string, unknown>;
}

/** An entry as sites may see it: published, with what it points at. */
export interface Entry {
  documentId: string;
  /** What its place on the site and in lists is made of, and what leads there, private or not: where a page stands is no secret. */
  place: Record<string, unknown>;
  values: Record<string, unknown>;
  dates: Record<string, string | null>;
  createdAt: string | null;
  links: Record<string, Target[]>;
  media: Record<string, File | null>;
}

/** A value as REST tells it, whichever driver read it. */
const valueOf = ({ type }: ServedAttribute, value: unknown, answersJson: boolean): unknown => {
  if (value === null || value === undefined) return null;
  if (type === 'json' || type === 'blocks') return toJson(value, answersJson);
  if (type === 'datetime') return toMoment(value);
  if (type === 'timestamp') return String(Date.parse(toMoment(value)!));
  if (type === 'biginteger') return String(value);
  if (type === 'date') return String(value).slice(0, 10);
  if (type === 'boolean') return Boolean(value);
  if (type === 'decimal' || type === 'float') return Number(value);
  return value;
};

const addLinks = async (
  host: Host,
  knex: Knex,
  type: ContentType,
  entries: ReadonlyMap<number, Entry>,
  hidden: (name: string) => boolean,
) => {
  for (const [attribute, { table, source, target, order }] of Object.entries(host.tables(UIDS[type]).links)) {
    const uid = SCHEMAS[type].attributes[attribute]?.target;
    if (!uid || hidden(attribute)) continue;
    entries.forEach(({ links }) => (links[attribute] = []));
    const { table: targetTable, columns } = host.tables(uid);
    const found: Row[] = [];
    for (const ids of chunksOf([...entries.keys()], CHUNK)) {
      const query = knex(`${table} as l`)
        .join(`${targetTable} as t`, 't.id', `l.${target}`)
        .whereIn(`l.${source}`, ids)
        .select(`l.${source} as source`, `t.${columns.documentId} as documentId`, `t.${columns.name} as name`, `t.${columns.slug} as slug`)
        .orderBy([{ column: `l.${source}` }, ...(order ? [{ column: `l.${order}` }] : []), { column: 'l.id' }]);
      found.push(...(await runSelect(knex, query)));
    }
    for (const { source: id, ...row } of found) {
      const targets = entries.get(Number(id))?.links[attribute];
      const target = row as unknown as Target;
      // An entry that is translated may be named in several languages, and stands here in one.
      if (targets?.every(({ documentId }) => documentId !== target.documentId)) targets.push(target);
    }
  }
};

const formatsOf = (formats: unknown): Record<string, unknown> | null => {
  const given = formats as Record<string, Record<string, unknown>> | null;
  if (!given) return null;
  return Object.fromEntries(Object.entries(given).map(([name, { url, width, height }]) => [name, { url, width, height }]));
};

const fileOf = (row: Row, { columns, answersJson }: TypeTables): File => ({
  documentId: row[columns.documentId!] as string,
  json: {
    documentId: row[columns.documentId!],
    name: row[columns.name!],
    alternativeText: row[columns.alternativeText!],
    caption: row[columns.caption!],
    width: row[columns.width!],
    height: row[columns.height!],
    mime: row[columns.mime!],
    // In thousands of bytes, as Strapi keeps it; PostgreSQL's driver answers decimals as text.
    size: Number(row[columns.size!]),
    url: row[columns.url!],
    formats: formatsOf(toJson(row[columns.formats!], answersJson)),
  },
});

const addMedia = async (
  host: Host,
  knex: Knex,
  type: ContentType,
  entries: ReadonlyMap<number, Entry>,
  hidden: (name: string) => boolean,
) => {
  const [first] = Object.values(host.tables(UIDS[type]).media);
  if (!first) return;
  const { table, file, relatedId, relatedType, order, uid } = first;
  const links: Row[] = [];
  for (const ids of chunksOf([...entries.keys()], CHUNK)) {
    const query = knex(table)
      .whereIn(relatedId, ids)
      .andWhere(relatedType, uid)
      .select(relatedId, 'field', file)
      .orderBy([{ column: order }, { column: 'id' }]);
    links.push(...(await runSelect(knex, query)));
  }
  if (links.length === 0) return;
  const tables = host.tables(FILE_UID);
  const ids = [...new Set(links.map((row) => row[file] as number))].sort((a, b) => a - b);
  const rows: Row[] = [];
  for (const chunk of chunksOf(ids, CHUNK)) {
    const query = knex(tables.table).whereIn(tables.columns.id!, chunk).orderBy(tables.columns.id!);
    // Somebody who changes its alternative text meanwhile waits for this commit, and then finds this entry among those that show it.
    rows.push(...(await runSelect(knex, host.client === 'postgres' ? query.forShare() : query)));
  }
  const files = new Map(rows.map((row) => [Number(row[tables.columns.id!]), fileOf(row, tables)]));
  for (const row of links) {
    const media = entries.get(Number(row[relatedId]))?.media;
    const field = row.field as string;
    if (media && field in media && !hidden(field)) media[field] ??= files.get(Number(row[file])) ?? null;
  }
};

/** Reads entries as sites may see them; one that is not published, or gone, is not among them. */
export const readEntries = async (
  strapi: Core.Strapi,
  host: Host,
  knex: Knex,
  type: ContentType,
  documentIds: readonly string[],
): Promise<Map<string, Entry>> => {
  const tables = host.tables(UIDS[type]);
  const { table, columns, media, answersJson } = tables;
  const { attributes, dates } = servedOf(strapi, type);
  const hidden = (name: string) => isHidden(strapi, type, name);
  const places = PLACE.filter((name) => columns[name]);
  const rows: Row[] = [];
  for (const ids of chunksOf(documentIds, CHUNK)) {
    const query = ownRows(tables, knex(table).whereIn(columns.documentId!, ids));
    if (SCHEMAS[type].options.draftAndPublish) query.whereNotNull(columns.publishedAt!);
    rows.push(...(await runSelect(knex, query)));
  }

  const entries = new Map(
    rows.map((row): [number, Entry] => [
      Number(row[columns.id!]),
      {
        documentId: row[columns.documentId!] as string,
        place: Object.fromEntries(places.map((name) => [name, row[columns[name]!]])),
        values: Object.fromEntries(
          attributes.map((attribute) => [attribute.name, valueOf(attribute, row[columns[attribute.name]!], answersJson)]),
        ),
        dates: Object.fromEntries(dates.map((name) => [name, toMoment(row[columns[name]!])])),
        createdAt: toMoment(row[columns.createdAt!]),
        links: {},
        media: Object.fromEntries(
          Object.keys(media)
            .filter((name) => !hidden(name))
            .map((name) => [name, null]),
        ),
      },
    ]),
  );
  if (entries.size > 0) {
    await addLinks(host, knex, type, entries, hidden);
    await addMedia(host, knex, type, entries, hidden);
  }
  return new Map([...entries.values()].map((entry) => [entry.documentId, entry]));
};
