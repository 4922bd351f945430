import { TABLES } from '../../../content-types/tables/uids';
import type { Knex } from 'knex';

import { runSelect } from '../../../migrations/apply/select';
import type { Refresh } from '../derived/derived-rows';

import { goneRow } from './compose';
import { type Delivery } from './delivery';
import { formatOf } from './format';
import { writeDeliveries } from './write-deliveries';

/** What the table has for an entry. */
export type Stored = Pick<Delivery, 'slug' | 'hash' | 'format' | 'summary' | 'isGone'> & { id: number };

interface Locked {
  stored: Map<string, Stored>;
  /** Entries whose rows another transaction holds. */
  busy: ReadonlySet<string>;
  /** Entries whose rows are there for the lock alone. */
  made: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

type Lock = (query: Knex.QueryBuilder) => Knex.QueryBuilder;

const select = async ({ host, trx, type, documentIds }: Refresh, lock: Lock): Promise<Map<string, Stored>> => {
  const { table, columns } = host.tables(TABLES.delivery);
  const query = trx(table)
    .whereIn(columns.documentId!, documentIds as string[])
    .andWhere(columns.type!, type)
    .select(columns.id!, columns.documentId!, columns.slug!, columns.hash!, columns.format!, columns.summary!, columns.isGone!);
  const rows = await runSelect(trx, lock(query));
  return new Map(
    rows.map((row) => [
      row[columns.documentId!] as string,
      {
        id: Number(row[columns.id!]),
        slug: row[columns.slug!] as string | null,
        hash: row[columns.hash!] as string,
        format: row[columns.format!] as string,
        summary: row[columns.summary!] as string | null,
        isGone: Boolean(row[columns.isGone!]),
      },
    ]),
  );
};

/**
 * Takes the rows of some entries before the entries are read, so that of two transactions the later one to write has also read later.
 *
 * The transaction that wrote the entries waits for the rows; the queue takes what is free, and makes rows where there are none, so that
 * nobody can make them meanwhile. SQLite has one writer at a time. InnoDB locks gaps between rows too, which would set those who publish new
 * stories against each other: there only the queue takes rows, and looks again at what was written.
 */
export const lockDeliveries = async (refresh: Refresh): Promise<Locked> => {
  const { host, trx, type, documentIds, isBehind } = refresh;
  const { columns } = host.tables(TABLES.delivery);
  const plain = () => select(refresh, (query) => query);
  if (host.client === 'sqlite' || (host.client === 'mysql' && !isBehind)) return { stored: await plain(), busy: NONE, made: NONE };
  if (!isBehind)
    return { stored: await select(refresh, (query) => query.orderBy(columns.documentId!).forUpdate()), busy: NONE, made: NONE };

  const known = await plain();
  const missing = documentIds.filter((documentId) => !known.has(documentId));
  await writeDeliveries(
    host,
    trx,
    missing.map((documentId) => goneRow(type, documentId, null, formatOf(refresh.strapi))),
    { keep: true },
  );
  const stored = await select(refresh, (query) => query.orderBy(columns.documentId!).forUpdate().skipLocked());
  return { stored, busy: new Set(documentIds.filter((documentId) => !stored.has(documentId))), made: new Set(missing) };
};
