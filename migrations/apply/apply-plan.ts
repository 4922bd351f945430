import { setImmediate as breathe } from 'node:timers/promises';

import { CONTENT_TYPES, type ContentType } from '../../content-types';
import type { MergeOptions } from '../plan/compare';
import type { Create, Operation, Remove, Update } from '../plan/operation';
import type { Stage } from '../plan/operations';
import type { Plan } from '../plan/plan';
import type { State } from '../plan/state';
import type { Asset } from '../source/assets';
import { inChunks } from '../spool/in-chunks';
import { describedSince, writeAltTexts } from './alt-texts';
import { compressQuickly } from './compression';
import type { EditRun } from './edit-run';
import { findPointers, relationsTo } from './find-pointers';
import type { Host } from './host';
import { readImages, writeJournal, type Change } from './journal';
import type { Lease } from './lease';
import { overtake, recount, type Overtaken } from './overtaken';
import { relinkRecords } from './relink';
import { notedRun } from './noted-run';
import type { RunInfo } from './runs';
import { uploadFiles, type Upload } from './upload-files';
import { deleteLedger, writeLedger } from './write-ledger';
import { RowWriter } from './write-rows';

/** Records in one transaction. On SQLite every other request waits for it. */
const CHUNK = 1_000;
/** Records that are in memory at once: each with its file, and what it held before. */
const AT_ONCE = 200;

export interface Applied {
  /** The run's number. */
  run: number;
  /** Pictures that the media library would not take, with its reason. */
  rejected: { asset: Asset; reason: string }[];
  /** What editors changed since the plan was made; the plan's counts say what came of it. */
  overtaken: Overtaken[];
}

export type Progress = (done: number, total: number, what: 'pictures' | 'records') => void;

