import pc from 'picocolors';

import { printable, uncoloured } from './printable';
import { plural } from './words';

interface Item {
  type: string;
  path: string;
  label: string;
  fields?: string[];
}

/** The ready answers for sites; the numbers where they were compared with what a rebuild would make. */
interface ShownAnswers {
  isBuilt: boolean;
  waiting: number;
  right?: number;
  stale?: number;
  missing?: number;
  extra?: number;
}

interface ShownStatus {
  answers: ShownAnswers;
  counts: { records: number; inStep: number; refused: number };
  edited: readonly Item[];
  deleted: readonly Item[];
  changedInFiles: readonly Item[];
  newInFiles: readonly Item[];
  conflicts: readonly Item[];
  missing: readonly string[];
  refused: readonly { file: string; line: number; column: number; message: string }[];
  lastRun: { run: number; kind: string; status: string; startedAt: string | null } | null;
  lease: { user: string; host: string; startedAt: string; isAlive: boolean } | null;
}

const answersLine = ({ isBuilt, waiting, right, stale = 0, missing = 0, extra = 0 }: ShownAnswers): string => {
  const state = isBuilt ? '' : ' They are not built yet: the running server does so, or `curation rebuild`.';
  const queue = waiting > 0 ? ` ${plural(waiting, 'refresh', 'refreshes')} waiting.` : '';
  if (right === undefined) return `Ready answers: \`--check\` compares them.${state}${queue}`;
  const faults = stale + missing + extra;
  const verdict =
    faults === 0 ? `${right} right` : `${right} right, ${stale} stale, ${missing} missing, ${extra} extra: \`curation rebuild\``;
  return `Ready answers: ${verdict}.${state}${queue}`;
};

/** Who is ahead of whom, for people. */
export const statusText = (status: ShownStatus, { color }: { color: boolean }): string => {
  const { bold, dim, green } = pc.createColors(color);
  const { counts, missing, refused, lastRun, lease } = status;
  const line = ({ type, path, label, fields }: Item) =>
    `  ${type} "${uncoloured(label)}" ${dim(uncoloured(fields ? `${path}: ${fields.join(', ')}` : path))}`;
  const list = (title: string, items: readonly Item[]) =>
    items.length > 0 ? [bold(`${title} (${items.length})`), ...items.map(line), ''] : [];
  const run = lastRun
    ? `Last run: ${lastRun.run} (${lastRun.kind}, ${lastRun.status}), ${lastRun.startedAt ?? ''}`
    : 'There was no run yet.';
  return [
    ...list('Changed by editors since the last import', status.edited),
    ...list('Deleted in Strapi', status.deleted),
    ...list('In conflict', status.conflicts),
    ...list('Changed in files', status.changedInFiles),
    ...list('New in files', status.newInFiles),
    ...(missing.length > 0 ? [bold(`Missing files (${missing.length})`), ...missing.map((path) => `  ${uncoloured(path)}`), ''] : []),
    ...(refused.length > 0
      ? [
          bold(`Refused (${counts.refused})`),
          ...refused.map(
            ({ file, line: row, column, message }) => `  ${uncoloured(`${file}:${row}:${column}`)} ${dim(uncoloured(message))}`,
          ),
          '',
        ]
      : []),
    `${green('●')} ${plural(counts.records, 'record')} known, ${counts.inStep} in step. ${run}`,
    answersLine(status.answers),
    ...(lease?.isAlive ? [`A run is under way: ${lease.user} on ${lease.host}, since ${lease.startedAt}.`] : []),
    '',
  ]
    .map(printable)
    .join('\n');
};
