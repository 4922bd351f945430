import { TABLES } from '../../content-types/tables/uids';
import type { Knex } from 'knex';

import type { Base, LedgerEntry } from '../plan/ledger';
import { fromJson, toJson } from './encode';
import type { Host } from './host';
import { insertRows } from './insert-rows';
import { identityKeyOf } from './read-ledger';
import { deleteWhereIn, selectWhereIn, type Row } from './select';

/** One row of the id map, of a record or of a file of the media library. */
export interface LedgerRow extends Omit<LedgerEntry, 'type'> {
  type: string;
  source: string | null;
  /** The run that wrote the row last. */
  runId: number;
}

const byType = (entries: readonly Pick<LedgerRow, 'type' | 'documentId'>[]): Map<string, string[]> => {
  const documents = new Map<string, string[]>();
  for (const { type, documentId } of entries) {
    const known = documents.get(type);
    if (known) known.push(documentId);
    else documents.set(type, [documentId]);
  }
  return documents;
};

/** Reads rows of the id map whole, the files in them too. */
export const readLedgerRows = async (
  host: Host,
  knex: Knex,
  type: string,
  documentIds: readonly string[],
): Promise<Map<string, LedgerRow>> => {
  const { table, columns } = host.tables(TABLES.record);
  const rows = await selectWhereIn(knex, table, columns.documentId!, documentIds);
  const entries = rows
    .filter((row) => row[columns.type!] === type)
    .map((row): LedgerRow => ({
      type,
      documentId: row[columns.documentId!] as string,
      identity: row[columns.identity!] as string,
      path: row[columns.path!] as string,
      hasFile: Boolean(row[columns.hasFile!]),
      mapping: row[columns.mapping!] as string,
      hash: row[columns.hash!] as string,
      base: toJson(row[columns.base!]) as unknown as Base,
      source: row[columns.source!] as string | null,
      runId: Number(row[columns.runId!]),
    }));
  return new Map(entries.map((entry) => [entry.documentId, entry]));
};

/** Forgets records. */
export const deleteLedger = async (host: Host, trx: Knex.Transaction, type: string, documentIds: readonly string[]): Promise<void> => {
  const { table, columns } = host.tables(TABLES.record);
  await deleteWhereIn(trx, table, columns.documentId!, documentIds, { [columns.type!]: type });
};

/** Who is known by some identities: documentIds by the keys that stand for identities. */
export const readKnownBy = async (host: Host, trx: Knex, identityKeys: readonly string[]): Promise<Map<string, string>> => {
  const { table, columns } = host.tables(TABLES.record);
  const rows = await selectWhereIn(trx, table, columns.identityKey!, identityKeys, [columns.identityKey!, columns.documentId!]);
  return new Map(rows.map((row) => [row[columns.identityKey!] as string, row[columns.documentId!] as string]));
};

/** Puts rows of the id map in place of what it has for the same records. */
export const writeLedger = async (host: Host, trx: Knex.Transaction, entries: readonly LedgerRow[]): Promise<void> => {
  const { table, columns } = host.tables(TABLES.record);
  const rows = entries.map((entry): Row => ({
    [columns.type!]: entry.type,
    [columns.documentId!]: entry.documentId,
    [columns.identity!]: entry.identity,
    [columns.identityKey!]: identityKeyOf(entry.type, entry.identity),
    [columns.path!]: entry.path,
    [columns.hasFile!]: entry.hasFile,
    [columns.mapping!]: entry.mapping,
    [columns.hash!]: entry.hash,
    [columns.base!]: fromJson(entry.base),
    [columns.source!]: entry.source,
    [columns.runId!]: entry.runId,
  }));
  // By the record, not by the identity: a record may come to be known by a surer one.
  for (const [type, documentIds] of byType(entries))
    await deleteWhereIn(trx, table, columns.documentId!, documentIds, { [columns.type!]: type });
  await insertRows(trx, table, rows);
};
