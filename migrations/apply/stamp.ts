import { createHash } from 'node:crypto';

import type { Knex } from 'knex';

import { CONTENT_TYPES, UIDS } from '../../content-types';
import { uniqueColumns } from '../../content-types/rules/unique-keys';
import { TABLES } from '../../content-types/tables/uids';
import type { Told } from '../plan/plan';
import { fromJson, toJson } from './encode';
import type { Host } from './host';
import { ownRows } from './own-rows';
import { readPages, type Row } from './select';

const PAGE = 5_000;

/** What an import leaves behind so that the next one of the same archive can tell at a glance that nothing changed. */
export interface Stamp {
  /** Which archive it is about. */
  name: string;
  /** The newest run; after any other one the stamp means nothing. */
  run: number;
  /** Digest of the files and of all that shapes records. */
  archive: string;
  /** The assets that the files name: the SHA-256 of each, or the rule by which it is left out. */
  assets: Record<string, string>;
  /** What an import of the same archive says: it changes nothing, and finds the same to tell. */
  said: Told;
}

/** A digest of lines that come in any order: the sum of what each of them alone is worth. */
class Sum {
  private readonly words = new BigUint64Array(4);

  add(line: string): void {
    const digest = createHash('sha256').update(line).digest();
    // It wraps around.
    for (let index = 0; index < 4; index += 1) this.words[index]! += digest.readBigUInt64LE(index * 8);
  }

  toString(): string {
    return Buffer.from(this.words.buffer).toString('hex');
  }
}

/**
 * Digest of which imported entries there are and of what they are found by. An editor may change all else without an unchanged archive
 * meaning something else.
 */
const digestEntries = async (host: Host): Promise<string> => {
  const records = host.tables(TABLES.record);
  const sum = new Sum();
  for (const type of CONTENT_TYPES) {
    const tables = host.tables(UIDS[type]);
    const { table, columns } = tables;
    const names = ['documentId', ...uniqueColumns(type).map(({ column }) => column)].map((attribute) => columns[attribute]!);
    const known = host.knex(records.table).where(records.columns.type!, type);
    const isOurs = (query: Knex.QueryBuilder) =>
      ownRows(tables, query).whereExists(
        known.clone().whereRaw('?? = ??', [`${records.table}.${records.columns.documentId}`, `${table}.${columns.documentId}`]),
      );
    for await (const page of readPages(host.knex, table, columns.id!, names, PAGE, isOurs)) {
      for (const row of page) sum.add([type, ...names.map((name) => row[name])].join(' '));
    }
  }
  return sum.toString();
};

/** The stamp of an archive, if the run is the one that it was left after and the entries are the same since. */
export const readStamp = async (host: Host, name: string, run: number): Promise<Stamp | undefined> => {
  const { table, columns } = host.tables(TABLES.stamp);
  const row = (await host
    .knex(table)
    .where({ [columns.name!]: name, [columns.run!]: run })
    .first()) as Row | undefined;
  if (!row || row[columns.entries!] !== (await digestEntries(host))) return undefined;
  const said = toJson(row[columns.said!]) as unknown as Told;
  const assets = toJson(row[columns.assets!]) as Stamp['assets'];
  return { name, run, archive: row[columns.archive!] as string, assets, said };
};

/** True where an archive has a stamp from after a run, whatever else has changed since. */
export const hasStamp = async (host: Host, name: string, run: number): Promise<boolean> => {
  const { table, columns } = host.tables(TABLES.stamp);
  const found: unknown = await host
    .knex(table)
    .where({ [columns.name!]: name, [columns.run!]: run })
    .first();
  return found !== undefined;
};

/** Puts a stamp in place of the one before, and of all that mean nothing any more. */
export const writeStamp = async (host: Host, { name, run, archive, assets, said }: Stamp): Promise<void> => {
  const { table, columns } = host.tables(TABLES.stamp);
  const row = {
    [columns.name!]: name,
    [columns.run!]: run,
    [columns.archive!]: archive,
    [columns.entries!]: await digestEntries(host),
    [columns.assets!]: fromJson(assets),
    [columns.said!]: fromJson(said),
  };
  await host.transaction(async (trx) => {
    await trx(table).where(columns.name!, name).orWhereNot(columns.run!, run).delete();
    await trx(table).insert(row);
  });
};
