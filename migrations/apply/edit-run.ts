import type { Knex } from 'knex';

import { CONTENT_TYPES, type ContentType } from '../../content-types';
import { noTally, type Counts } from '../plan/counts';
import type { AnnouncedChange, Host } from './host';
import { Lease } from './lease';
import { notedRun } from './noted-run';
import { endDeadRuns, type Subject } from './runs';

/** What an edit wrote: the documentIds of what it updated and of what it removed. */
export interface Edited {
  updated: Partial<Record<ContentType, readonly string[]>>;
  removed?: Partial<Record<ContentType, readonly string[]>>;
}

/** What an edit writes with. */
export interface EditRun {
  trx: Knex.Transaction;
  run: number;
  now: Date;
}

const listOf = (documents: Partial<Record<ContentType, readonly string[]>>, action: 'update' | 'remove'): AnnouncedChange[] =>
  CONTENT_TYPES.flatMap((type) => (documents[type] ?? []).map((documentId) => ({ type, documentId, action })));

/** Holds the lease while an editor's change is looked at and written. */
export const withLease = async <T>(host: Host, work: (lease: Lease) => Promise<T>): Promise<T> => {
  const lease = await Lease.acquire(host, { patience: true });
  try {
    await endDeadRuns(host);
    return await work(lease);
  } finally {
    await lease.release();
  }
};

/**
 * Writes an editor's change of many records as a run: in one transaction with its journal, so that all of it is written or nothing, and told
 * to the rest of Strapi when it is done.
 *
 * @throws what the database throws; the run is then noted as failed
 */
export const editRun = async (
  host: Host,
  lease: Lease,
  { subject, user }: { subject: Subject; user?: string },
  write: (edit: EditRun) => Promise<Edited>,
): Promise<{ run: number; counts: Counts }> => {
  const { kind } = subject;
  const { announcement, ...done } = await notedRun(host, lease, { kind, subject, user }, async (run, now) => {
    const { updated, removed = {} } = await host.transaction(async (trx) => {
      await lease.assertHeld(trx);
      return write({ trx, run, now });
    }, true);
    const [updates, removals] = [listOf(updated, 'update'), listOf(removed, 'remove')];
    const counts: Counts = { files: 0, ...noTally(), updated: updates.length, removed: removals.length };
    return { run, counts, announcement: { run, kind, counts: { ...counts }, changes: [...updates, ...removals] } };
  });
  // The editor does not wait for webhooks.
  void host.announce(announcement).catch((error: unknown) => host.log.warn(`Run ${done.run} could not be announced: ${String(error)}`));
  return done;
};
