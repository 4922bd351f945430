import type { Knex } from 'knex';

import { CONTENT_TYPES, type ContentType } from '../../content-types';
import { TABLES } from '../../content-types/tables/uids';
import type { CurrentRecord } from '../plan/database';
import { fromJson, toJson } from './encode';
import type { AnnouncedChange, Host } from './host';
import { insertRows } from './insert-rows';
import { readRecords } from './read-records';
import { readRedirects, type StoredRedirect } from './redirects';
import { chunksOf, MAX_KEYS, readPages, selectWhereIn, type Row } from './select';
import { readLedgerRows, type LedgerRow } from './write-ledger';

/** Changes that are read, and taken back, at once. */
const PAGE = 200;

/** A record and its row of the id map at one moment. */
export interface Image extends Partial<CurrentRecord> {
  ledger: LedgerRow | null;
  /** Every path that leads to it. Missing where there is none, and in what runs noted before there were any. */
  redirects?: StoredRedirect[];
}

/** What a run did to one record. */
export interface Change {
  type: string;
  documentId: string;
  /** `note`: the id map alone. */
  action: 'create' | 'update' | 'remove' | 'note';
  before: Image | null;
  /** Null where the record is as the id map says, or is gone. */
  after: Image | null;
}

/**
 * Records and their rows of the id map, as a transaction sees them.
 *
 * @param lock true: nobody else changes the records before the transaction ends
 */
export const readImages = async (
  host: Host,
  trx: Knex,
  type: ContentType,
  documentIds: readonly string[],
  lock = false,
): Promise<Map<string, Image>> => {
  const records = await readRecords(host, type, documentIds, trx, lock);
  const ledger = await readLedgerRows(host, trx, type, documentIds);
  const redirects = await readRedirects(host, trx, type, documentIds);
  const known = documentIds.filter((documentId) => records.has(documentId) || ledger.has(documentId));
  return new Map(
    known.map((documentId) => {
      const paths = redirects.get(documentId);
      return [documentId, { ...records.get(documentId), ledger: ledger.get(documentId) ?? null, ...(paths ? { redirects: paths } : {}) }];
    }),
  );
};

/** Those of some records that a run has made. */
export const madeBy = async (
  host: Host,
  trx: Knex.Transaction,
  runId: number,
  type: string,
  documentIds: readonly string[],
): Promise<Set<string>> => {
  const { table, columns } = host.tables(TABLES.change);
  const made = new Set<string>();
  for (const chunk of chunksOf(documentIds, MAX_KEYS)) {
    const of = { [columns.runId!]: runId, [columns.type!]: type, [columns.action!]: 'create' satisfies Change['action'] };
    const rows: Row[] = await trx(table).where(of).whereIn(columns.documentId!, chunk).select(columns.documentId!);
    rows.forEach((row) => made.add(row[columns.documentId!] as string));
  }
  return made;
};

/** Notes what a run did, in the transaction that does it. Of a record that it changed before, what that was at first stays. */
export const writeJournal = async (host: Host, trx: Knex.Transaction, runId: number, changes: readonly Change[]): Promise<void> => {
  const { table, columns } = host.tables(TABLES.change);
  const rows = changes.map(({ type, documentId, action, before, after }): Row => ({
    [columns.runId!]: runId,
    [columns.type!]: type,
    [columns.documentId!]: documentId,
    [columns.action!]: action,
    [columns.before!]: fromJson(before),
    [columns.after!]: fromJson(after),
  }));
  const unique = [columns.runId!, columns.type!, columns.documentId!];
  await insertRows(trx, table, rows, { unique, then: { replace: [columns.action!, columns.after!] } });
};

/** Which records a run changed, in the order in which it did, for those who listen. */
export async function* readChanged(host: Host, runId: number): AsyncGenerator<AnnouncedChange> {
  const { table, columns } = host.tables(TABLES.change);
  const wanted = [columns.type!, columns.documentId!, columns.action!];
  for (const type of CONTENT_TYPES) {
    const isOfRun = (query: Knex.QueryBuilder) => query.where({ [columns.runId!]: runId, [columns.type!]: type });
    for await (const page of readPages(host.knex, table, columns.id!, wanted, PAGE * 10, isOfRun)) {
      for (const row of page) {
        const action = row[columns.action!] as Change['action'];
        if (action !== 'note') yield { type, documentId: row[columns.documentId!] as string, action };
      }
    }
  }
}

/**
 * What a run did to the records of one type, a chunk at a time, in the order in which it did it.
 *
 * @param actions those that are asked for
 * @param backwards the last first
 * @param knex a transaction, where the reader is in one
 */
export async function* readJournal(
  host: Host,
  runId: number,
  type: string,
  actions: readonly Change['action'][],
  { backwards = false, knex = host.knex }: { backwards?: boolean; knex?: Knex } = {},
): AsyncGenerator<Change[]> {
  const { table, columns } = host.tables(TABLES.change);
  const asked = knex(table).where({ [columns.runId!]: runId, [columns.type!]: type });
  // The numbers first: what a record was and what became of it is long, and sorted by a database in its own memory.
  const numbers: Row[] = await asked.whereIn(columns.action!, actions).select(columns.id!);
  const ids = Float64Array.from(numbers, (row) => Number(row[columns.id!])).sort();
  if (backwards) ids.reverse();
  for (let start = 0; start < ids.length; start += PAGE) {
    const rows = await selectWhereIn(knex, table, columns.id!, [...ids.subarray(start, start + PAGE)]);
    rows.sort((a, b) => (Number(a[columns.id!]) - Number(b[columns.id!])) * (backwards ? -1 : 1));
    yield rows.map((row) => ({
      type,
      documentId: row[columns.documentId!] as string,
      action: row[columns.action!] as Change['action'],
      before: toJson(row[columns.before!]) as unknown as Image | null,
      after: toJson(row[columns.after!]) as unknown as Image | null,
    }));
  }
}
