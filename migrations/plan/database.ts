import type { ContentType } from '../../content-types/uids';
import type { WantedRecord } from '../mappings/wanted-record';
import type { JsonObject } from '../source/json';
import type { KnownAltText } from './alt-texts';
import type { Ledger, LedgerEntry, LedgerKey } from './ledger';
import type { State } from './state';

/** One row as it now stands in Strapi, with what no file says: its dates, who made it. */
export interface CurrentRow extends State {
  createdAt: string | null;
  updatedAt: string | null;
  publishedAt: string | null;
  /** Columns that are no attribute of ours, as the database has them, and those of ours that hold a text of nothing but blanks. */
  rest: Record<string, string | number | null>;
}

/** A record as it now stands in Strapi. */
export interface CurrentRecord {
  /** The draft row; the only row of a type without draft & publish. */
  draft: CurrentRow;
  published: CurrentRow | null;
}

/** An entry that a path leads to already, and that no file of an archive describes. */
export interface PathHolder {
  documentId: string;
  /** True where it stands there, false where the path is a redirect to it. */
  isPage: boolean;
}

/** A topic that is gone, and the one that it was merged into. */
export interface Merged {
  mergedId: string;
  mergedName: string;
  /** The topic that stands for it now. */
  documentId: string;
}

/** By what a file is known again that is not where it was. */
export interface Trace {
  /** What its record is known by. */
  identity: string;
  /** Its SHA-256; null where its text was not kept. */
  digest: string | null;
  values: Pick<JsonObject, 'slug' | 'title'>;
}

/** What a plan asks of a database. It is answered by apply/, and by plain objects in tests. */
export interface Database {
  /** The id map of topics and offerings. */
  ledger: Ledger;
  /** As much of the id map as has to do with some stories: known by one of their identities, or of the documentId that these give. */
  ledgerOf(stories: readonly Pick<WantedRecord, 'identities' | 'path' | 'file' | 'values'>[]): Promise<Ledger>;
  /** Every row of the id map, a page at a time, in the order in which they came. */
  known(): AsyncIterable<readonly LedgerKey[]>;
  /** The folder that each run of an import read, absolute. */
  folders(): Promise<ReadonlyMap<number, string>>;
  /** The rows of some records, whole and in the same order. */
  entriesOf(keys: readonly Pick<LedgerKey, 'type' | 'documentId'>[]): Promise<LedgerEntry[]>;
  /** What the files of some records of one type held, by documentId. */
  tracesOf(keys: readonly LedgerKey[]): Promise<Map<string, Trace>>;
  /** The entry that holds a unique key, whoever made it. */
  holderOf(type: ContentType, column: string, key: string): string | undefined;
  exists(type: ContentType, documentId: string): boolean;
  /** The merge by which one of these identities means another topic now. */
  mergedBy(type: ContentType, identities: readonly string[]): Merged | undefined;
  /** The entry that stands for another one since a merge; any other entry stands for itself. */
  standsFor(documentId: string): string;
  /** The documentId of a file of the media library that came from these bytes. */
  fileOf(sha256: string): string | undefined;
  /** What topics, offerings or files of the media library are called, by their documentIds. */
  namesOf(type: ContentType | 'file', documentIds: readonly string[]): Promise<Map<string, string>>;
  /** What the media library says of some of its files to those who cannot see them; a file that is not in it is left out. */
  altTextsOf(documentIds: readonly string[]): Promise<Map<string, KnownAltText>>;
  /** Whom paths lead to, by their keys. */
  pathHolders(keys: readonly string[]): Promise<Map<string, PathHolder>>;
  isOwnHost(host: string): boolean;
  read(type: ContentType, documentIds: readonly string[]): Promise<Map<string, CurrentRecord>>;
}
