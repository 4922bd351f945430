import os from 'node:os';

import type { ContentType } from '../../content-types';
import { TABLES } from '../../content-types/tables/uids';
import type { Counts } from '../plan/counts';
import { fromJson, toJson, toMoment } from './encode';
import type { Host } from './host';
import { leaseHolder } from './lease';
import { removeUnnoted } from './unnoted-files';
import type { Row } from './select';
import { userName } from './user-name';

/** An entry by its documentId, with the name that it had. */
export interface Named {
  documentId: string;
  name: string;
}

/** What a run in the admin panel was about. */
export type Subject =
  { kind: 'merge'; source: Named; target: Named } | { kind: 'bulk'; type: ContentType; attribute: string; add: Named[]; remove: Named[] };

/** What a person asks about a run: who, when, from which folder, with which mapping. */
export interface RunInfo {
  kind: 'import' | 'apply' | 'undo' | 'merge' | 'bulk';
  mapping?: string;
  folder?: string;
  /** The run that this one takes back. */
  undoes?: number;
  subject?: Subject;
  /** Who it was; without it, who started the process. */
  user?: string;
}

export interface Run extends RunInfo {
  run: number;
  /** `died`: it never said how it ended. What it wrote is whole, and the next run went on from there. */
  status: 'running' | 'done' | 'failed' | 'died';
  user: string;
  host: string;
  startedAt: string | null;
  finishedAt: string | null;
  counts: Counts | null;
  error: string | null;
}

/** Notes that a run has begun. @returns its number */
export const startRun = async (host: Host, { kind, mapping, folder, undoes, subject, user }: RunInfo, startedAt: Date): Promise<number> => {
  const { table, columns } = host.tables(TABLES.run);
  const row = {
    [columns.kind!]: kind,
    [columns.status!]: 'running',
    [columns.mapping!]: mapping ?? null,
    [columns.folder!]: folder ?? null,
    [columns.undoes!]: undoes ?? null,
    [columns.subject!]: fromJson(subject),
    [columns.user!]: user ?? userName(),
    [columns.host!]: os.hostname(),
    [columns.startedAt!]: startedAt,
  };
  const insert = host.knex(table).insert(row);
  // MySQL answers an insert with the id itself, the others with a row where they are asked for one.
  const [inserted]: (number | { id: number })[] = await (host.client === 'mysql' ? insert : insert.returning('id'));
  return typeof inserted === 'number' ? inserted : inserted!.id;
};

/** Notes how a run ended. One that was taken for dead, and has been gone on from since, stays dead. */
export const finishRun = async (host: Host, id: number, outcome: { counts: Counts } | { error: string }): Promise<void> => {
  const { table, columns } = host.tables(TABLES.run);
  await host
    .knex(table)
    .where({ [columns.id!]: id, [columns.status!]: 'running' })
    .update({
      [columns.status!]: 'counts' in outcome ? 'done' : 'failed',
      [columns.finishedAt!]: new Date(),
      [columns.counts!]: 'counts' in outcome ? fromJson(outcome.counts) : null,
      [columns.error!]: 'error' in outcome ? outcome.error : null,
    });
};

/**
 * Notes that runs which still claim to be under way have died, and removes what they left unfinished. To be called with the lease in hand:
 * then none of them can be under way.
 */
export const endDeadRuns = async (host: Host): Promise<void> => {
  const { table, columns } = host.tables(TABLES.run);
  const dead: Row[] = await host.knex(table).where(columns.status!, 'running').select(columns.id!);
  if (dead.length === 0) return;
  const ids = dead.map((row) => row[columns.id!] as number);
  // First: who dies here leaves them to the next one.
  await removeUnnoted(host);
  await host
    .knex(table)
    .whereIn(columns.id!, ids)
    .update({ [columns.status!]: 'died' });
  host.log.warn(`Run ${ids.join(', ')} did not finish. What it had written is whole; this run goes on from there.`);
};

