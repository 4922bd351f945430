import { CONTENT_TYPES, SCHEMAS, type ContentType } from '../content-types';
import type { Host } from './apply/host';
import { leaseHolder, type Holder } from './apply/lease';
import { readEntries } from './apply/read-ledger';
import { readRecords } from './apply/read-records';
import { readRuns, type Run } from './apply/runs';
import { planArchive, type ArchiveOptions } from './import-archive';
import { labelOf } from './plan/compare';
import type { CurrentRecord } from './plan/database';
import type { LedgerEntry } from './plan/ledger';
import type { Operation } from './plan/operation';
import type { Plan } from './plan/plan';
import { fieldsOf, sameField } from './plan/state';
import { isError, type Problem } from './source/problem';

export interface StatusItem {
  type: ContentType;
  documentId: string;
  path: string;
  label: string;
  /** The attributes that an editor changed since the last import. */
  fields?: string[];
}

/** Who is ahead of whom. */
export interface Status {
  counts: {
    records: number;
    inStep: number;
    edited: number;
    deleted: number;
    changedInFiles: number;
    newInFiles: number;
    conflicts: number;
    missing: number;
    refused: number;
  };
  edited: StatusItem[];
  deleted: StatusItem[];
  /** What an import of the folder would do; empty where no folder was named. */
  changedInFiles: StatusItem[];
  newInFiles: StatusItem[];
  conflicts: StatusItem[];
  missing: string[];
  /** Why files are refused. */
  refused: Problem[];
  lastRun: Run | null;
  lease: Holder | null;
}

const itemOf = ({ type, documentId, path, base }: LedgerEntry): StatusItem => ({ type, documentId, path, label: labelOf(base.values) });

const keyOf = ({ type, documentId }: Pick<StatusItem, 'type' | 'documentId'>): string => `${type} ${documentId}`;

/** What was published by an import, and by an editor is no more. Who publishes what came as a draft does what it came for. */
const isWithdrawn = ({ type, base }: LedgerEntry, { published }: CurrentRecord): boolean =>
  SCHEMAS[type].options.draftAndPublish && base.isPublished && published === null;

const plannedItems = ({ operations }: Plan) => {
  const items: { action: Operation['action']; item: StatusItem }[] = [];
  for (const { action, type, documentId, label, ledger } of operations) {
    if (action !== 'touch') items.push({ action, item: { type, documentId, path: ledger.path, label } });
  }
  operations.close();
  return items;
};

/**
 * What is in step, what editors changed since the last import, and, with a folder, what its files would change.
 *
 * @param archive undefined: Strapi is compared with the last import alone
 */
export const statusOf = async (host: Host, archive?: ArchiveOptions): Promise<Status> => {
  const edited: StatusItem[] = [];
  const deleted: StatusItem[] = [];
  const known = new Set<string>();
  const plan = archive && (await planArchive(host, { ...archive, missing: 'keep' }));
  const refused = plan?.problems.filter(isError) ?? [];
  const refusedPaths = new Set(refused.map(({ file }) => file));
  const ahead = new Set<string>();
  for (const type of CONTENT_TYPES) {
    for await (const chunk of readEntries(host, [type])) {
      for (const entry of chunk) {
        known.add(keyOf(entry));
        if (entry.hasFile && refusedPaths.has(entry.path)) ahead.add(keyOf(entry));
      }
      const current = await readRecords(
        host,
        type,
        chunk.map(({ documentId }) => documentId),
      );
      for (const entry of chunk) {
        const record = current.get(entry.documentId);
        if (!record) deleted.push(itemOf(entry));
        else {
          const rows = [record.draft, ...(record.published ? [record.published] : [])];
          const changed = fieldsOf(entry.base).filter((field) => rows.some((row) => !sameField(row, entry.base, field)));
          const fields = [...changed.map(({ attribute }) => attribute), ...(isWithdrawn(entry, record) ? ['publishedAt'] : [])];
          if (fields.length > 0) edited.push({ ...itemOf(entry), fields });
        }
      }
    }
  }

  const planned = plan ? plannedItems(plan) : [];
  const pick = (wanted: Operation['action']) => planned.filter(({ action }) => action === wanted).map(({ item }) => item);
  const lists = {
    edited,
    deleted,
    changedInFiles: pick('update'),
    newInFiles: pick('create'),
    conflicts: plan?.conflicts ?? [],
    missing: plan?.missing ?? [],
    refused,
  };
  // A file may also change what no import made.
  for (const item of [...edited, ...deleted, ...lists.changedInFiles, ...lists.conflicts])
    if (known.has(keyOf(item))) ahead.add(keyOf(item));
  const [last] = await readRuns(host, 1);
  return {
    counts: {
      records: known.size,
      inStep: known.size - ahead.size,
      edited: edited.length,
      deleted: deleted.length,
      changedInFiles: lists.changedInFiles.length,
      newInFiles: lists.newInFiles.length,
      conflicts: lists.conflicts.length,
      missing: lists.missing.length,
      refused: plan?.counts.refused ?? 0,
    },
    ...lists,
    lastRun: last ?? null,
    lease: (await leaseHolder(host)) ?? null,
  };
};
