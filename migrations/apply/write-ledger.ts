import { createHash } from 'node:crypto';

import type { Knex } from 'knex';

import type { Base } from '../plan/ledger';
import { fromJson } from './encode';
import type { Host } from './host';
import { RECORDS_UID } from './open-database';
import { deleteWhereIn, insertRows, type Row } from './select';

/** One row of the id map, of a record or of a file of the media library. */
export interface LedgerRow {
  type: string;
  documentId: string;
  identity: string;
  path: string;
  hasFile: boolean;
  mapping: string;
  hash: string;
  base: Base;
  source: string | null;
}

const keyOf = ({ type, identity }: LedgerRow): string => createHash('sha256').update(`${type}\n${identity}`).digest('hex');

/** Puts rows of the id map in place of what it has for the same records. */
export const writeLedger = async (host: Host, trx: Knex.Transaction, entries: readonly LedgerRow[], runId: number): Promise<void> => {
  const { table, columns } = host.tables(RECORDS_UID);
  const rows = entries.map(
    (entry): Row => ({
      [columns.type!]: entry.type,
      [columns.documentId!]: entry.documentId,
      [columns.identity!]: entry.identity,
      [columns.identityKey!]: keyOf(entry),
      [columns.path!]: entry.path,
      [columns.hasFile!]: entry.hasFile,
      [columns.mapping!]: entry.mapping,
      [columns.hash!]: entry.hash,
      [columns.base!]: fromJson(entry.base),
      [columns.source!]: entry.source,
      [columns.runId!]: runId,
    }),
  );
  await deleteWhereIn(trx, table, columns.identityKey!, entries.map(keyOf));
  await insertRows(trx, table, rows);
};
