import { TABLES } from '../../../../content-types/tables/uids';
import type { Host } from '../../../../migrations/apply/host';
import { chunksOf, type Row } from '../../../../migrations/apply/select';

import { facetKey } from '../facet-key';

import { pageOf, type Page } from './contents';
import { selectRows, type Outline, type ReadyRow } from './ready-row';

export type TermType = 'topic' | 'offering';

const CHUNK = 500;

/** A page of topics or offerings, by name. */
export const readTerms = async <Whole extends boolean>(
  host: Host,
  isWhole: Whole,
  type: TermType,
  { limit, after }: { limit: number; after?: string },
): Promise<Page<Whole extends true ? ReadyRow : Outline>> => {
  const rows = await selectRows(host, isWhole, (query, column) => {
    query.where(column('type'), type).whereNotNull(column('position'));
    if (after !== undefined) query.where(column('position'), '>', after);
    query.orderBy(column('position')).limit(limit + 1);
  });
  return pageOf(rows, limit);
};

/** How many published stories have each topic or offering. */
export const countStories = async (host: Host, type: TermType, documentIds: readonly string[]): Promise<(documentId: string) => number> => {
  const { table, columns } = host.tables(TABLES.facet);
  const counts = new Map<string, number>();
  for (const chunk of chunksOf(documentIds, CHUNK)) {
    const keys = chunk.map((documentId) => facetKey(type, documentId));
    const rows: Row[] = await host
      .knex(table)
      .whereIn(columns.key!, keys)
      .groupBy(columns.key!)
      .select(`${columns.key!} as facet`)
      .count('* as stories');
    for (const { facet, stories } of rows) counts.set(facet as string, Number(stories));
  }
  return (documentId) => counts.get(facetKey(type, documentId)) ?? 0;
};
