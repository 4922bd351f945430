import type { Knex } from 'knex';

import { SCHEMAS, UIDS, type ContentType } from '../../content-types';
import { aliasesOf, readAlias } from '../../content-types/rules/aliases';
import { pathOf } from '../../content-types/rules/path-of';
import { sha256 } from '../../content-types/rules/sha256';
import { pathKey } from '../../content-types/rules/site-path';
import { TABLES } from '../../content-types/tables/uids';
import { toJson } from './encode';
import type { Host } from './host';
import { insertRows } from './insert-rows';
import { ownRows } from './own-rows';
import { deleteWhereIn, selectWhereIn, type Row } from './select';

/** What a page's place is made of. */
const SOURCES = ['slug', 'basePath', 'permalink', 'aliases'] as const;

/**
 * Why a path leads to an entry: `live` is where it stands; a `slug` is where it stood, an `alias` is what its editors say, a `merge` is where
 * something stood that is part of it now.
 */
export type RedirectKind = 'live' | 'slug' | 'alias' | 'merge';

export interface Redirect {
  path: string;
  kind: RedirectKind;
  type: ContentType;
  documentId: string;
}

/** With its number: of several entries that claim one path, the first has it. */
export interface StoredRedirect extends Redirect {
  id: number;
}

const keyOf = ({ path, kind, type, documentId }: Redirect): string => sha256(`${kind}\n${type}\n${documentId}\n${pathKey(path)}`);

/** Reads the paths of entries, in the order in which they came. */
export const readRedirects = async (
  host: Host,
  knex: Knex,
  type: ContentType,
  documentIds: readonly string[],
): Promise<Map<string, StoredRedirect[]>> => {
  const { table, columns } = host.tables(TABLES.redirect);
  const found = new Map<string, StoredRedirect[]>();
  const rows = await selectWhereIn(knex, table, columns.documentId!, documentIds);
  for (const row of rows.sort((a, b) => Number(a[columns.id!]) - Number(b[columns.id!]))) {
    if (row[columns.type!] !== type) continue;
    const redirect: StoredRedirect = {
      id: Number(row[columns.id!]),
      path: row[columns.path!] as string,
      kind: row[columns.kind!] as RedirectKind,
      type,
      documentId: row[columns.documentId!] as string,
    };
    const known = found.get(redirect.documentId);
    if (known) known.push(redirect);
    else found.set(redirect.documentId, [redirect]);
  }
  return found;
};

/** Lets paths lead to entries, in the transaction of what they follow from. What is there already stays as it is. */
export const addRedirects = async (
  host: Host,
  trx: Knex.Transaction,
  redirects: readonly (Redirect & { id?: number })[],
): Promise<void> => {
  const { table, columns } = host.tables(TABLES.redirect);
  const rows = redirects.map((redirect): Row => ({
    ...(redirect.id === undefined ? {} : { [columns.id!]: redirect.id }),
    [columns.path!]: redirect.path,
    [columns.pathKey!]: pathKey(redirect.path),
    [columns.kind!]: redirect.kind,
    [columns.type!]: redirect.type,
    [columns.documentId!]: redirect.documentId,
    [columns.redirectKey!]: keyOf(redirect),
  }));
  // Two writers of one entry may find the same missing.
  for (const withNumber of [true, false]) {
    const own = rows.filter((row) => columns.id! in row === withNumber);
    await insertRows(trx, table, own, { unique: [columns.redirectKey!], then: 'keep' });
  }
};

const removeRedirects = async (host: Host, trx: Knex.Transaction, redirects: readonly StoredRedirect[]): Promise<void> => {
  const { table, columns } = host.tables(TABLES.redirect);
  await deleteWhereIn(
    trx,
    table,
    columns.id!,
    redirects.map(({ id }) => id),
  );
};

/** Lets all that leads to one entry lead to another of its kind, which takes its place: the old place and the places before it. */
export const moveRedirects = async (host: Host, trx: Knex.Transaction, type: ContentType, from: string, to: string): Promise<void> => {
  const leaving = (await readRedirects(host, trx, type, [from])).get(from) ?? [];
  await removeRedirects(host, trx, leaving);
  await addRedirects(
    host,
    trx,
    leaving.map(({ path }) => ({ path, kind: 'merge', type, documentId: to })),
  );
};

interface Place {
  live: string | null;
  aliases: ReadonlyMap<string, string>;
}

