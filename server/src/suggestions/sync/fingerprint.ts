import type { Knex } from 'knex';

import { CONTENT_TYPES, UIDS, type ContentType } from '../../../../content-types';
import { TABLES } from '../../../../content-types/tables/uids';
import type { Host } from '../../../../migrations/apply/host';
import { ownRows } from '../../../../migrations/apply/own-rows';

/** Clocks of several nodes on one database may differ by as much. */
export const CLOCK_SKEW = 60_000;

/** What is cheap to know of a database that others write to. */
export interface Fingerprint {
  /** Rows of each type. */
  rows: Record<ContentType, number>;
  /** Rows that were written lately, and when the last one was. */
  recent: Record<ContentType, { count: number; newest: number }>;
  /** Links between the types, by their table. */
  links: Record<string, { count: number; last: number }>;
  /** The last change that a run made: an import, an undo, a merge. */
  lastChange: number;
}

/** The tables of the links that the index knows, and whose they are. */
export const linkTables = (host: Host) =>
  (
    [
      ['offering', 'topics'],
      ['curated-content', 'topics'],
      ['curated-content', 'relatedOfferings'],
    ] as const
  ).map(([type, attribute]) => ({ type, ...host.tables(UIDS[type]).links[attribute]! }));

/** A moment as the column of a database holds it. */
export const moment = ({ client }: Host, time: number): number | Date => (client === 'sqlite' ? time : new Date(time));

export const toTime = (value: unknown): number =>
  value === null || value === undefined
    ? 0
    : value instanceof Date
      ? value.getTime()
      : typeof value === 'number'
        ? value
        : Date.parse(String(value));

/**
 * Takes the fingerprint, in one statement.
 *
 * @param since of each type, from when on rows are recent
 */
export const takeFingerprint = async (host: Host, since: Record<ContentType, number>): Promise<Fingerprint> => {
  const { knex } = host;
  const columns: Record<string, Knex.QueryBuilder> = {};
  for (const [index, type] of CONTENT_TYPES.entries()) {
    const tables = host.tables(UIDS[type]);
    const updatedAt = tables.columns.updatedAt!;
    const own = () => ownRows(tables, knex(tables.table));
    const recent = () => own().where(updatedAt, '>=', moment(host, since[type]));
    columns[`rows${index}`] = own().count('*');
    columns[`recent${index}`] = recent().count('*');
    columns[`newest${index}`] = recent().max(updatedAt);
  }
  const links = linkTables(host);
  for (const [index, { type, table, source }] of links.entries()) {
    const tables = host.tables(UIDS[type]);
    const all = knex(table).count('*');
    // Nobody pays for a look at every row's locale where there is but one.
    columns[`links${index}`] = tables.locale === null ? all : all.whereIn(source, ownRows(tables, knex(tables.table)).select('id'));
    columns[`last${index}`] = knex(table).max('id');
  }
  columns.change = knex(host.tables(TABLES.change).table).max('id');
  const [row] = (await knex.select(Object.entries(columns).map(([name, query]) => query.as(name)))) as unknown as [Record<string, unknown>];
  const number = (name: string) => Number(row[name] ?? 0);
  const byType = <T>(value: (index: number) => T) =>
    Object.fromEntries(CONTENT_TYPES.map((type, index) => [type, value(index)])) as Record<ContentType, T>;
  return {
    rows: byType((index) => number(`rows${index}`)),
    recent: byType((index) => ({ count: number(`recent${index}`), newest: toTime(row[`newest${index}`]) })),
    links: Object.fromEntries(links.map(({ table }, index) => [table, { count: number(`links${index}`), last: number(`last${index}`) }])),
    lastChange: number('change'),
  };
};
