import { emptyState } from '../plan/state';
import type { Asset } from '../source/assets';
import type { Host } from './host';
import { writeJournal } from './journal';
import type { Lease } from './lease';
import { FILE_TYPE, identityKeyOf } from './read-ledger';
import { markNoted, UNNOTED } from './unnoted-files';
import { deleteLedger, readKnownBy, writeLedger, type LedgerRow } from './write-ledger';

/** Pictures that are resized at the same time. */
const AT_ONCE = 4;

export type Upload = Asset & { alternativeText: string | null };

/** The row of the id map by which the next import knows that the media library has these bytes. */
const fileRow = (identity: string, documentId: string, { name, sha256, alternativeText }: Upload, runId: number): LedgerRow => ({
  type: FILE_TYPE,
  documentId,
  identity,
  path: name,
  hasFile: true,
  mapping: '',
  hash: sha256,
  base: { ...emptyState(), values: { alternativeText }, isPublished: true, assets: {} },
  source: null,
  runId,
});

/**
 * Adds pictures to the media library: a few at a time, each once, outside any transaction.
 *
 * @param uploads by `sha256:…`
 * @returns their documentIds by the same names, and those that the media library refused
 */
export const uploadFiles = async (
  host: Host,
  lease: Lease,
  uploads: readonly [string, Upload][],
  runId: number,
  onProgress: (done: number, total: number) => void,
): Promise<{ files: Map<string, string>; rejected: { asset: Asset; reason: string }[] }> => {
  const files = new Map<string, string>();
  const rejected: { asset: Asset; reason: string }[] = [];
  const queue = [...uploads];
  // One after the other: parallel inserts into one unique index are what MySQL calls a deadlock.
  let noted = Promise.resolve();

  const note = (identity: string, documentId: string, asset: Upload) =>
    host.transaction(async (trx) => {
      await lease.assertHeld(trx);
      // The bytes are known where the library had them, and somebody deleted them there.
      const known = await readKnownBy(host, trx, [identityKeyOf(FILE_TYPE, identity)]);
      await deleteLedger(host, trx, FILE_TYPE, [...known.values()]);
      await writeLedger(host, trx, [fileRow(identity, documentId, asset, runId)]);
      await markNoted(host, trx, documentId);
      await writeJournal(host, trx, runId, [{ type: FILE_TYPE, documentId, action: 'create', before: null, after: null }]);
    });
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [identity, asset] = next;
      const uploaded = await host
        .upload({ ...asset, caption: UNNOTED })
        .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
      if (uploaded instanceof Error) rejected.push({ asset, reason: uploaded.message });
      else {
        files.set(identity, uploaded.documentId);
        noted = noted.then(() => note(identity, uploaded.documentId, asset));
        await noted.catch(async (error: unknown) => {
          // Whoever has the lease now has the same picture, or will have.
          await host.remove(uploaded.id).catch(() => undefined);
          throw error;
        });
      }
      onProgress(files.size + rejected.length, uploads.length);
    }
  };
  // Each to its end, also where one fails: what is under way then still has to be taken back.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return { files, rejected };
};
