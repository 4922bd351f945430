import type { Knex } from 'knex';

import type { ContentType } from '../../../content-types';
import { TABLES } from '../../../content-types/tables/uids';
import type { Host } from '../../../migrations/apply/host';
import { insertRows } from '../../../migrations/apply/insert-rows';
import { chunksOf } from '../../../migrations/apply/select';

/** Entries in one task: as many as one transaction of the worker takes. */
const TASK_SIZE = 500;

/**
 * What is still to be refreshed: entries, whatever shows an entry or a file of the media library, or everything, in a form that only nodes with
 * the same code and configuration write.
 */
export type Task =
  | { kind: 'entries'; type: ContentType; documentIds: readonly string[] }
  | { kind: 'embeds'; type: ContentType | 'file'; documentIds: readonly [string] }
  | { kind: 'all'; format: string };

const split = (task: Task): Task[] =>
  task.kind === 'entries' ? chunksOf(task.documentIds, TASK_SIZE).map((documentIds) => ({ ...task, documentIds })) : [task];

/**
 * Puts work into the queue: it is done after the commit, by whichever node comes first, and survives a restart.
 *
 * @param dueAt milliseconds since 1970: not before
 */
export const enqueue = async (host: Host, trx: Knex.Transaction, tasks: readonly Task[], dueAt = 0): Promise<void> => {
  const { table, columns } = host.tables(TABLES.refresh);
  const rows = tasks.flatMap(split).map((task) => ({
    [columns.kind!]: task.kind,
    [columns.type!]: task.kind === 'all' ? task.format : task.type,
    [columns.documentIds!]: JSON.stringify(task.kind === 'all' ? [] : task.documentIds),
    [columns.after!]: '',
    [columns.attempts!]: 0,
    [columns.dueAt!]: dueAt,
  }));
  await insertRows(trx, table, rows);
};

/** The tasks that a node may take: of those that make everything anew only its own. */
export const tasksFor = (host: Host, knex: Knex, format: string): Knex.QueryBuilder => {
  const { table, columns } = host.tables(TABLES.refresh);
  return knex(table).where((own) => void own.whereNot(columns.kind!, 'all').orWhere(columns.type!, format));
};

/** True where everything is being made anew in this form, or is about to be. */
export const isBuildQueued = async (host: Host, knex: Knex, format: string): Promise<boolean> => {
  const { columns } = host.tables(TABLES.refresh);
  return Boolean(await tasksFor(host, knex, format).where(columns.kind!, 'all').first());
};
