import type { Core } from '@strapi/strapi';

import { CONTENT_TYPES, UIDS } from '../../content-types';

type Row = Record<string, unknown>;

interface JoinColumn {
  name: string;
  referencedTable: string;
}

interface Attribute {
  type: string;
  columnName?: string;
  joinTable?: { name: string; joinColumn: JoinColumn; inverseJoinColumn?: JoinColumn };
}

const FILES = 'files';
const FILE_LINKS = 'files_related_mph';

/**
 * Set by Strapi's Document Service to the moment of its own call, whatever it is given. The importer keeps what a file says; that is looked
 * at by other tests. Here it counts whether they are set.
 */
const OVERWRITTEN = ['updated_at', 'published_at'];

/** JSON as a value: MySQL's driver answers that, the others text, SQLite a number where the text looks like one. */
const parsed = (value: unknown, isParsed: boolean): unknown => {
  if (value === null) return null;
  if (isParsed || typeof value !== 'string') return { json: value };
  try {
    return { json: JSON.parse(value) as unknown };
  } catch {
    return { text: value };
  }
};

const byText = (rows: Row[]): Row[] =>
  rows
    .map((row) => [JSON.stringify(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);

/**
 * Every row of the content types, of their link tables and of their media, in a form in which two databases can be compared: numeric ids
 * become documentIds with the state of the row, JSON becomes values, rows come in an order of their own.
 *
 * @param dated documentIds whose date of creation is given; of the others, which get the moment of the write, it counts that they have one
 */
export const readContentRows = async (strapi: Core.Strapi, dated: ReadonlySet<string>): Promise<Record<string, Row[]>> => {
  const knex = strapi.db.connection;
  const isParsed = String(knex.client.config.client).includes('mysql');
  const tables: Record<string, Row[]> = {};
  const names = new Map<string, Map<unknown, string>>();
  const select = (table: string): Promise<Row[]> => knex(table).select('*');
  const metadata = CONTENT_TYPES.map(
    (type) => strapi.db.metadata.get(UIDS[type]) as unknown as { tableName: string; attributes: Record<string, Attribute> },
  );
  names.set(FILES, new Map((await select(FILES)).map(({ id, document_id }) => [id, String(document_id)])));

  for (const { tableName, attributes } of metadata) {
    const columns = (type: string) =>
      Object.values(attributes).flatMap((attribute) => (attribute.type === type ? (attribute.columnName ?? []) : []));
    const rows = await select(tableName);
    names.set(
      tableName,
      new Map(rows.map(({ id, document_id, published_at }) => [id, `${String(document_id)} ${published_at ? 'published' : 'draft'}`])),
    );
    tables[tableName] = rows.map(({ id, ...row }) => {
      for (const column of columns('json')) row[column] = parsed(row[column], isParsed);
      for (const column of columns('datetime')) row[column] = row[column] && new Date(row[column] as string | number | Date).toISOString();
      for (const column of OVERWRITTEN) row[column] = row[column] && 'set';
      if (!dated.has(String(row.document_id))) row.created_at = row.created_at && 'set';
      return { id: names.get(tableName)!.get(id), ...row };
    });
  }

  for (const { attributes } of metadata) {
    for (const { joinTable } of Object.values(attributes)) {
      if (!joinTable?.inverseJoinColumn) continue;
      const ends = [joinTable.joinColumn, joinTable.inverseJoinColumn];
      tables[joinTable.name] = (await select(joinTable.name)).map(({ id: _id, ...row }) => ({
        ...row,
        ...Object.fromEntries(ends.map(({ name, referencedTable }) => [name, names.get(referencedTable)!.get(row[name])])),
      }));
    }
  }

  const tableOf = new Map(CONTENT_TYPES.map((type, index) => [UIDS[type] as string, metadata[index]!.tableName]));
  tables[FILE_LINKS] = (await select(FILE_LINKS)).map(({ id: _id, ...row }) => ({
    ...row,
    file_id: names.get(FILES)!.get(row.file_id),
    related_id: names.get(tableOf.get(String(row.related_type)) ?? '')?.get(row.related_id) ?? row.related_id,
  }));
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, byText(rows)]));
};

/** Empties the tables of the content types and all that hangs on them; the media library stays. */
export const emptyContent = async (strapi: Core.Strapi): Promise<void> => {
  const knex = strapi.db.connection;
  await knex(FILE_LINKS).whereIn('related_type', Object.values(UIDS)).delete();
  // What points at others first; links go with their owners.
  for (const type of [...CONTENT_TYPES].reverse()) await knex(strapi.db.metadata.get(UIDS[type]).tableName).delete();
  await knex(strapi.db.metadata.get('plugin::curation.record').tableName).whereNot('type', 'file').delete();
};
