import { CONTENT_TYPES, UIDS, type ContentType } from '../../content-types';
import { uniqueColumns } from '../../content-types/rules/unique-keys';
import type { Database } from '../plan/database';
import { Ledger, type Base, type LedgerEntry } from '../plan/ledger';
import { toJson } from './encode';
import type { Host } from './host';
import { readPathHolders } from './path-holders';
import { readRecords } from './read-records';
import type { Row } from './select';

export const RECORDS_UID = 'plugin::curation.record';

/** The `type` of an id map row that stands for a file of the media library. */
export const FILE_TYPE = 'file';

const toEntry = (row: Row): LedgerEntry => ({
  type: row.type as ContentType,
  documentId: row.document_id as string,
  identity: row.identity as string,
  path: row.path as string,
  hasFile: Boolean(row.has_file),
  mapping: row.mapping as string,
  hash: row.hash as string,
  base: toJson(row.base) as unknown as Base,
});

/** Reads the id map, without the files themselves. */
const readLedger = async (host: Host): Promise<{ ledger: Ledger; files: Map<string, string> }> => {
  const { table } = host.tables(RECORDS_UID);
  const rows = (await host
    .knex(table)
    .select('type', 'document_id', 'identity', 'path', 'has_file', 'mapping', 'hash', 'base')
    .orderBy('id')) as Row[];
  const files = rows.filter((row) => row.type === FILE_TYPE);
  return {
    ledger: new Ledger(rows.filter((row) => row.type !== FILE_TYPE).map(toEntry)),
    files: new Map(files.map((row) => [row.hash as string, row.document_id as string])),
  };
};

/** What a plan needs to know of the database: the id map and every unique key, read once. */
export const openDatabase = async (host: Host): Promise<Database> => {
  const { ledger, files } = await readLedger(host);
  const holders = new Map<string, string>();
  const documents = new Set<string>();

  for (const type of CONTENT_TYPES) {
    const { table, columns } = host.tables(UIDS[type]);
    const keys = uniqueColumns(type).map(({ column }) => column);
    const rows: Row[] = await host.knex(table).select(columns.documentId!, ...keys.map((key) => columns[key]!));
    for (const row of rows) {
      const documentId = row[columns.documentId!] as string;
      documents.add(`${type} ${documentId}`);
      for (const key of keys) if (row[columns[key]!]) holders.set(`${type} ${key} ${String(row[columns[key]!])}`, documentId);
    }
  }

  return {
    ledger,
    holderOf: (type, column, key) => holders.get(`${type} ${column} ${key}`),
    exists: (type, documentId) => documents.has(`${type} ${documentId}`),
    fileOf: (sha256) => files.get(sha256),
    pathHolders: (keys) => readPathHolders(host, keys),
    isOwnHost: host.isOwnHost,
    read: (type, documentIds) => readRecords(host, type, documentIds),
  };
};
