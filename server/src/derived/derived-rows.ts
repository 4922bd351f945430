import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { ContentType } from '../../../content-types';
import type { Host } from '../../../migrations/apply/host';

import type { Task } from './queue';

/** Entries of one type that were written or removed. */
export interface Changed {
  type: ContentType;
  documentIds: readonly string[];
}

export interface Refresh extends Changed {
  strapi: Core.Strapi;
  host: Host;
  /** The transaction that wrote the entries, or one of the queue's own. Whatever is read or written goes through it. */
  trx: Knex.Transaction;
  /** True in the queue, where another transaction may be writing the same entries; false where this one did, and so holds their locks. */
  isBehind: boolean;
  /** True where rows are written anew even though they seem right. */
  isRebuild: boolean;
}

/** A table whose rows follow from the entries. */
export interface DerivedRows {
  name: string;
  /**
   * Brings the rows of some entries in step with what the transaction sees of them, removed ones too.
   *
   * @returns what is left to do after the commit
   */
  refresh(refresh: Refresh): Promise<Task[]>;
}
