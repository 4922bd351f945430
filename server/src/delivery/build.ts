import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { CONTENT_TYPES, SCHEMAS, UIDS, type ContentType } from '../../../content-types';
import { TABLES } from '../../../content-types/tables/uids';
import type { Host } from '../../../migrations/apply/host';
import { ownRows } from '../../../migrations/apply/own-rows';
import type { Row } from '../../../migrations/apply/select';
import { updateStatistics } from '../../../migrations/apply/statistics';
import type { Changed } from '../derived/derived-rows';

import { formatOf } from './format';
import { startAgain } from './numbering';

/** The entries of a type that sites may see, by documentId. */
export const publishedAfter = async (host: Host, knex: Knex, type: ContentType, after: string, limit: number): Promise<string[]> => {
  const tables = host.tables(UIDS[type]);
  const { table, columns } = tables;
  const query = ownRows(tables, knex(table)).where(columns.documentId!, '>', after);
  query.distinct(columns.documentId!).orderBy(columns.documentId!).limit(limit);
  if (SCHEMAS[type].options.draftAndPublish) query.whereNotNull(columns.publishedAt!);
  return ((await query) as Row[]).map((row) => row[columns.documentId!] as string);
};

/** Entries with an answer that sites may no longer see. */
export const unpublished = async (host: Host, knex: Knex, type: ContentType, limit: number): Promise<string[]> => {
  const { table, columns } = host.tables(TABLES.delivery);
  const entries = host.tables(UIDS[type]);
  const living = ownRows(entries, knex(`${entries.table} as e`), 'e')
    .select(knex.raw('1'))
    .where(`e.${entries.columns.documentId}`, knex.ref(`d.${columns.documentId}`));
  if (SCHEMAS[type].options.draftAndPublish) living.whereNotNull(`e.${entries.columns.publishedAt}`);
  const rows = (await knex(`${table} as d`)
    .where({ [`d.${columns.type}`]: type, [`d.${columns.isGone}`]: false })
    .whereNotExists(living)
    .select(`d.${columns.documentId} as documentId`)
    .limit(limit)) as { documentId: string }[];
  return rows.map(({ documentId }) => documentId);
};

/** Entries whose answers another node has written in a form of its own, of one type each time. */
export const writtenOtherwise = async (host: Host, knex: Knex, format: string, limit: number): Promise<Changed | undefined> => {
  const { table, columns } = host.tables(TABLES.delivery);
  for (const than of ['<', '>']) {
    // Two questions that the index answers; no index answers "another one than".
    const rows = (await knex(table).where(columns.format!, than, format).select(columns.type!, columns.documentId!).limit(limit)) as Row[];
    const type = rows[0]?.[columns.type!] as ContentType | undefined;
    if (!type) continue;
    return { type, documentIds: rows.filter((row) => row[columns.type!] === type).map((row) => row[columns.documentId!] as string) };
  }
  return undefined;
};

/** One step of building the whole table anew. */
export interface Step {
  changed: Changed;
  /** Where the next step begins; undefined after the last one. */
  after?: string;
}

/**
 * The entries that are due next when everything is made anew: topics, then offerings, then stories, because each embeds those before it; at
 * last what is left of entries that are gone.
 *
 * @param after what the step before answered
 */
export const nextStep = async (host: Host, trx: Knex.Transaction, after: string, limit: number): Promise<Step> => {
  const [, place = '0', last = ''] = /^(\d):(.*)$/s.exec(after) ?? [];
  const type = CONTENT_TYPES[Number(place)];
  if (!type) {
    for (const [index, each] of CONTENT_TYPES.entries()) {
      const documentIds = await unpublished(host, trx, each, limit);
      if (documentIds.length > 0) return { changed: { type: each, documentIds }, after: `${CONTENT_TYPES.length}:${index}` };
    }
    return { changed: { type: 'topic', documentIds: [] } };
  }
  const documentIds = await publishedAfter(host, trx, type, last, limit);
  const next = documentIds.length < limit ? `${Number(place) + 1}:` : `${place}:${documentIds.at(-1)!}`;
  return { changed: { type, documentIds }, after: next };
};

/** What ends a build: cursors start again, so nobody needs the marks of what is gone. */
export const finishBuild = async (strapi: Core.Strapi, host: Host, trx: Knex.Transaction): Promise<void> => {
  const { table, columns } = host.tables(TABLES.delivery);
  await trx(table).where(columns.isGone!, true).delete();
  await startAgain(host, trx, formatOf(strapi));
  await updateStatistics(host, Infinity, trx);
};
