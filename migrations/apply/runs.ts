import os from 'node:os';

import type { Counts } from '../plan/plan';
import { fromJson } from './encode';
import type { Host } from './host';

const RUNS_UID = 'plugin::curation.run';

/** What a person asks about a run: who, when, from which folder, with which mapping. */
export interface RunInfo {
  kind: 'import';
  mapping: string;
  folder: string;
}

/** Notes that a run has begun. @returns its number */
export const startRun = async (host: Host, { kind, mapping, folder }: RunInfo, startedAt: Date): Promise<number> => {
  const { table, columns } = host.tables(RUNS_UID);
  const row = {
    [columns.kind!]: kind,
    [columns.status!]: 'running',
    [columns.mapping!]: mapping,
    [columns.folder!]: folder,
    [columns.user!]: os.userInfo().username,
    [columns.host!]: os.hostname(),
    [columns.startedAt!]: startedAt,
  };
  const insert = host.knex(table).insert(row);
  // MySQL answers an insert with the id itself, the others with a row where they are asked for one.
  const [inserted] = (await (host.client === 'mysql' ? insert : insert.returning('id'))) as (number | { id: number })[];
  return typeof inserted === 'number' ? inserted : inserted!.id;
};

/** Notes how a run ended. */
export const finishRun = async (host: Host, id: number, outcome: { counts: Counts } | { error: string }): Promise<void> => {
  const { table, columns } = host.tables(RUNS_UID);
  await host
    .knex(table)
    .where(columns.id!, id)
    .update({
      [columns.status!]: 'counts' in outcome ? 'done' : 'failed',
      [columns.finishedAt!]: new Date(),
      [columns.counts!]: 'counts' in outcome ? fromJson(outcome.counts) : null,
      [columns.error!]: 'error' in outcome ? outcome.error : null,
    });
};
