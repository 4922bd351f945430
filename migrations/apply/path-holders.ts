import { TABLES } from '../../content-types/tables/uids';
import type { PathHolder } from '../plan/database';
import type { Host } from './host';
import { selectWhereIn } from './select';

/** Whom paths lead to, of the entries that have no file of their own: the page that stands there, else the redirect that came first. */
export const readPathHolders = async (host: Host, keys: readonly string[]): Promise<Map<string, PathHolder>> => {
  const { table, columns } = host.tables(TABLES.redirect);
  const records = host.tables(TABLES.record);
  const found = await selectWhereIn(host.knex, table, columns.pathKey!, keys);
  const documentIds = [...new Set(found.map((row) => row[columns.documentId!] as string))];
  const { documentId, hasFile } = records.columns;
  const known = await selectWhereIn(host.knex, records.table, documentId!, documentIds, [documentId!, hasFile!]);
  const described = new Set(known.filter((row) => Boolean(row[hasFile!])).map((row) => row[documentId!]));

  const holders = new Map<string, PathHolder>();
  for (const row of found.sort((a, b) => Number(a[columns.id!]) - Number(b[columns.id!]))) {
    const key = row[columns.pathKey!] as string;
    const holder = { documentId: row[columns.documentId!] as string, isPage: row[columns.kind!] === 'live' };
    if (!described.has(holder.documentId) && (!holders.has(key) || (holder.isPage && !holders.get(key)!.isPage))) holders.set(key, holder);
  }
  return holders;
};