/** The pictures that the operations need and the media library does not have, by `sha256:…`. */
const neededUploads = ({ operations, uploads }: Plan): [string, Upload][] => {
  if (uploads.size === 0) return [];
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

const isCreate = (operation: Operation): operation is Create => operation.action === 'create';
const isUpdate = (operation: Operation): operation is Update => operation.action === 'update';
const isRemove = (operation: Operation): operation is Remove => operation.action === 'remove';

/** The records whose rows the operations write: what they merely note changes nothing that anybody is shown. */
const touched = (operations: readonly Operation[]): string[] =>
  operations.filter(({ action }) => action !== 'touch').map(({ documentId }) => documentId);

const ACTIONS = { create: 'create', update: 'update', touch: 'note', remove: 'remove' } as const;

/** Takes entries that are to be deleted out of every relation that names them: the database would, too, but no undo would know of it. */
const unlink = async (host: Host, edit: EditRun, type: ContentType, documentIds: readonly string[]): Promise<void> => {
  const going = new Set(documentIds);
  for (const relation of relationsTo(host, type)) {
    const namers = (await findPointers(host, edit.trx, relation, documentIds)).map(({ from }) => from);
    const staying = relation.type === type ? namers.filter((documentId) => !going.has(documentId)) : namers;
    const of = (links: readonly string[]) => links.filter((link) => !going.has(link));
    await relinkRecords(host, edit, { ...relation, of }, [...new Set(staying)]);
  }
};

const writeChunk = async (
  host: Host,
  edit: EditRun,
  type: ContentType,
  planned: readonly Operation[],
  options: MergeOptions,
): Promise<Overtaken[]> => {
  const { trx, run } = edit;
  const writer = new RowWriter(host, edit);
  const known = planned.filter((operation) => !isCreate(operation) || operation.isReturning).map(({ documentId }) => documentId);
  const before = await readImages(host, trx, type, known, true);
  const described = await describedSince(
    host,
    edit,
    planned.filter(isUpdate).flatMap(({ altTexts = [] }) => altTexts),
  );
  const { operations, overtaken } = overtake(planned, before, options, described);
  const removes = operations.filter(isRemove);
  const deleted = new Set(removes.filter(({ mode }) => mode === 'delete').map(({ documentId }) => documentId));

  await unlink(host, edit, type, [...deleted]);
  // What goes may leave its slug to what comes.
  await writer.unpublish(
    type,
    removes.filter(({ mode }) => mode === 'unpublish').map(({ documentId }) => documentId),
  );
  await writer.delete(type, [...deleted]);
  await writer.create(type, operations.filter(isCreate));
  await writer.update(type, operations.filter(isUpdate));
  await host.refreshDerived(trx, type, touched(operations));
  await writeAltTexts(
    host,
    edit,
    operations.filter(isUpdate).flatMap(({ altTexts = [] }) => altTexts),
  );
  await deleteLedger(host, trx, type, [...deleted]);
  const kept = operations.filter(({ documentId }) => !deleted.has(documentId));
  await writeLedger(
    host,
    trx,
    // A story that is withdrawn keeps the words of the file that is gone.
    kept.map(({ documentId, ledger, source }) => ({
      ...ledger,
      source: source ?? before.get(documentId)?.ledger?.source ?? null,
      runId: run,
    })),
  );

  const after = await readImages(host, trx, type, known);
  const changes = operations.map(({ documentId, action }): Change => ({
    type,
    documentId,
    action: action === 'remove' && !deleted.has(documentId) ? 'update' : ACTIONS[action],
    before: before.get(documentId) ?? null,
    after: action === 'create' ? null : (after.get(documentId) ?? null),
  }));
  await writeJournal(host, trx, run, changes);
  return overtaken;
};

/** Frees the unique keys that records take over from each other, ahead of all of them: in whichever order they come, none is in the way. */
const yieldKeys = async (host: Host, edit: EditRun, type: ContentType, { operations }: Plan, options: MergeOptions): Promise<void> => {
  const writer = new RowWriter(host, edit);
  for (const chunk of inChunks(operations.ofType(type, 'together'), AT_ONCE)) {
    const updates = chunk.filter(isUpdate);
    const documentIds = updates.map(({ documentId }) => documentId);
    // Who keeps what an editor gave it since keeps its keys, too.
    const toWrite = overtake(updates, await readImages(host, edit.trx, type, documentIds, true), options, new Map());
    await writer.yieldKeys(type, toWrite.operations.filter(isUpdate));
  }
};

/**
 * Fourth station: writes what a plan says. Each chunk of records is one transaction, with its part of the id map and of the journal in it: a
 * run that dies leaves whole records behind, and the next one goes on from there. What an editor saved or deleted since the plan was made is
 * merged as if it had been there before, and is in the plan's counts.
 *
 * @throws what the database throws; the run is then noted as failed
 */
export const applyPlan = async (
  host: Host,
  lease: Lease,
  plan: Plan,
  info: RunInfo,
  options: MergeOptions,
  onProgress: Progress = () => {},
): Promise<Applied> => {
  const overtaken: Overtaken[] = [];
  const { counts: _, ...applied } = await notedRun(host, lease, info, async (run, now) => {
    const { files, rejected } = await uploadFiles(host, lease, neededUploads(plan), run, (done, total) =>
      onProgress(done, total, 'pictures'),
    );
    let done = 0;
    /** Writes operations of one type in transactions of so many at most. */
    const write = async (type: ContentType, stage: Stage, atMost: number): Promise<void> => {
      const operations = inChunks(plan.operations.ofType(type, stage), AT_ONCE);
      for (let next = operations.next(); !next.done;) {
        await host.transaction(async (trx) => {
          await lease.assertHeld(trx);
          await compressQuickly(host, trx);
          const edit = { trx, run, now };
          if (stage === 'together') await yieldKeys(host, edit, type, plan, options);
          for (let written = 0; !next.done && written < atMost; next = operations.next()) {
            next.value.forEach((operation) => settleMedia(operation, files));
            overtaken.push(...(await writeChunk(host, edit, type, next.value, options)));
            written += next.value.length;
            done += next.value.length;
          }
          await lease.keep(trx);
        });
        onProgress(done, plan.operations.length, 'records');
        // SQLite answers without a turn of the event loop: the lease's heartbeat and a server's requests would wait for the whole run.
        await breathe();
      }
    };
    for (const type of CONTENT_TYPES) {
      await write(type, 'chunks', CHUNK);
      await write(type, 'together', Infinity);
    }
    for (const type of [...CONTENT_TYPES].reverse()) await write(type, 'last', CHUNK);
    overtaken.forEach((each) => recount(plan, each));
    return { counts: plan.counts, run, rejected, overtaken };
  });
  return applied;
};
