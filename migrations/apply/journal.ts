import type { Knex } from 'knex';

import type { ContentType } from '../../content-types';
import type { CurrentRecord } from '../plan/database';
import { fromJson, toJson } from './encode';
import type { Host } from './host';
import { insertRows } from './insert-rows';
import { readRecords } from './read-records';
import { readRedirects, type StoredRedirect } from './redirects';
import type { Row } from './select';
import { readLedgerRows, type LedgerRow } from './write-ledger';

const CHANGES_UID = 'plugin::curation.change';

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

/** Records and their rows of the id map, as a transaction sees them. */
export const readImages = async (host: Host, trx: Knex, type: ContentType, documentIds: readonly string[]): Promise<Map<string, Image>> => {
  const records = await readRecords(host, type, documentIds, trx);
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

/** Notes what a run did, in the transaction that does it. */
export const writeJournal = async (host: Host, trx: Knex.Transaction, runId: number, changes: readonly Change[]): Promise<void> => {
  const { table, columns } = host.tables(CHANGES_UID);
  const rows = changes.map(({ type, documentId, action, before, after }): Row => ({
    [columns.runId!]: runId,
    [columns.type!]: type,
    [columns.documentId!]: documentId,
    [columns.action!]: action,
    [columns.before!]: fromJson(before),
    [columns.after!]: fromJson(after),
  }));
  await insertRows(trx, table, rows);
};

/** What a run did to the records of one type, in the order in which it did it. */
export const readJournal = async (host: Host, runId: number, type: string): Promise<Change[]> => {
  const { table, columns } = host.tables(CHANGES_UID);
  const rows = (await host
    .knex(table)
    .where({ [columns.runId!]: runId, [columns.type!]: type })
    .orderBy('id')) as Row[];
  return rows.map((row) => ({
    type,
    documentId: row[columns.documentId!] as string,
    action: row[columns.action!] as Change['action'],
    before: toJson(row[columns.before!]) as unknown as Image | null,
    after: toJson(row[columns.after!]) as unknown as Image | null,
  }));
};
