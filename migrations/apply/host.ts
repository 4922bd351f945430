import type { Knex } from 'knex';

import type { ContentType } from '../../content-types';

/** The names of a content type's tables and columns. They come from Strapi's metadata: long ones are shortened by a rule of its own. */
export interface TypeTables {
  table: string;
  /** Attribute to column, of every attribute that is a column. */
  columns: Record<string, string>;
  /** `uid` is that of what a link leads to. */
  links: Record<string, { table: string; source: string; target: string; order: string | null; uid: string }>;
  media: Record<string, MediaLinks>;
  /** True where the driver answers JSON columns as values, false where as text. */
  answersJson: boolean;
  /** Where an app has localized the type, the locale of the rows that are the plugin's; see own-rows.ts. */
  readonly locale: string | null;
}

export interface MediaLinks {
  table: string;
  file: string;
  relatedId: string;
  relatedType: string;
  order: string;
  /** What stands in `relatedType` and in the column `field`. */
  uid: string;
  field: string;
}

/** A picture or document in Strapi's media library. */
export interface StoredFile {
  id: number;
  documentId: string;
  name: string;
  alternativeText: string | null;
}

export interface FileUpload {
  path: string;
  name: string;
  mime: string;
  size: number;
  alternativeText: string | null;
  caption?: string;
}

export interface AnnouncedChange {
  type: ContentType;
  documentId: string;
  action: 'create' | 'update' | 'remove';
}

/** What a run has changed, for those who listen. */
export interface Announcement {
  run: number;
  kind: string;
  counts: Record<string, number>;
  /** Read as far as somebody asks for it: those of a large run are many. */
  changes: Iterable<AnnouncedChange> | AsyncIterable<AnnouncedChange>;
}

/**
 * All that the engine needs of a running Strapi. Whatever else it uses of Strapi would be a second door; there is one.
 */
export interface Host {
  knex: Knex;
  client: 'sqlite' | 'postgres' | 'mysql';
  /** @param uid a content type or one of the plugin's own tables */
  tables(uid: string): TypeTables;
  /**
   * Runs the work in one transaction: all of it is written, or nothing.
   *
   * @param isRepeatable the work leaves nothing behind outside the transaction: where the database gives it up for another one that waits for
   * the same rows, it is done again
   */
  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>, isRepeatable?: boolean): Promise<T>;
  /** Brings everything that follows from entries in step with them, in the transaction that wrote or removed them. */
  refreshDerived(trx: Knex.Transaction, type: ContentType, documentIds: readonly string[]): Promise<void>;
  /** Sees to it that whatever shows some files of the media library shows them as they are now, after the commit. */
  refreshShowing(trx: Knex.Transaction, fileIds: readonly string[]): Promise<void>;
  /** Adds a file to the media library. */
  upload(file: FileUpload): Promise<StoredFile>;
  /** Takes a file out of the media library, its bytes too. */
  remove(fileId: number): Promise<void>;
  /** The bytes of a file of the media library, or undefined where its provider cannot give them. */
  download(fileId: number): Promise<Uint8Array | undefined>;
  /** Tells the rest of Strapi what a run has changed; a command returns when webhooks have been told, too. */
  announce(run: Announcement): Promise<void>;
  /** Whether an address is one of the site's own: then its path can be an alias. */
  isOwnHost(host: string): boolean;
  log: { info(message: string): void; warn(message: string): void };
}
