import type { ContentType } from '../../../../content-types';
import { TABLES } from '../../../../content-types/tables/uids';
import type { Host } from '../../../../migrations/apply/host';
import { type RedirectKind } from '../../../../migrations/apply/redirects';
import { selectWhereIn, type Row } from '../../../../migrations/apply/select';

const CHUNK = 1_000;

export interface ListedRedirect {
  from: string;
  to: string;
  kind: Exclude<RedirectKind, 'live'>;
  type: ContentType;
  documentId: string;
}

const byFrom = (a: ListedRedirect, b: ListedRedirect): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/**
 * Every redirect that leads somewhere, as `resolvePath` would answer it: one for each path, none where a page stands. Read in chunks, so that
 * other requests are answered meanwhile; in the order of the paths, which no database decides.
 */
export const listRedirects = async (host: Host): Promise<ListedRedirect[]> => {
  const { table, columns } = host.tables(TABLES.redirect);
  const { id, path, pathKey, kind, type, documentId } = columns;
  const { knex } = host;
  const found = new Map<string, ListedRedirect>();

  for (let last = 0; ;) {
    const claims: Row[] = await knex(table)
      .whereNot(kind!, 'live')
      .where(id!, '>', last)
      .orderBy(id!)
      .limit(CHUNK)
      .select(id!, path!, pathKey!, kind!, type!, documentId!);
    if (claims.length === 0) break;
    last = Number(claims.at(-1)![id!]);

    const distinct = (column: string) => [...new Set(claims.map((row) => row[column] as string))];
    const pages = await selectWhereIn(knex, table, documentId!, distinct(documentId!), [kind!, type!, documentId!, path!]);
    const live = new Map(
      pages.filter((row) => row[kind!] === 'live').map((row) => [`${String(row[type!])} ${String(row[documentId!])}`, row]),
    );
    const standing = await selectWhereIn(knex, table, pathKey!, distinct(pathKey!), [kind!, pathKey!]);
    const taken = new Set(standing.filter((row) => row[kind!] === 'live').map((row) => row[pathKey!]));

    for (const claim of claims) {
      const key = claim[pathKey!] as string;
      const page = live.get(`${String(claim[type!])} ${String(claim[documentId!])}`);
      if (!page || taken.has(key) || found.has(key)) continue;
      found.set(key, {
        from: claim[path!] as string,
        to: page[path!] as string,
        kind: claim[kind!] as ListedRedirect['kind'],
        type: claim[type!] as ContentType,
        documentId: claim[documentId!] as string,
      });
    }
  }
  return [...found.values()].sort(byFrom);
};
