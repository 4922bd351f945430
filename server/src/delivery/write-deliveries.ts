import { TABLES } from '../../../content-types/tables/uids';
import type { Knex } from 'knex';

import type { Host } from '../../../migrations/apply/host';
import { insertRows } from '../../../migrations/apply/insert-rows';
import { deleteWhereIn, selectWhereIn, type Row } from '../../../migrations/apply/select';

import { type Delivery } from './delivery';

const toRow = (host: Host, { facets: _, ...delivery }: Delivery, changedAt: number): Row => {
  const { columns } = host.tables(TABLES.delivery);
  const row: Row = { [columns.changedAt!]: changedAt, [columns.number!]: null };
  for (const [name, value] of Object.entries(delivery)) row[columns[name]!] = value;
  return row;
};

/**
 * Puts rows in place of what the table has for the same entries. They have no number until their change is counted.
 *
 * @param ids the numbers of rows that are there: with them InnoDB locks these rows, and not what lies between them and others
 * @param keep leaves rows that are there as they are
 */
export const writeDeliveries = async (
  host: Host,
  trx: Knex.Transaction,
  deliveries: readonly Delivery[],
  { ids = new Map<string, number>(), keep = false } = {},
): Promise<void> => {
  const { table, columns } = host.tables(TABLES.delivery);
  const changedAt = Date.now();
  const isNumbered = ({ documentId }: Delivery) => host.client === 'mysql' && ids.has(documentId);
  const then = keep ? 'keep' : 'replace';
  const fresh = deliveries.filter((delivery) => !isNumbered(delivery)).map((delivery) => toRow(host, delivery, changedAt));
  await insertRows(trx, table, fresh, { unique: [columns.documentId!, columns.type!], then });
  const numbered = deliveries
    .filter(isNumbered)
    .map((delivery) => ({ [columns.id!]: ids.get(delivery.documentId), ...toRow(host, delivery, changedAt) }));
  await insertRows(trx, table, numbered, { unique: [columns.id!], then });
};

/**
 * Puts facets in place of those that the entries had.
 *
 * @param known the entries that may have some
 */
export const writeFacets = async (
  host: Host,
  trx: Knex.Transaction,
  deliveries: readonly Delivery[],
  known: ReadonlySet<string>,
): Promise<void> => {
  const { table, columns } = host.tables(TABLES.facet);
  const type = deliveries[0]?.type;
  if (!type) return;
  const old = deliveries.map(({ documentId }) => documentId).filter((documentId) => known.has(documentId));
  const stored = (await selectWhereIn(trx, table, columns.documentId!, old, [columns.id!, columns.type!])).filter(
    (row) => row[columns.type!] === type,
  );
  // By number: a search would lock what lies between these rows and others, too, on InnoDB.
  await deleteWhereIn(
    trx,
    table,
    columns.id!,
    stored.map((row) => row[columns.id!] as number),
  );
  const rows = deliveries.flatMap(({ documentId, position, facets }) =>
    facets.map((key) => ({
      [columns.key!]: key,
      [columns.position!]: position,
      [columns.type!]: type,
      [columns.documentId!]: documentId,
    })),
  );
  await insertRows(trx, table, rows);
};