/** Where entries stand on the site now, and what else is to lead there; undefined for an entry that is gone. */
const readPlaces = async (host: Host, trx: Knex, type: ContentType, documentIds: readonly string[]): Promise<Map<string, Place>> => {
  const tables = host.tables(UIDS[type]);
  const { table, columns, answersJson } = tables;
  const { draftAndPublish } = SCHEMAS[type].options;
  const sources = SOURCES.filter((attribute) => columns[attribute] && SCHEMAS[type].attributes[attribute]);
  const names = [columns.documentId!, columns.publishedAt!, ...sources.map((attribute) => columns[attribute]!)];
  const places = new Map<string, Place>();
  for (const row of await selectWhereIn(trx, table, columns.documentId!, documentIds, names, (query) => ownRows(tables, query))) {
    const documentId = row[columns.documentId!] as string;
    if (draftAndPublish && row[columns.publishedAt!] === null) {
      if (!places.has(documentId)) places.set(documentId, { live: null, aliases: new Map() });
      continue;
    }
    const values = Object.fromEntries(sources.map((attribute) => [attribute, row[columns[attribute]!]]));
    const live = pathOf(type, values);
    const aliases = new Map<string, string>();
    for (const value of aliasesOf(toJson(values.aliases, answersJson))) {
      const alias = readAlias(value, host.isOwnHost);
      if ('path' in alias && (live === null || alias.key !== pathKey(live))) aliases.set(alias.key, alias.path);
    }
    places.set(documentId, { live, aliases });
  }
  return places;
};

/** What has to go and to come for the paths of one entry to be what its place says. */
const difference = (entry: Pick<Redirect, 'type' | 'documentId'>, place: Place | undefined, known: readonly StoredRedirect[]) => {
  if (!place) return { leaving: known, coming: [] };
  const { live, aliases } = place;
  const liveKey = live === null ? null : pathKey(live);
  const leaving: StoredRedirect[] = [];
  const coming: Redirect[] = [];
  let isLive = false;
  const missing = new Map(aliases);
  for (const redirect of known) {
    const key = pathKey(redirect.path);
    if (redirect.kind === 'live') {
      if (redirect.path === live) isLive = true;
      else {
        leaving.push(redirect);
        if (key !== liveKey) coming.push({ ...entry, kind: 'slug', path: redirect.path });
      }
    } else if (redirect.kind === 'alias') {
      if (aliases.get(key) === redirect.path) missing.delete(key);
      else leaving.push(redirect);
      // The page is back where it stood.
    } else if (redirect.kind === 'slug' && key === liveKey) leaving.push(redirect);
  }
  if (live !== null && !isLive) coming.push({ ...entry, kind: 'live', path: live });
  for (const path of missing.values()) coming.push({ ...entry, kind: 'alias', path });
  return { leaving, coming };
};

/**
 * Makes the paths of entries what the entries say, in the transaction that wrote them: where they stand, their aliases, and behind a page that
 * moved or was withdrawn the place where it was. Those of a deleted entry go.
 */
export const refreshRedirects = async (
  host: Host,
  trx: Knex.Transaction,
  type: ContentType,
  documentIds: readonly string[],
): Promise<void> => {
  const places = await readPlaces(host, trx, type, documentIds);
  const known = await readRedirects(host, trx, type, documentIds);
  const leaving: StoredRedirect[] = [];
  const coming: Redirect[] = [];
  for (const documentId of documentIds) {
    const each = difference({ type, documentId }, places.get(documentId), known.get(documentId) ?? []);
    leaving.push(...each.leaving);
    coming.push(...each.coming);
  }
  await removeRedirects(host, trx, leaving);
  await addRedirects(host, trx, coming);
};

/**
 * Takes back what a run did to the paths of an entry, after its rows are as they were and before `refreshRedirects`: a path that the run left
 * behind goes, one that it took away comes back with its number.
 */
export const restoreRedirects = async (
  host: Host,
  trx: Knex.Transaction,
  before: readonly StoredRedirect[],
  after: readonly StoredRedirect[],
): Promise<void> => {
  const ids = (redirects: readonly StoredRedirect[]) => new Set(redirects.map(({ id }) => id));
  const [old, made] = [ids(before), ids(after)];
  await removeRedirects(
    host,
    trx,
    after.filter(({ id }) => !old.has(id)),
  );
  await addRedirects(
    host,
    trx,
    before.filter(({ id }) => !made.has(id)),
  );
};
