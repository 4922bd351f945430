import type { Knex } from 'knex';

import { FILE_UID } from '../../content-types';
import type { Host } from './host';
import type { Row } from './select';

/**
 * The caption of a file between its upload, which the media library does in its own time, and the transaction that notes it in the id map. A
 * run that dies between the two leaves a file by which the next one knows that nobody counts on it.
 */
export const UNNOTED = 'Just imported, not yet in use';

/** Takes the mark from a file, in the transaction that notes it. */
export const markNoted = async (host: Host, trx: Knex.Transaction, documentId: string): Promise<void> => {
  const { table, columns } = host.tables(FILE_UID);
  await trx(table)
    .where({ [columns.documentId!]: documentId, [columns.caption!]: UNNOTED })
    .update({ [columns.caption!]: null });
};

/** Removes the files that dead runs had uploaded and never noted: without their rows in the id map they would be uploaded once more beside them. */
export const removeUnnoted = async (host: Host): Promise<void> => {
  const { table, columns } = host.tables(FILE_UID);
  const rows: Row[] = await host.knex(table).where(columns.caption!, UNNOTED).select(columns.id!);
  for (const row of rows) await host.remove(row[columns.id!] as number);
};
