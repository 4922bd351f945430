import type { Knex } from 'knex';

import { FILE_UID } from '../../content-types';
import type { KnownAltText } from '../plan/alt-texts';
import type { AltTextChange } from '../plan/operation';
import type { EditRun } from './edit-run';
import type { Host } from './host';
import { writeJournal, type Change, type Image } from './journal';
import { FILE_TYPE } from './read-ledger';
import { selectWhereIn } from './select';
import { readLedgerRows, writeLedger, type LedgerRow } from './write-ledger';

/** A file of the media library before or after its alternative text was changed. */
interface AltTextImage extends Image {
  alternativeText: string | null;
}

/** What the media library says of some of its files to those who cannot see them. Strapi's own form leaves an empty text where there is none. */
const readAltTexts = async (host: Host, knex: Knex, documentIds: readonly string[]): Promise<Map<string, string | null>> => {
  const { table, columns } = host.tables(FILE_UID);
  const wanted = [columns.documentId!, columns.alternativeText!];
  const rows = await selectWhereIn(knex, table, columns.documentId!, [...new Set(documentIds)], wanted);
  return new Map(rows.map((row) => [row[columns.documentId!] as string, (row[columns.alternativeText!] as string | null) || null]));
};

/** The same, beside what imports put there. */
export const readKnownAltTexts = async (host: Host, documentIds: readonly string[]): Promise<Map<string, KnownAltText>> => {
  const current = await readAltTexts(host, host.knex, documentIds);
  const ledger = await readLedgerRows(host, host.knex, FILE_TYPE, [...current.keys()]);
  const importedOf = (documentId: string) => (ledger.get(documentId)?.base.values.alternativeText as string | null | undefined) ?? null;
  return new Map([...current].map(([documentId, text]) => [documentId, { current: text, imported: importedOf(documentId) }]));
};

const setAltText = async (host: Host, { trx, now }: EditRun, documentId: string, alternativeText: string | null): Promise<void> => {
  const { table, columns } = host.tables(FILE_UID);
  await trx(table)
    .where(columns.documentId!, documentId)
    .update({ [columns.alternativeText!]: alternativeText, [columns.updatedAt!]: now });
};

const knownAs = (row: LedgerRow, alternativeText: string | null, runId: number): LedgerRow => ({
  ...row,
  base: { ...row.base, values: { ...row.base.values, alternativeText } },
  runId,
});

/** The alternative texts that somebody gave pictures since a plan was made which gives them others, by their documentIds. */
export const describedSince = async (
  host: Host,
  { trx, run }: EditRun,
  planned: readonly AltTextChange[],
): Promise<Map<string, string | null>> => {
  const documentIds = planned.map(({ documentId }) => documentId);
  if (documentIds.length === 0) return new Map();
  const current = await readAltTexts(host, trx, documentIds);
  const ledger = await readLedgerRows(host, trx, FILE_TYPE, documentIds);
  return new Map(
    planned.flatMap(({ documentId, before, after }) => {
      const text = current.get(documentId);
      // What this run has written itself is another file's word.
      const isOurs = ledger.get(documentId)?.runId === run;
      return text === undefined || text === before || text === after || isOurs ? [] : [[documentId, text]];
    }),
  );
};

/** Gives pictures of the media library other alternative texts, but for those that somebody gave one since the plan was made. */
export const writeAltTexts = async (host: Host, edit: EditRun, planned: readonly AltTextChange[]): Promise<void> => {
  if (planned.length === 0) return;
  const { trx, run } = edit;
  // Of two records that say it of one picture the first one is heard, as it would be in two chunks.
  const changes = planned.filter(({ documentId }, index) => planned.findIndex((other) => other.documentId === documentId) === index);
  const documentIds = changes.map(({ documentId }) => documentId);
  const current = await readAltTexts(host, trx, documentIds);
  const ledger = await readLedgerRows(host, trx, FILE_TYPE, documentIds);
  const journal: Change[] = [];
  for (const { documentId, before, after } of changes) {
    const row = ledger.get(documentId);
    if (!row || current.get(documentId) !== before) continue;
    await setAltText(host, edit, documentId, after);
    const known = knownAs(row, after, run);
    await writeLedger(host, trx, [known]);
    const images: { before: AltTextImage; after: AltTextImage } = {
      before: { ledger: row, alternativeText: before },
      after: { ledger: known, alternativeText: after },
    };
    journal.push({ type: FILE_TYPE, documentId, action: 'update', ...images });
  }
  await writeJournal(host, trx, run, journal);
  await host.refreshShowing(
    trx,
    journal.map(({ documentId }) => documentId),
  );
};

/**
 * Gives pictures the alternative texts back that a run changed.
 *
 * @returns the names of those that somebody gave another one since
 */
export const undoAltTexts = async (host: Host, edit: EditRun, changes: readonly Change[]): Promise<string[]> => {
  const current = await readAltTexts(
    host,
    edit.trx,
    changes.map(({ documentId }) => documentId),
  );
  const left: string[] = [];
  const back: Change[] = [];
  for (const { documentId, before, after } of changes as (Change & Record<'before' | 'after', AltTextImage>)[]) {
    const there = current.get(documentId);
    if (there === undefined) continue;
    if (there !== after.alternativeText) {
      if (there !== before.alternativeText) left.push(after.ledger!.path);
      continue;
    }
    await setAltText(host, edit, documentId, before.alternativeText);
    await writeLedger(host, edit.trx, [before.ledger!]);
    back.push({ type: FILE_TYPE, documentId, action: 'update', before: after, after: before });
  }
  await writeJournal(host, edit.trx, edit.run, back);
  await host.refreshShowing(
    edit.trx,
    back.map(({ documentId }) => documentId),
  );
  return left;
};