const toRun = (columns: Record<string, string>, row: Row): Run => ({
  run: row[columns.id!] as number,
  kind: row[columns.kind!] as Run['kind'],
  status: row[columns.status!] as Run['status'],
  ...(row[columns.mapping!] ? { mapping: row[columns.mapping!] as string } : {}),
  ...(row[columns.folder!] ? { folder: row[columns.folder!] as string } : {}),
  ...(row[columns.undoes!] ? { undoes: row[columns.undoes!] as number } : {}),
  ...(row[columns.subject!] ? { subject: toJson(row[columns.subject!]) as unknown as Subject } : {}),
  user: row[columns.user!] as string,
  host: row[columns.host!] as string,
  startedAt: toMoment(row[columns.startedAt!]),
  finishedAt: toMoment(row[columns.finishedAt!]),
  counts: toJson(row[columns.counts!]) as unknown as Counts | null,
  error: row[columns.error!] as string | null,
});

/**
 * Past runs, the newest first. What claims to be under way while nobody holds the lease has died: the next run will note it, who looks before
 * that is told all the same.
 */
export const readRuns = async (host: Host, limit: number): Promise<Run[]> => {
  const { table, columns } = host.tables(TABLES.run);
  const rows = (await host.knex(table).orderBy(columns.id!, 'desc').limit(limit)) as Row[];
  const runs = rows.map((row) => toRun(columns, row));
  if (runs[0]?.status !== 'running') return runs;
  const holder = await leaseHolder(host);
  return holder?.isAlive ? runs : [{ ...runs[0], status: 'died' }, ...runs.slice(1)];
};

/** What was merged into a topic, and not taken back since; the newest first. */
export const readMerges = async (host: Host, target: string): Promise<(Run & { source: Named })[]> => {
  const { table, columns } = host.tables(TABLES.run);
  const done = (kind: Run['kind']) => host.knex(table).where({ [columns.status!]: 'done', [columns.kind!]: kind });
  const rows = (await done('merge').orderBy(columns.id!, 'desc')) as Row[];
  const undoes: Row[] = await done('undo').orderBy(columns.id!, 'desc').select(columns.id!, columns.undoes!);
  const takenBack = new Set<unknown>();
  // The last one counts: an undo that was undone itself took nothing back.
  for (const row of undoes) if (!takenBack.has(row[columns.id!])) takenBack.add(row[columns.undoes!]);
  return rows
    .map((row) => toRun(columns, row))
    .flatMap((run) =>
      run.subject?.kind === 'merge' && run.subject.target.documentId === target && !takenBack.has(run.run)
        ? [{ ...run, source: run.subject.source }]
        : [],
    );
};

/** One run by its number. */
export const readRun = async (host: Host, id: number): Promise<Run | undefined> => {
  const { table, columns } = host.tables(TABLES.run);
  const row = (await host.knex(table).where(columns.id!, id).first()) as Row | undefined;
  return row && toRun(columns, row);
};

/** The folder that each run read, by the run's number. */
export const readFolders = async (host: Host): Promise<Map<number, string>> => {
  const { table, columns } = host.tables(TABLES.run);
  const rows: Row[] = await host.knex(table).whereNotNull(columns.folder!).select(columns.id!, columns.folder!);
  return new Map(rows.map((row) => [Number(row[columns.id!]), row[columns.folder!] as string]));
};

/** True where a run claims to be under way. */
export const hasOpenRuns = async (host: Host): Promise<boolean> => {
  const { table, columns } = host.tables(TABLES.run);
  const open = (await host.knex(table).where(columns.status!, 'running').limit(1)) as Row[];
  return open.length > 0;
};

/** The number of the newest run, 0 where there was none: a plan that was made before it may be out of date. */
export const lastRun = async (host: Host): Promise<number> => (await readRuns(host, 1))[0]?.run ?? 0;
