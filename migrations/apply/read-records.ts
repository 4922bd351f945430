import type { Knex } from 'knex';

import { FILE_UID, SCHEMAS, targetOf, UIDS, type ContentType } from '../../content-types';
import type { CurrentRecord, CurrentRow } from '../plan/database';
import { isEmptyText, toMoment, toValues } from './encode';
import type { Host, TypeTables } from './host';
import { ownRows } from './own-rows';
import { selectWhereIn, type Row } from './select';

/** The numeric ids of rows, and the documentIds that stand for them. */
const documentIdsOf = async (knex: Knex, { table, columns }: TypeTables, ids: readonly number[]): Promise<Map<number, string>> => {
  const rows = await selectWhereIn(knex, table, columns.id!, ids, [columns.id!, columns.documentId!]);
  return new Map(rows.map((row) => [row[columns.id!] as number, row[columns.documentId!] as string]));
};

const datesOf = ({ columns }: TypeTables, row: Row) => ({
  createdAt: toMoment(row[columns.createdAt!]),
  updatedAt: toMoment(row[columns.updatedAt!]),
  publishedAt: toMoment(row[columns.publishedAt!]),
});

/**
 * Who made and changed a row, its locale: what Strapi keeps beside the attributes. And the texts that are empty: compared with files they count
 * as none, but an undo has to tell the two apart.
 */
const restOf = (type: ContentType, { columns }: TypeTables, row: Row): CurrentRow['rest'] => {
  const attributes = Object.entries(SCHEMAS[type].attributes);
  const kinds = new Map<string | undefined, string>(attributes.map(([attribute, { type: kind }]) => [columns[attribute], kind]));
  for (const attribute of ['id', 'documentId', 'createdAt', 'updatedAt', 'publishedAt']) kinds.set(columns[attribute], 'known');
  const isKept = ([column, value]: [string, unknown]) => {
    const kind = kinds.get(column);
    return kind === undefined || (value !== undefined && isEmptyText(kind, value));
  };
  return Object.fromEntries(Object.entries(row).filter(isKept)) as CurrentRow['rest'];
};

/** Keeps others from changing rows until the transaction ends, and lets them be linked to. SQLite has one writer at a time. */
const locked =
  ({ client }: Host) =>
  (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    client === 'postgres' ? query.forNoKeyUpdate() : client === 'mysql' ? query.forUpdate() : query;

/**
 * Reads records whole, draft and published row, with what their relations and media point at.
 *
 * @param documentIds undefined: all of them
 * @param knex a transaction, to see what it has written
 * @param lock true: nobody else changes these rows before the transaction ends
 */
export const readRecords = async (
  host: Host,
  type: ContentType,
  documentIds?: readonly string[],
  knex: Knex = host.knex,
  lock = false,
): Promise<Map<string, CurrentRecord>> => {
  const tables = host.tables(UIDS[type]);
  const { table, columns, links, media } = tables;
  const own = (query: Knex.QueryBuilder) => ownRows(tables, lock ? locked(host)(query) : query);
  const rows: Row[] = documentIds
    ? await selectWhereIn(knex, table, columns.documentId!, documentIds, ['*'], own)
    : ((await ownRows(tables, knex(table)).select('*')) as Row[]);
  const ids = rows.map((row) => row[columns.id!] as number);
  const states = new Map<number, CurrentRow>(
    rows.map((row) => [
      row[columns.id!] as number,
      {
        ...datesOf(tables, row),
        rest: restOf(type, tables, row),
        values: toValues(type, tables, row),
        links: Object.fromEntries(Object.keys(links).map((attribute) => [attribute, []])),
        media: Object.fromEntries(Object.keys(media).map((attribute) => [attribute, null])),
      },
    ]),
  );

  for (const [attribute, { table: linkTable, source, target, order }] of Object.entries(links)) {
    if (!SCHEMAS[type].attributes[attribute]) continue;
    const found = await selectWhereIn(knex, linkTable, source, ids);
    if (order) found.sort((a, b) => Number(a[order]) - Number(b[order]));
    const targets = host.tables(UIDS[targetOf(type, attribute)]);
    const names = await documentIdsOf(knex, targets, [...new Set(found.map((row) => row[target] as number))]);
    for (const row of found) {
      const name = names.get(row[target] as number);
      if (name) states.get(row[source] as number)?.links[attribute]?.push(name);
    }
  }

  for (const [attribute, { table: linkTable, file, relatedId, relatedType, uid, field }] of Object.entries(media)) {
    const found = (await selectWhereIn(knex, linkTable, relatedId, ids)).filter((row) => row[relatedType] === uid && row.field === field);
    const names = await documentIdsOf(knex, host.tables(FILE_UID), [...new Set(found.map((row) => row[file] as number))]);
    for (const row of found) {
      const state = states.get(row[relatedId] as number);
      if (state) state.media[attribute] = names.get(row[file] as number) ?? null;
    }
  }

  const records = new Map<string, CurrentRecord>();
  const { draftAndPublish } = SCHEMAS[type].options;
  for (const row of rows) {
    const documentId = row[columns.documentId!] as string;
    const state = states.get(row[columns.id!] as number)!;
    const record = records.get(documentId) ?? { draft: state, published: null };
    if (draftAndPublish && row[columns.publishedAt!] !== null) record.published = state;
    else record.draft = state;
    records.set(documentId, record);
  }
  return records;
};
