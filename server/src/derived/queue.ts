import type { Knex } from 'knex';

import type { ContentType } from '../../../content-types';
import type { Host } from '../../../migrations/apply/host';
import { insertRows } from '../../../migrations/apply/insert-rows';
import { chunksOf } from '../../../migrations/apply/select';

export const REFRESHES_UID = 'plugin::curation.refresh';

/** Entries in one task: as many as one transaction of the worker takes. */
const TASK_SIZE = 500;

/** What is still to be refreshed: entries, whatever shows an entry or a file of the media library, or everything. */
export type Task =
  | { kind: 'entries'; type: ContentType; documentIds: readonly string[] }
  | { kind: 'embeds'; type: ContentType | 'file'; documentIds: readonly [string] }
  | { kind: 'all' };

const split = (task: Task): Task[] =>
  task.kind === 'entries' ? chunksOf(task.documentIds, TASK_SIZE).map((documentIds) => ({ ...task, documentIds })) : [task];

/**
 * Puts work into the queue: it is done after the commit, by whichever node comes first, and survives a restart.
 *
 * @param dueAt milliseconds since 1970: not before
 */
export const enqueue = async (host: Host, trx: Knex.Transaction, tasks: readonly Task[], dueAt = 0): Promise<void> => {
  const { table, columns } = host.tables(REFRESHES_UID);
  const rows = tasks.flatMap(split).map((task) => ({
    [columns.kind!]: task.kind,
    [columns.type!]: task.kind === 'all' ? null : task.type,
    [columns.documentIds!]: JSON.stringify(task.kind === 'all' ? [] : task.documentIds),
    [columns.after!]: '',
    [columns.attempts!]: 0,
    [columns.dueAt!]: dueAt,
  }));
  await insertRows(trx, table, rows);
};

/** True where a task of this kind is waiting or under way. */
export const isQueued = async (host: Host, knex: Knex, kind: Task['kind']): Promise<boolean> => {
  const { table, columns } = host.tables(REFRESHES_UID);
  return Boolean(await knex(table).where(columns.kind!, kind).first());
};
