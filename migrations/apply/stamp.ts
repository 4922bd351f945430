import { createHash } from 'node:crypto';

import { CONTENT_TYPES, UIDS } from '../../content-types';
import { uniqueColumns } from '../../content-types/rules/unique-keys';
import type { Plan } from '../plan/plan';
import type { Problem } from '../source/problem';
import { fromJson, toJson } from './encode';
import type { Host } from './host';
import { FILE_TYPE, RECORDS_UID } from './open-database';
import type { Row } from './select';

const STAMPS_UID = 'plugin::curation.stamp';
const NAME = 'import';

/** What the newest run leaves behind so that the next import can tell at a glance that nothing changed. */
export interface Stamp {
  /** The run; after any other one the stamp means nothing. */
  run: number;
  /** Digest of the files and of all that shapes records. */
  archive: string;
  /** The assets that the files name, and the SHA-256 of each. */
  assets: Record<string, string>;
  /** What an import of the same archive says: it changes nothing, and finds the same to tell. */
  counts: Plan['counts'];
  byType: Plan['byType'];
  problems: Problem[];
}

/**
 * Digest of which imported entries there are and of what they are found by. An editor may change all else without an unchanged archive
 * meaning something else.
 */
const digestEntries = async (host: Host): Promise<string> => {
  const hash = createHash('sha256');
  const records = host.tables(RECORDS_UID);
  const known: Row[] = await host
    .knex(records.table)
    .whereNot(records.columns.type!, FILE_TYPE)
    .select(records.columns.type!, records.columns.documentId!);
  const ours = new Set(known.map((row) => `${String(row[records.columns.type!])} ${String(row[records.columns.documentId!])}`));
  for (const type of CONTENT_TYPES) {
    const { table, columns } = host.tables(UIDS[type]);
    const keys = uniqueColumns(type).map(({ column }) => columns[column]!);
    const rows: Row[] = await host.knex(table).select(columns.documentId!, ...keys);
    const found = rows.filter((row) => ours.has(`${type} ${String(row[columns.documentId!])}`));
    const lines = found.map((row) => [row[columns.documentId!], ...keys.map((key) => row[key])].join(' '));
    hash.update(`${type}\n${lines.sort().join('\n')}\n`);
  }
  return hash.digest('hex');
};

/** The stamp, if the run left one and the entries are the same since. */
export const readStamp = async (host: Host, run: number): Promise<Stamp | undefined> => {
  const { table, columns } = host.tables(STAMPS_UID);
  const row = (await host
    .knex(table)
    .where({ [columns.name!]: NAME, [columns.run!]: run })
    .first()) as Row | undefined;
  if (!row || row[columns.entries!] !== (await digestEntries(host))) return undefined;
  const said = toJson(row[columns.said!]) as unknown as Pick<Stamp, 'counts' | 'byType' | 'problems'>;
  const assets = toJson(row[columns.assets!]) as Stamp['assets'];
  return { run, archive: row[columns.archive!] as string, assets, ...said };
};

/** Puts a stamp in place of the one before. */
export const writeStamp = async (host: Host, { run, archive, assets, counts, byType, problems }: Stamp): Promise<void> => {
  const { table, columns } = host.tables(STAMPS_UID);
  const row = {
    [columns.name!]: NAME,
    [columns.run!]: run,
    [columns.archive!]: archive,
    [columns.entries!]: await digestEntries(host),
    [columns.assets!]: fromJson(assets),
    [columns.said!]: fromJson({ counts, byType, problems }),
  };
  await host.transaction(async (trx) => {
    await trx(table).where(columns.name!, NAME).delete();
    await trx(table).insert(row);
  });
};
