import { CONTENT_TYPES, FILE_UID, UIDS, type ContentType } from '../../content-types';
import { documentIdOf } from '../../content-types/rules/document-id';
import { uniqueColumns } from '../../content-types/rules/unique-keys';
import type { Database } from '../plan/database';
import { Ledger, type LedgerEntry, type LedgerKey, type StoredEntry } from '../plan/ledger';
import { KeyTable } from '../spool/key-table';
import type { Host } from './host';
import { readKnownAltTexts } from './alt-texts';
import { ownRows } from './own-rows';
import { readPathHolders } from './path-holders';
import { FILE_TYPE, identityKeyOf, readEntries, readEntriesBy, readKeys, readTraces } from './read-ledger';
import { readRecords } from './read-records';
import { readPages, selectWhereIn } from './select';
import { readFolders } from './runs';
import { readSpellings } from './spellings';

const PAGE = 5_000;
/** Every entry by its documentId and its unique keys, whoever made it. */
const readHolders = async (host: Host): Promise<Pick<Database, 'holderOf' | 'exists'>> => {
  const documentIds: string[] = [];
  const documents = new KeyTable();
  const holders = new KeyTable();
  for (const type of CONTENT_TYPES) {
    const { table, columns, locale } = host.tables(UIDS[type]);
    const keys = uniqueColumns(type).map(({ column }) => column);
    const wanted = ['documentId', 'locale', ...keys].map((attribute) => columns[attribute]!);
    for await (const page of readPages(host.knex, table, columns.id!, wanted, PAGE)) {
      for (const row of page) {
        const documentId = row[columns.documentId!] as string;
        const taken = keys.filter((key) => row[columns[key]!]);
        // What was written in an earlier default locale is no record any more, and has its slug and name all the same.
        const isOwn = locale === null || row[columns.locale!] === locale;
        if (!isOwn && taken.length === 0) continue;
        const number = documents.get(`${type} ${documentId}`) ?? documentIds.push(documentId) - 1;
        if (isOwn) documents.set(`${type} ${documentId}`, number);
        for (const key of taken) holders.set(`${type} ${key} ${String(row[columns[key]!])}`, number);
      }
    }
  }
  return {
    holderOf: (type, column, key) => documentIds[holders.get(`${type} ${column} ${key}`) ?? -1],
    exists: (type, documentId) => documents.has(`${type} ${documentId}`),
  };
};

const entriesOf = async (host: Host, keys: readonly Pick<LedgerKey, 'type' | 'documentId'>[]): Promise<LedgerEntry[]> => {
  const found = new Map<string, LedgerEntry>();
  for (const type of CONTENT_TYPES) {
    const documentIds = keys.filter((key) => key.type === type).map(({ documentId }) => documentId);
    for (const entry of await readEntriesBy(host, type, 'documentId', documentIds)) found.set(`${type} ${entry.documentId}`, entry);
  }
  return keys.flatMap(({ type, documentId }) => found.get(`${type} ${documentId}`) ?? []);
};

/** The rows of the id map that stories may be, each once. */
const storyEntries = async (host: Host, stories: readonly { identities: readonly string[] }[]): Promise<StoredEntry[]> => {
  const type: ContentType = 'curated-content';
  const identityKeys = stories.flatMap(({ identities }) => identities.map((identity) => identityKeyOf(type, identity)));
  const byIdentity = await readEntriesBy(host, type, 'identityKey', identityKeys);
  const known = new Set(byIdentity.map(({ documentId }) => documentId));
  const derived = stories.map(({ identities }) => documentIdOf(type, identities[0]!)).filter((documentId) => !known.has(documentId));
  return [...byIdentity, ...(await readEntriesBy(host, type, 'documentId', derived))];
};

/** What topics, offerings and files are called. */
export const readNames = async (host: Host, type: ContentType | 'file', documentIds: readonly string[]): Promise<Map<string, string>> => {
  const tables = host.tables(type === 'file' ? FILE_UID : UIDS[type]);
  const { table, columns } = tables;
  const wanted = [columns.documentId!, columns.name!];
  const rows = await selectWhereIn(host.knex, table, columns.documentId!, documentIds, wanted, (query) => ownRows(tables, query));
  return new Map(rows.map((row) => [row[columns.documentId!] as string, String(row[columns.name!])]));
};

/** What a plan needs to know of the database: what stories name, and the unique keys of all entries, at once; of stories what it asks for. */
export const openDatabase = async (host: Host): Promise<Database> => {
  const entries: StoredEntry[] = [];
  for await (const page of readEntries(host, ['topic', 'offering'] satisfies ContentType[])) entries.push(...page);
  const files = new Map<string, string>();
  for await (const page of readEntries(host, [FILE_TYPE])) {
    const there = await readNames(
      host,
      'file',
      page.map(({ documentId }) => documentId),
    );
    for (const { hash, documentId } of page) if (there.has(documentId)) files.set(hash, documentId);
  }
  const nothing = new Ledger([]);
  const hasStories = !(await readEntries(host, ['curated-content'] satisfies ContentType[]).next()).done;

  const holders = await readHolders(host);
  // What somebody deleted stands for nothing: its old names are free again.
  const spellings = (await readSpellings(host)).filter(({ documentId }) => holders.exists('topic', documentId));
  const byIdentity = new Map(spellings.map((spelling) => [spelling.identity, spelling]));
  const standIns = new Map(spellings.map(({ mergedId, documentId }) => [mergedId, documentId]));

  return {
    ledger: new Ledger(entries),
    ledgerOf: async (stories) => (hasStories ? new Ledger(await storyEntries(host, stories)) : nothing),
    known: () => readKeys(host),
    folders: () => readFolders(host),
    entriesOf: (keys) => entriesOf(host, keys),
    tracesOf: (keys) => readTraces(host, keys),
    ...holders,
    mergedBy: (type, identities) => (type === 'topic' ? identities.flatMap((each) => byIdentity.get(each) ?? [])[0] : undefined),
    standsFor: (documentId) => standIns.get(documentId) ?? documentId,
    namesOf: (type, documentIds) => readNames(host, type, documentIds),
    fileOf: (sha256) => files.get(sha256),
    altTextsOf: (documentIds) => readKnownAltTexts(host, documentIds),
    pathHolders: (keys) => readPathHolders(host, keys),
    isOwnHost: host.isOwnHost,
    read: (type, documentIds) => readRecords(host, type, documentIds),
  };
};
