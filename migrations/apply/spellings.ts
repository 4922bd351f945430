import type { Knex } from 'knex';

import { sha256 } from '../../content-types/rules/sha256';
import { TABLES } from '../../content-types/tables/uids';
import type { Merged } from '../plan/database';
import type { Host } from './host';
import { insertRows } from './insert-rows';
import { deleteWhereIn, selectWhereIn, type Row } from './select';

/** One way in which files may name a topic that was merged into another. */
export interface Spelling extends Merged {
  identity: string;
}

const keyOf = (identity: string): string => sha256(identity);

const toSpelling = (columns: Record<string, string>, row: Row): Spelling => ({
  identity: row[columns.identity!] as string,
  mergedId: row[columns.mergedId!] as string,
  mergedName: row[columns.mergedName!] as string,
  documentId: row[columns.documentId!] as string,
});

const readWhere = async (
  host: Host,
  knex: Knex,
  attribute: 'identityKey' | 'documentId',
  values: readonly string[],
): Promise<Spelling[]> => {
  const { table, columns } = host.tables(TABLES.spelling);
  const rows = await selectWhereIn(knex, table, columns[attribute]!, values);
  return rows.map((row) => toSpelling(columns, row));
};

/** The spellings that have one of these identities. */
export const spellingsOf = (host: Host, knex: Knex, identities: readonly string[]) =>
  readWhere(host, knex, 'identityKey', identities.map(keyOf));

/** The spellings that mean a topic. */
export const spellingsFor = (host: Host, knex: Knex, documentId: string) => readWhere(host, knex, 'documentId', [documentId]);

/** Of some topics those that others were merged into. */
export const mergedInto = async (host: Host, knex: Knex, documentIds: readonly string[]): Promise<Set<string>> =>
  new Set((await readWhere(host, knex, 'documentId', documentIds)).map(({ documentId }) => documentId));

/** All known spellings. */
export const readSpellings = async (host: Host): Promise<Spelling[]> => {
  const { table, columns } = host.tables(TABLES.spelling);
  const rows = (await host.knex(table).select('*')) as Row[];
  return rows.map((row) => toSpelling(columns, row));
};

/** Puts spellings in place of those that have one of these identities. */
export const replaceSpellings = async (
  host: Host,
  trx: Knex.Transaction,
  identities: readonly string[],
  spellings: readonly Spelling[],
): Promise<void> => {
  const { table, columns } = host.tables(TABLES.spelling);
  await deleteWhereIn(trx, table, columns.identityKey!, identities.map(keyOf));
  await insertRows(
    trx,
    table,
    spellings.map(({ identity, mergedId, mergedName, documentId }) => ({
      [columns.identity!]: identity,
      [columns.identityKey!]: keyOf(identity),
      [columns.mergedId!]: mergedId,
      [columns.mergedName!]: mergedName,
      [columns.documentId!]: documentId,
    })),
  );
};
