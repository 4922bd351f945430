import { CONTENT_TYPES, type ContentType } from '../content-types';
import type { Host } from './apply/host';
import { leaseHolder, type Holder } from './apply/lease';
import { openDatabase } from './apply/open-database';
import { readRecords } from './apply/read-records';
import { readRuns, type Run } from './apply/runs';
import { chunksOf } from './apply/select';
import { planArchive, type ArchiveOptions } from './import-archive';
import { labelOf } from './plan/compare';
import type { LedgerEntry } from './plan/ledger';
import { fieldsOf, sameField } from './plan/state';

const CHUNK = 500;

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
  };
  edited: StatusItem[];
  deleted: StatusItem[];
  /** What an import of the folder would do; empty where no folder was named. */
  changedInFiles: StatusItem[];
  newInFiles: StatusItem[];
  conflicts: StatusItem[];
  missing: string[];
  lastRun: Run | null;
  lease: Holder | null;
}

const itemOf = ({ type, documentId, path, base }: LedgerEntry): StatusItem => ({ type, documentId, path, label: labelOf(base.values) });

/**
 * What is in step, what editors changed since the last import, and, with a folder, what its files would change.
 *
 * @param archive undefined: Strapi is compared with the last import alone
 */
export const statusOf = async (host: Host, archive?: ArchiveOptions): Promise<Status> => {
  const { ledger } = await openDatabase(host);
  const edited: StatusItem[] = [];
  const deleted: StatusItem[] = [];
  for (const type of CONTENT_TYPES) {
    for (const chunk of chunksOf(
      ledger.entries.filter((entry) => entry.type === type),
      CHUNK,
    )) {
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
          const fields = fieldsOf(entry.base).filter((field) => rows.some((row) => !sameField(row, entry.base, field)));
          if (fields.length > 0) edited.push({ ...itemOf(entry), fields: fields.map(({ attribute }) => attribute) });
        }
      }
    }
  }

  const plan = archive && (await planArchive(host, { ...archive, missing: 'keep' }));
  const planned = (plan?.operations ?? []).map(({ action, type, documentId, label, ledger: { path }, ...operation }) => {
    const conflicts = 'conflicts' in operation ? operation.conflicts : [];
    return { action, isInConflict: conflicts.length > 0, item: { type, documentId, path, label } };
  });
  const pick = (test: (each: (typeof planned)[number]) => boolean) => planned.filter(test).map(({ item }) => item);
  const lists = {
    edited,
    deleted,
    changedInFiles: pick(({ action }) => action === 'update'),
    newInFiles: pick(({ action }) => action === 'create'),
    conflicts: pick(({ isInConflict }) => isInConflict),
    missing: plan?.missing ?? [],
  };
  const ahead = new Set(
    [...edited, ...deleted, ...lists.changedInFiles, ...lists.conflicts].map(({ type, documentId }) => `${type} ${documentId}`),
  );
  const [last] = await readRuns(host, 1);
  return {
    counts: {
      records: ledger.entries.length,
      inStep: ledger.entries.length - ahead.size,
      edited: edited.length,
      deleted: deleted.length,
      changedInFiles: lists.changedInFiles.length,
      newInFiles: lists.newInFiles.length,
      conflicts: plan?.counts.conflicts ?? 0,
      missing: lists.missing.length,
    },
    ...lists,
    lastRun: last ?? null,
    lease: (await leaseHolder(host)) ?? null,
  };
};
