import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { PLUGIN_ID } from '../../../content-types';
import { deliveries } from '../delivery/deliveries';
import { formatOf } from '../delivery/format';
import { redirects } from '../delivery/redirects/redirects';

import type { Changed, DerivedRows } from './derived-rows';
import { enqueue, type Task } from './queue';
import { Worker } from './worker';
import { hostOf } from '../services/host-of';

/** Every table whose rows follow from the entries, in the order in which they are refreshed. */
const DERIVED_ROWS: readonly DerivedRows[] = [deliveries, redirects];

/** Keeps derived rows in step with the entries. Whoever writes an entry calls it, in the transaction that writes. */
export interface Derived {
  worker: Worker;
  /** Refreshes what follows from entries that the transaction wrote or removed; what embeds them is refreshed behind the request. */
  refresh(trx: Knex.Transaction, changed: Changed): Promise<void>;
  /** Has whatever shows some files of the media library refreshed behind the request. */
  showFiles(trx: Knex.Transaction, documentIds: readonly string[]): Promise<void>;
  /** Puts work into the queue and sees to it once the transaction is committed. */
  later(trx: Knex.Transaction, tasks: readonly Task[]): Promise<void>;
}

export const createDerived = ({ strapi }: { strapi: Core.Strapi }): Derived => {
  const host = hostOf(strapi);
  const worker = new Worker(strapi, host, DERIVED_ROWS, () => formatOf(strapi));

  const later: Derived['later'] = async (trx, tasks) => {
    if (tasks.length === 0) return;
    await enqueue(host, trx, tasks);
    // Joins the transaction that is open already; of one that Strapi does not know the queue is looked at in a few seconds.
    await strapi.db.transaction(({ onCommit }) => onCommit(() => worker.wake()));
  };

  return {
    worker,
    later,
    showFiles: (trx, documentIds) =>
      later(
        trx,
        documentIds.map((documentId): Task => ({ kind: 'embeds', type: 'file', documentIds: [documentId] })),
      ),
    async refresh(trx, { type, documentIds }) {
      if (documentIds.length === 0) return;
      for (const rows of DERIVED_ROWS) {
        await later(trx, await rows.refresh({ strapi, host, trx, type, documentIds, isBehind: false, isRebuild: false }));
      }
    },
  };
};

export const derivedOf = (strapi: Core.Strapi): Derived => strapi.plugin(PLUGIN_ID).service('derived') as unknown as Derived;
