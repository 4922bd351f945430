import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { CONTENT_TYPES, type ContentType } from '../../../content-types';
import type { Host } from '../../../migrations/apply/host';
import { selectWhereIn } from '../../../migrations/apply/select';

import { publishedAfter, unpublished } from './build';
import { composeDeliveries } from './deliveries';
import { DELIVERIES_UID, FACETS_UID, type Delivery } from './delivery';
import { ownTransaction } from './numbering';

const CHUNK = 500;

/** How the table of ready answers differs from what a rebuild would make. */
export interface Check {
  /** Answers that are right. */
  right: number;
  /** Answers that say something else than the entry does. */
  stale: number;
  /** Published entries without an answer. */
  missing: number;
  /** Answers of entries that are not published. */
  extra: number;
}

const readStored = async (host: Host, knex: Knex, type: ContentType, documentIds: readonly string[]): Promise<Map<string, Delivery>> => {
  const { table, columns } = host.tables(DELIVERIES_UID);
  const rows = (await selectWhereIn(knex, table, columns.documentId!, documentIds)).filter((row) => row[columns.type!] === type);
  const facets = host.tables(FACETS_UID);
  const keys = (await selectWhereIn(knex, facets.table, facets.columns.documentId!, documentIds)).filter(
    (row) => row[facets.columns.type!] === type,
  );
  const attributes = Object.entries(columns).filter(([name]) => !['id', 'changedAt', 'number'].includes(name));
  return new Map(
    rows.map((row) => {
      const values = Object.fromEntries(attributes.map(([name, column]) => [name, row[column]])) as unknown as Delivery;
      const own = keys.filter((key) => key[facets.columns.documentId!] === values.documentId);
      const isPlaced = own.every((key) => key[facets.columns.position!] === values.position);
      const delivery = { ...values, isGone: Boolean(values.isGone), facets: own.map((key) => String(key[facets.columns.key!])).sort() };
      return [values.documentId, isPlaced ? delivery : { ...delivery, facets: [] }];
    }),
  );
};

const isSame = (a: Delivery, b: Delivery): boolean =>
  (Object.keys(a) as (keyof Delivery)[]).every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));

/** Compares every answer with what a rebuild would make of the entries. */
export const checkDeliveries = async (strapi: Core.Strapi, host: Host): Promise<Check> => {
  const check: Check = { right: 0, stale: 0, missing: 0, extra: 0 };
  for (const type of CONTENT_TYPES) {
    for (let after = ''; ;) {
      const documentIds = await ownTransaction(host, async (trx) => {
        const ids = await publishedAfter(host, trx, type, after, CHUNK);
        const wanted = await composeDeliveries({ strapi, host, trx, type, documentIds: ids, isBehind: true, isRebuild: false });
        const stored = await readStored(host, trx, type, ids);
        for (const [documentId, delivery] of wanted) {
          const found = stored.get(documentId);
          if (!found || found.isGone) check.missing += 1;
          else check[isSame(delivery, found) ? 'right' : 'stale'] += 1;
        }
        return ids;
      });
      if (documentIds.length < CHUNK) break;
      after = documentIds.at(-1)!;
    }
    check.extra += (await unpublished(host, host.knex, type, Number.MAX_SAFE_INTEGER)).length;
  }
  return check;
};
