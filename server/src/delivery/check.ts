import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { CONTENT_TYPES, type ContentType } from '../../../content-types';
import { TABLES } from '../../../content-types/tables/uids';
import type { Host } from '../../../migrations/apply/host';
import { selectWhereIn } from '../../../migrations/apply/select';

import { publishedAfter, unpublished } from './build';
import { composeDeliveries } from './deliveries';
import { type Delivery } from './delivery';
import { ownTransaction } from './numbering';
import { placesOf, readFacets } from './read-facets';

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

type Stored = Omit<Delivery, 'facets'> & { places: string[] };

const readStored = async (host: Host, knex: Knex, type: ContentType, documentIds: readonly string[]): Promise<Map<string, Stored>> => {
  const { table, columns } = host.tables(TABLES.delivery);
  const rows = (await selectWhereIn(knex, table, columns.documentId!, documentIds)).filter((row) => row[columns.type!] === type);
  const places = await readFacets(host, knex, type, documentIds);
  const attributes = Object.entries(columns).filter(([name]) => !['id', 'changedAt', 'number'].includes(name));
  return new Map(
    rows.map((row) => {
      const values = Object.fromEntries(attributes.map(([name, column]) => [name, row[column]])) as unknown as Delivery;
      return [values.documentId, { ...values, isGone: Boolean(values.isGone), places: places.get(values.documentId) ?? [] }];
    }),
  );
};

const isSame = ({ facets, ...wanted }: Delivery, { places, ...stored }: Stored): boolean =>
  placesOf({ facets, position: wanted.position }).join() === places.join() &&
  (Object.keys(wanted) as (keyof typeof wanted)[]).every((name) => wanted[name] === stored[name]);

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
