import type { Counts } from '../plan/counts';
import { plural } from './words';
import { printable } from './printable';

interface Named {
  name: string;
}

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
  subject?: { kind: 'merge'; source: Named; target: Named } | { kind: 'bulk'; attribute: string; add: Named[]; remove: Named[] };
  counts: Counts | null;
  error: string | null;
}

const names = (list: readonly Named[]): string => list.map(({ name }) => `"${name}"`).join(', ');

const about = ({ kind, folder, subject }: ListedRun): string => {
  if (!subject) return `${kind} of ${folder ?? ''}`;
  if (subject.kind === 'merge') return `merge of "${subject.source.name}" into "${subject.target.name}"`;
  const { attribute, add, remove } = subject;
  const parts = [...(add.length > 0 ? [`+ ${names(add)}`] : []), ...(remove.length > 0 ? [`- ${names(remove)}`] : [])];
  return `bulk change of ${attribute}: ${parts.join(' ')}`;
};

const what = (run: ListedRun): string => {
  const { undoes, counts, error } = run;
  const numbers = counts
    ? (['created', 'updated', 'removed', 'refused', 'conflicts'] as const).flatMap((key) =>
        counts[key] > 0 ? [key === 'conflicts' ? plural(counts[key], 'conflict') : `${counts[key]} ${key}`] : [],
      )
    : [];
  return [undoes ? `undo of ${undoes}` : about(run), ...numbers, ...(error ? [error] : [])].join(', ');
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
  return `${lines.map(printable).join('\n')}\n`;
};
