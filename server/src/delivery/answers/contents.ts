import type { Knex } from 'knex';

import type { ContentType } from '../../../../content-types';
import { TABLES } from '../../../../content-types/tables/uids';
import type { Host } from '../../../../migrations/apply/host';
import type { ContentsQuery } from '../../contracts/delivery';

import { facetKey, slugKeyOf } from '../facet-key';

import { selectRows, type Outline, type ReadyRow } from './ready-row';

export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

interface Wanted {
  /** Facets that every story on the page has. */
  keys: readonly string[];
  limit: number;
  after?: string;
}

/** One more than asked for tells whether there is a next page. */
export const pageOf = <Row extends Outline>(rows: Row[], limit: number): Page<Row> => ({
  rows: rows.slice(0, limit),
  next: rows.length > limit ? rows[limit - 1]!.position : null,
});

/** A page of stories, newest first, from behind the last one of the page before: page 200 is found as fast as the first. */
export const readStories = async <Whole extends boolean>(
  host: Host,
  isWhole: Whole,
  { keys, limit, after }: Wanted,
): Promise<Page<Whole extends true ? ReadyRow : Outline>> => {
  const facets = host.tables(TABLES.facet);
  const [first, ...others] = keys;
  const rows = await selectRows(host, isWhole, (query, column) => {
    const facetColumn = (alias: string, name: string) => `${alias}.${facets.columns[name]!}`;
    const joined = (alias: string) =>
      function join(this: Knex.JoinClause) {
        this.on(facetColumn(alias, 'documentId'), column('documentId'));
      };
    query.where(column('type'), 'curated-content').whereNotNull(column('position'));
    if (first !== undefined) query.join(`${facets.table} as f`, joined('f')).where(facetColumn('f', 'key'), first);
    for (const key of others) {
      const having = host.knex(`${facets.table} as o`).select('o.id').where(facetColumn('o', 'key'), key);
      query.whereExists(having.where(facetColumn('o', 'documentId'), host.knex.ref(column('documentId'))));
    }
    const place = first === undefined ? column('position') : facetColumn('f', 'position');
    if (after !== undefined) query.where(place, '<', after);
    query.orderBy(place, 'desc').limit(limit + 1);
  });
  return pageOf(rows, limit);
};

/** The row of a type that has a slug, or undefined. */
export const readBySlug = async <Whole extends boolean>(
  host: Host,
  isWhole: Whole,
  type: ContentType,
  slug: string,
): Promise<(Whole extends true ? ReadyRow : Outline) | undefined> => {
  const [row] = await selectRows(host, isWhole, (query, column) => {
    query.where({ [column('type')]: type, [column('slugKey')]: slugKeyOf(slug) });
    query.whereNotNull(column('position')).limit(1);
  });
  return row;
};

/** The facets that a query asks for; undefined where it names a topic or an offering that is not there. */
export const keysOf = async (host: Host, { topic, offering, brand, identifier }: Partial<ContentsQuery>): Promise<string[] | undefined> => {
  const named = async (type: 'topic' | 'offering', slug: string | undefined) => {
    if (slug === undefined) return [];
    const row = await readBySlug(host, false, type, slug);
    return row && [facetKey(type, row.documentId)];
  };
  const [topics, offerings] = [await named('topic', topic), await named('offering', offering)];
  if (!topics || !offerings) return undefined;
  return [
    ...topics,
    ...offerings,
    ...(brand === undefined ? [] : [facetKey('brand', brand)]),
    ...(identifier === undefined ? [] : [facetKey('identifier', identifier)]),
  ];
};
