import { sha256 } from '../../content-types/rules/sha256';
import type { ContentType } from '../../content-types/uids';
import { TABLES } from '../../content-types/tables/uids';
import type { Trace } from '../plan/database';
import type { Base, LedgerKey, StoredEntry } from '../plan/ledger';
import { toJson } from './encode';
import type { Host } from './host';
import { chunksOf, readPages, selectWhereIn, type Row } from './select';

/** The `type` of an id map row that stands for a file of the media library. */
export const FILE_TYPE = 'file';

/** Rows that are read at once: each holds what its record held. */
const PAGE = 500;
const LIGHT = ['type', 'documentId', 'path', 'hasFile', 'mapping', 'runId'];
const WHOLE = [...LIGHT, 'identity', 'hash', 'base'];

/** What stands for a record's identity under the unique index. */
export const identityKeyOf = (type: string, identity: string): string => sha256(`${type}\n${identity}`);

type Columns = Record<string, string>;

const toKey = (columns: Columns, row: Row): LedgerKey => ({
  type: row[columns.type!] as ContentType,
  documentId: row[columns.documentId!] as string,
  path: row[columns.path!] as string,
  hasFile: Boolean(row[columns.hasFile!]),
  mapping: row[columns.mapping!] as string,
  runId: Number(row[columns.runId!]),
});

const toEntry = (columns: Columns, row: Row): StoredEntry => ({
  ...toKey(columns, row),
  identity: row[columns.identity!] as string,
  hash: row[columns.hash!] as string,
  base: toJson(row[columns.base!]) as unknown as Base,
});

const named = (columns: Columns, attributes: readonly string[]): string[] => attributes.map((attribute) => columns[attribute]!);

/** The rows of some types, whole but for the files themselves, a page at a time and in the order in which they came. */
export async function* readEntries(host: Host, types: readonly string[]): AsyncGenerator<StoredEntry[]> {
  const { table, columns } = host.tables(TABLES.record);
  const pages = readPages(host.knex, table, columns.id!, named(columns, WHOLE), PAGE, (query) => query.whereIn(columns.type!, types));
  for await (const page of pages) yield page.map((row) => toEntry(columns, row));
}

/** Every record's row, without what it held. */
export async function* readKeys(host: Host): AsyncGenerator<LedgerKey[]> {
  const { table, columns } = host.tables(TABLES.record);
  const pages = readPages(host.knex, table, columns.id!, named(columns, LIGHT), PAGE * 10, (query) =>
    query.whereNot(columns.type!, FILE_TYPE),
  );
  for await (const page of pages) yield page.map((row) => toKey(columns, row));
}

/** The rows of one type that hold one of some values, in the order in which they came. */
export const readEntriesBy = async (
  host: Host,
  type: ContentType,
  attribute: 'documentId' | 'identityKey',
  values: readonly string[],
): Promise<StoredEntry[]> => {
  const { table, columns } = host.tables(TABLES.record);
  const rows = await selectWhereIn(host.knex, table, columns[attribute]!, values, ['id', ...named(columns, WHOLE)]);
  return rows
    .filter((row) => row[columns.type!] === type)
    .sort((a, b) => Number(a.id) - Number(b.id))
    .map((row) => toEntry(columns, row));
};

/** What the files of some records of one type held when they were read last, by documentId. */
export const readTraces = async (host: Host, keys: readonly Pick<LedgerKey, 'type' | 'documentId'>[]): Promise<Map<string, Trace>> => {
  const { table, columns } = host.tables(TABLES.record);
  const traces = new Map<string, Trace>();
  for (const chunk of chunksOf(keys, PAGE)) {
    const documentIds = chunk.map(({ documentId }) => documentId);
    for (const row of await selectWhereIn(host.knex, table, columns.documentId!, documentIds, [
      ...named(columns, WHOLE),
      columns.source!,
    ])) {
      const { type, documentId, identity, base } = toEntry(columns, row);
      if (type !== chunk[0]!.type) continue;
      const { slug = null, title = null } = base.values;
      const source = row[columns.source!] as string | null;
      // `hash` is empty where the file is to be looked at again.
      traces.set(documentId, { identity, digest: source === null ? null : sha256(source), values: { slug, title } });
    }
  }
  return traces;
};
