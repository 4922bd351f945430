import type { Host } from './apply/host';
import { Lease } from './apply/lease';
import { withRoomyCache } from './apply/page-cache';
import { endDeadRuns, readRun } from './apply/runs';
import { updateStatistics } from './apply/statistics';
import { undoRun, type Undone } from './apply/undo-run';
import { UserError } from './errors';
import type { RunReport } from './report/report';
import { byPlace } from './source/problem';

const takeBack = async (host: Host, lease: Lease, runId: number, user?: string): Promise<Undone> => {
  await endDeadRuns(host);
  const undone = await readRun(host, runId);
  if (!undone) throw new UserError(`There is no run ${runId}. \`curation runs\` lists them.`);
  const isWhole = undone.subject?.kind === 'merge';
  const options = { folder: undone.folder, subject: undone.subject, user, isWhole };
  const done = await withRoomyCache(host, () => undoRun(host, lease, runId, options));
  await updateStatistics(host, done.counts.created + done.counts.updated);
  return done;
};

/**
 * Takes back what a run did; itself a run.
 *
 * @param user who it is; without it, who started the process
 * @throws UserError where there is no such run (2), another run is under way (5), or something that a merge touched changed since (7)
 */
export const undoArchive = async (host: Host, runId: number, user?: string): Promise<RunReport> => {
  const started = performance.now();
  const lease = await Lease.acquire(host);
  const { run, byType, problems, changes, counts } = await takeBack(host, lease, runId, user).finally(() => lease.release());
  // Whoever hears of it may take their time, and others want to write meanwhile.
  await host.announce({ run, kind: 'undo', counts: { ...counts }, changes });
  return { run, dryRun: false, counts, byType, problems: problems.sort(byPlace), seconds: (performance.now() - started) / 1000 };
};
