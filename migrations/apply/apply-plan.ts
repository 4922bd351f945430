import type { Knex } from 'knex';

import { CONTENT_TYPES, type ContentType } from '../../content-types';
import type { Create, Operation, Plan, Update } from '../plan/plan';
import { emptyState, type State } from '../plan/state';
import type { Asset } from '../source/assets';
import type { Host } from './host';
import { FILE_TYPE } from './open-database';
import { finishRun, startRun, type RunInfo } from './runs';
import { chunksOf } from './select';
import { writeLedger, type LedgerRow } from './write-ledger';
import { RowWriter } from './write-rows';

/** Records in one transaction. On SQLite every other request waits for it. */
const CHUNK = 500;
/** Pictures that are resized at the same time. */
const UPLOADS = 4;

export interface Applied {
  /** The run's number; null where there was nothing to write, and nothing was. */
  run: number | null;
  /** Pictures that the media library would not take, with its reason. */
  rejected: { asset: Asset; reason: string }[];
}

export type Progress = (done: number, total: number, what: 'pictures' | 'records') => void;

type Upload = Asset & { alternativeText: string | null };

/** The `sha256:…` of every picture that the operations need and the media library does not have. */
const neededUploads = ({ operations, uploads }: Plan): [string, Upload][] => {
  const needed = new Set<unknown>();
  for (const operation of operations) {
    if (operation.action === 'create') Object.values(operation.state.media).forEach((name) => needed.add(name));
    if (operation.action === 'update') [...operation.draft, ...operation.published].forEach(({ after }) => needed.add(after));
  }
  return [...uploads].filter(([name]) => needed.has(name));
};

/** Puts the documentIds of uploaded files where a plan had to name them by their bytes. */
const settleMedia = (operation: Operation, files: ReadonlyMap<string, string>): void => {
  const settle = (media: State['media']): boolean => {
    let isWhole = true;
    for (const [attribute, name] of Object.entries(media)) {
      if (!name?.startsWith('sha256:')) continue;
      media[attribute] = files.get(name) ?? null;
      isWhole &&= media[attribute] !== null;
    }
    return isWhole;
  };
  if (operation.action === 'create') settle(operation.state.media);
  if (operation.action === 'update') {
    for (const change of [...operation.draft, ...operation.published]) {
      if (change.kind === 'media' && String(change.after).startsWith('sha256:')) change.after = files.get(String(change.after)) ?? null;
    }
  }
  // With a picture missing the file is looked at again next time.
  if (!settle(operation.ledger.base.media)) operation.ledger.hash = '';
};

/** The row of the id map by which the next import knows that the media library has these bytes. */
const fileRow = (identity: string, documentId: string, { name, sha256, alternativeText }: Upload): LedgerRow => ({
  type: FILE_TYPE,
  documentId,
  identity,
  path: name,
  hasFile: true,
  mapping: '',
  hash: sha256,
  base: { ...emptyState(), values: { alternativeText }, isPublished: true, assets: {} },
  source: null,
});

/** Adds every picture that is needed to the media library: a few at a time, each once, outside any transaction. */
const uploadAll = async (host: Host, plan: Plan, runId: number, onProgress: Progress) => {
  const files = new Map<string, string>();
  const rejected: Applied['rejected'] = [];
  const queue = neededUploads(plan);
  const total = queue.length;
  let done = 0;
  // One after the other: parallel inserts into one unique index are what MySQL calls a deadlock.
  let noted = Promise.resolve();

  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [identity, asset] = next;
      const uploaded = await host.upload(asset).catch((error: Error) => error);
      if (uploaded instanceof Error) rejected.push({ asset, reason: uploaded.message });
      else {
        files.set(identity, uploaded.documentId);
        const row = fileRow(identity, uploaded.documentId, asset);
        noted = noted.then(() => host.transaction((trx) => writeLedger(host, trx, [row], runId)));
        await noted;
      }
      onProgress((done += 1), total, 'pictures');
    }
  };
  await Promise.all(Array.from({ length: UPLOADS }, work));
  return { files, rejected };
};

const isCreate = (operation: Operation): operation is Create => operation.action === 'create';
const isUpdate = (operation: Operation): operation is Update => operation.action === 'update';

const writeChunk = async (
  host: Host,
  trx: Knex.Transaction,
  type: ContentType,
  operations: readonly Operation[],
  now: Date,
  runId: number,
): Promise<void> => {
  const writer = new RowWriter(host, trx, now);
  const creates = operations.filter(isCreate);
  const updates = operations.filter(isUpdate);
  if (creates.length > 0) await writer.create(type, creates);
  if (updates.length > 0) await writer.update(type, updates);
  const rows = operations.map(({ ledger, source }): LedgerRow => ({ ...ledger, source: source ?? null }));
  await writeLedger(host, trx, rows, runId);
};

/**
 * Fourth station: writes what a plan says. Each chunk of records is one transaction, with its part of the id map in it: a run that dies
 * leaves whole records behind, and the next one goes on from there.
 *
 * @throws what the database throws; the run is then noted as failed
 */
export const applyPlan = async (host: Host, plan: Plan, info: RunInfo, onProgress: Progress = () => {}): Promise<Applied> => {
  if (plan.operations.length === 0) return { run: null, rejected: [] };

  const now = new Date();
  const run = await startRun(host, info, now);
  try {
    const { files, rejected } = await uploadAll(host, plan, run, onProgress);
    plan.operations.forEach((operation) => settleMedia(operation, files));

    let done = 0;
    for (const type of CONTENT_TYPES) {
      for (const chunk of chunksOf(plan.operations.filter((operation) => operation.type === type), CHUNK)) {
        await host.transaction((trx) => writeChunk(host, trx, type, chunk, now, run));
        onProgress((done += chunk.length), plan.operations.length, 'records');
      }
    }
    await finishRun(host, run, { counts: plan.counts });
    return { run, rejected };
  } catch (error) {
    await finishRun(host, run, { error: (error as Error).message });
    throw error;
  }
};
