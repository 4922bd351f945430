import type { Counts } from '../plan/plan';

/** What the list shows of a run. */
interface ListedRun {
  run: number;
  kind: string;
  status: string;
  user: string;
  host: string;
  startedAt: string | null;
  finishedAt: string | null;
  folder?: string;
  undoes?: number;
  counts: Counts | null;
  error: string | null;
}

const what = ({ kind, undoes, folder, counts, error }: ListedRun): string => {
  const numbers = counts
    ? (['created', 'updated', 'removed', 'refused', 'conflicts'] as const).flatMap((key) =>
        counts[key] > 0 ? [`${counts[key]} ${key}`] : [],
      )
    : [];
  return [undoes ? `undo of ${undoes}` : `${kind} of ${folder ?? ''}`, ...numbers, ...(error ? [error] : [])].join(', ');
};

/** Past runs, a line each. */
export const runsText = (runs: readonly ListedRun[]): string => {
  if (runs.length === 0) return 'There was no run yet.\n';
  const lines = runs.map((each) => {
    const seconds = each.startedAt && each.finishedAt ? (Date.parse(each.finishedAt) - Date.parse(each.startedAt)) / 1000 : undefined;
    return [
      String(each.run).padStart(4),
      (each.startedAt ?? '').slice(0, 19).replace('T', ' ').padEnd(19),
      each.status.padEnd(7),
      (seconds === undefined ? '' : `${seconds.toFixed(1)} s`).padStart(8),
      `${each.user}@${each.host}`,
      what(each),
    ].join('  ');
  });
  return `${lines.join('\n')}\n`;
};
