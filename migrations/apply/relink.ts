import type { ContentType } from '../../content-types';
import type { CurrentRecord, CurrentRow } from '../plan/database';
import type { FieldChange } from '../plan/operation';
import { sameJson } from '../source/json';
import type { EditRun } from './edit-run';
import type { Host } from './host';
import { madeBy, readImages, writeJournal, type Change } from './journal';
import { chunksOf } from './select';
import { RowWriter, type Changes } from './write-rows';

const CHUNK = 500;

/** What a relation of one type's records becomes. */
export interface Relink {
  type: ContentType;
  attribute: string;
  /** From the documentIds that a row points at, in order, to those that it shall point at. */
  of(links: readonly string[], documentId: string): readonly string[];
  /** Which rows are written: what is published too, or what editors have saved alone. Without it, both. */
  rowsOf?(documentId: string): 'both' | 'draft';
}

const changesOf = (row: CurrentRow | null | undefined, { attribute, of }: Relink, documentId: string): FieldChange[] => {
  if (!row) return [];
  const before = row.links[attribute] ?? [];
  const after = of(before, documentId);
  return sameJson(before, [...after]) ? [] : [{ kind: 'links', attribute, before, after }];
};

/** What a relink changes in a record, row by row; undefined where it changes nothing. */
export const relinked = (documentId: string, { draft, published }: Partial<CurrentRecord>, how: Relink): Changes | undefined => {
  const changes = {
    draft: changesOf(draft, how, documentId),
    published: how.rowsOf?.(documentId) === 'draft' ? [] : changesOf(published, how, documentId),
  };
  if (changes.draft.length + changes.published.length === 0) return undefined;
  return { documentId, ...changes, publication: null, timestamps: {} };
};

const relinkChunk = async (host: Host, edit: EditRun, how: Relink, documentIds: readonly string[]): Promise<string[]> => {
  const { trx, run, now } = edit;
  const { type } = how;
  const before = await readImages(host, trx, type, documentIds);
  const changes = documentIds.flatMap((documentId) => relinked(documentId, before.get(documentId) ?? {}, how) ?? []);
  const writer = new RowWriter(host, edit);
  const isDraftAlone = ({ documentId }: Changes) => how.rowsOf?.(documentId) === 'draft';
  await writer.update(
    type,
    changes.filter((each) => !isDraftAlone(each)),
  );
  for (const { documentId, draft } of changes.filter(isDraftAlone)) await writer.setFields(type, documentId, 'draft', draft, now);

  const changed = changes.map(({ documentId }) => documentId);
  await host.refreshDerived(trx, type, changed);
  const after = await readImages(host, trx, type, changed);
  const made = await madeBy(host, trx, run, type, changed);
  const journal = changed.map((documentId): Change => ({
    type,
    documentId,
    action: made.has(documentId) ? 'create' : 'update',
    before: before.get(documentId) ?? null,
    after: after.get(documentId) ?? null,
  }));
  await writeJournal(host, trx, run, journal);
  return changed;
};

/**
 * Changes one relation of many records, and notes it in the journal of a run. What an editor has saved and not published stays unpublished, and
 * what was published as it was saved stays so.
 *
 * @returns the documentIds of the records that changed
 */
export const relinkRecords = async (host: Host, edit: EditRun, how: Relink, documentIds: readonly string[]): Promise<string[]> => {
  const changed: string[] = [];
  for (const chunk of chunksOf(documentIds, CHUNK)) changed.push(...(await relinkChunk(host, edit, how, chunk)));
  return changed;
};
