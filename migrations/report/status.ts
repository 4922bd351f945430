import pc from 'picocolors';

import { plural } from './words';

interface Item {
  type: string;
  path: string;
  label: string;
  fields?: string[];
}

interface ShownStatus {
  counts: { records: number; inStep: number };
  edited: readonly Item[];
  deleted: readonly Item[];
  changedInFiles: readonly Item[];
  newInFiles: readonly Item[];
  conflicts: readonly Item[];
  missing: readonly string[];
  lastRun: { run: number; kind: string; status: string; startedAt: string | null } | null;
  lease: { user: string; host: string; startedAt: string; isAlive: boolean } | null;
}

/** Who is ahead of whom, for people. */
export const statusText = (status: ShownStatus, { color }: { color: boolean }): string => {
  const { bold, dim, green } = pc.createColors(color);
  const { counts, missing, lastRun, lease } = status;
  const line = ({ type, path, label, fields }: Item) => `  ${type} "${label}" ${dim(fields ? `${path}: ${fields.join(', ')}` : path)}`;
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
    ...(missing.length > 0 ? [bold(`Missing files (${missing.length})`), ...missing.map((path) => `  ${path}`), ''] : []),
    `${green('●')} ${plural(counts.records, 'record')} known, ${counts.inStep} in step. ${run}`,
    ...(lease?.isAlive ? [`A run is under way: ${lease.user} on ${lease.host}, since ${lease.startedAt}.`] : []),
    '',
  ].join('\n');
};
