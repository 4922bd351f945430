import type { Knex } from 'knex';

import type { Host } from './host';
import { selectWhereIn, type Row } from './select';

/** Strapi's columns for who made and who changed a row. */
const EDITORS = ['created_by_id', 'updated_by_id'];

/** Which numbers of rows are still there. */
export const livingIds = async (host: Host, knex: Knex, uid: string, ids: readonly number[]): Promise<Set<number>> => {
  const { table, columns } = host.tables(uid);
  const rows = await selectWhereIn(knex, table, columns.id!, [...new Set(ids)], [columns.id!]);
  return new Set(rows.map((row) => Number(row[columns.id!])));
};

/** Rows as they can come back: of an account that is gone since, nobody knows any more that it made them. */
export const withLivingEditors = async <Each extends Row>(host: Host, knex: Knex, rows: readonly Each[]): Promise<Each[]> => {
  const ids = rows.flatMap((row) => EDITORS.flatMap((column) => (typeof row[column] === 'number' ? [row[column]] : [])));
  const living = await livingIds(host, knex, 'admin::user', ids);
  const isGone = (id: unknown) => typeof id === 'number' && !living.has(id);
  return rows.map((row) => ({ ...row, ...Object.fromEntries(EDITORS.flatMap((column) => (isGone(row[column]) ? [[column, null]] : []))) }));
};
