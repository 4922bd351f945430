import type { Knex } from 'knex';

import type { TypeTables } from './host';

/**
 * Narrows a query to the rows that are the plugin's. The other locales of an entry share its documentId: read as one of its rows a
 * translation would stand for the entry, and be overwritten or deleted with it.
 *
 * @param alias what the query calls the table
 */
export const ownRows = ({ table, columns, locale }: TypeTables, query: Knex.QueryBuilder, alias = table): Knex.QueryBuilder =>
  locale === null ? query : query.where(`${alias}.${columns.locale!}`, locale);
