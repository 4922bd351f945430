import type { Counts } from '../plan/counts';
import type { Host } from './host';
import type { Lease } from './lease';
import { finishRun, startRun, type RunInfo } from './runs';

/**
 * Does the work of a run, and notes when it began, who did it and how it ended.
 *
 * @param work gets the run's number, and the moment of its beginning
 * @throws what the work throws, or why the lease was lost; the run is then noted as failed
 */
export const notedRun = async <Result extends { counts: Counts }>(
  host: Host,
  lease: Lease,
  info: RunInfo,
  work: (run: number, now: Date) => Promise<Result>,
): Promise<Result> => {
  const now = new Date();
  const run = await startRun(host, info, now);
  try {
    const result = await work(run, now);
    await finishRun(host, run, { counts: result.counts });
    return result;
  } catch (thrown) {
    const error = (await lease.explain(thrown)) as Error;
    // Where this fails too the run stays open, and the next one notes that it died.
    await finishRun(host, run, { error: error.message }).catch(() => undefined);
    throw error;
  }
};
