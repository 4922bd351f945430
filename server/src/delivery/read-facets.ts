import type { Knex } from 'knex';

import type { ContentType } from '../../../content-types';
import { TABLES } from '../../../content-types/tables/uids';
import type { Host } from '../../../migrations/apply/host';
import { selectWhereIn } from '../../../migrations/apply/select';

import { type Delivery } from './delivery';

/** The facets that a row ought to have, each with its place, in one order. */
export const placesOf = ({ facets, position }: Pick<Delivery, 'facets' | 'position'>): string[] =>
  facets.map((key) => `${key} ${position ?? ''}`).sort();

/** The facets that the table has for some entries of a type, each with its place, in one order. */
export const readFacets = async (
  host: Host,
  knex: Knex,
  type: ContentType,
  documentIds: readonly string[],
): Promise<Map<string, string[]>> => {
  const { table, columns } = host.tables(TABLES.facet);
  const places = new Map<string, string[]>();
  for (const row of await selectWhereIn(knex, table, columns.documentId!, documentIds)) {
    if (row[columns.type!] !== type) continue;
    const documentId = row[columns.documentId!] as string;
    const place = `${String(row[columns.key!])} ${(row[columns.position!] as string | null) ?? ''}`;
    places.set(documentId, [...(places.get(documentId) ?? []), place].sort());
  }
  return places;
};
