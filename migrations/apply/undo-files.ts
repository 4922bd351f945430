import type { Knex } from 'knex';

import { FILE_UID, UIDS } from '../../content-types';
import type { Host } from './host';
import { insertRows } from './insert-rows';
import { livingIds, withLivingEditors } from './living-ids';
import { writeJournal, type Change, type Image } from './journal';
import { FILE_TYPE, identityKeyOf } from './read-ledger';
import { deleteWhereIn, selectWhereIn, type Row } from './select';
import { deleteLedger, readKnownBy, readLedgerRows, writeLedger, type LedgerRow } from './write-ledger';

/** A file of the media library as its tables have it. */
interface FileImage extends Image {
  file: Row;
  links: { table: string; rows: Row[] }[];
}

const DATES = ['createdAt', 'updatedAt', 'publishedAt'];

/** Dates go through JSON as text; a driver wants them back as dates. */
const withDates = (host: Host, row: Row): Row => {
  const { columns } = host.tables(FILE_UID);
  const dates = DATES.map((attribute) => columns[attribute]!);
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (dates.includes(column) && value !== null) return [column, new Date(value as string | number)];
      return [column, typeof value === 'object' && value !== null ? JSON.stringify(value) : value];
    }),
  );
};

/** True where an editor wrote something about a file since an import brought it. */
const isDescribed = (columns: Record<string, string>, file: Row, ledger: LedgerRow | undefined): boolean =>
  ((file[columns.alternativeText!] as string | null) || null) !== (ledger?.base.values.alternativeText ?? null) ||
  Boolean(file[columns.caption!]);

/**
 * Takes files that a run had uploaded out of the media library, as long as nothing shows them and nobody described them. Their bytes stay
 * where they are, so that an undo of the undo can bring them back.
 *
 * @returns the names of those that somebody described since
 */
export const hideFiles = async (host: Host, trx: Knex.Transaction, undoId: number, changes: readonly Change[]): Promise<string[]> => {
  const { table, columns, links } = host.tables(FILE_UID);
  const files = await selectWhereIn(
    trx,
    table,
    columns.documentId!,
    changes.map(({ documentId }) => documentId),
  );
  const ids = files.map((row) => row[columns.id!] as number);
  const { table: usesTable, file: fileColumn } = host.tables(UIDS['curated-content']).media.featuredImage!;
  const used = new Set((await selectWhereIn(trx, usesTable, fileColumn, ids, [fileColumn])).map((row) => row[fileColumn] as number));
  const ledger = await readLedgerRows(
    host,
    trx,
    FILE_TYPE,
    changes.map(({ documentId }) => documentId),
  );

  const journal: Change[] = [];
  const left: string[] = [];
  for (const file of files) {
    const id = file[columns.id!] as number;
    if (used.has(id)) continue;
    const documentId = file[columns.documentId!] as string;
    if (isDescribed(columns, file, ledger.get(documentId))) {
      left.push(String(file[columns.name!]));
      continue;
    }
    const own: FileImage['links'] = [];
    for (const { table: linkTable, source } of Object.values(links)) {
      own.push({ table: linkTable, rows: (await trx(linkTable).where(source, id)) as Row[] });
      await trx(linkTable).where(source, id).delete();
    }
    const before: FileImage = { ledger: ledger.get(documentId) ?? null, file, links: own };
    journal.push({ type: FILE_TYPE, documentId, action: 'remove', before, after: null });
  }
  const gone = journal.map(({ documentId }) => documentId);
  await deleteWhereIn(trx, table, columns.documentId!, gone);
  await deleteLedger(host, trx, FILE_TYPE, gone);
  await writeJournal(host, trx, undoId, journal);
  return left;
};

/** Puts files back into the media library as they were. */
export const restoreFiles = async (host: Host, trx: Knex.Transaction, undoId: number, changes: readonly Change[]): Promise<void> => {
  const { table, columns, links } = host.tables(FILE_UID);
  const documentIds = changes.map(({ documentId }) => documentId);
  const rows = await selectWhereIn(trx, table, columns.documentId!, documentIds, [columns.documentId!]);
  // An undo that died had brought these back.
  const there = new Set(rows.map((row) => row[columns.documentId!]));
  const missing = changes.filter(({ documentId }) => !there.has(documentId));
  const images = missing.map(({ before }) => before as FileImage);
  await insertRows(
    trx,
    table,
    await withLivingEditors(
      host,
      trx,
      images.map(({ file }) => withDates(host, file)),
    ),
  );
  for (const { table: linkTable, target, uid } of Object.values(links)) {
    const rowsOfLink = images.flatMap((image) => image.links.flatMap((each) => (each.table === linkTable ? each.rows : [])));
    // The folder that a file lay in may be gone.
    const living = await livingIds(
      host,
      trx,
      uid,
      rowsOfLink.map((row) => row[target] as number),
    );
    await insertRows(
      trx,
      linkTable,
      rowsOfLink.filter((row) => living.has(row[target] as number)),
    );
  }
  const rowsOfMap = images.flatMap(({ ledger }) => (ledger ? [ledger] : []));
  // A later import may have uploaded the same bytes: they are known by its file, then.
  const keyOf = ({ identity }: LedgerRow) => identityKeyOf(FILE_TYPE, identity);
  const known = await readKnownBy(host, trx, rowsOfMap.map(keyOf));
  await writeLedger(
    host,
    trx,
    rowsOfMap.filter((row) => !known.has(keyOf(row))),
  );
  const journal = missing.map(({ documentId }): Change => ({ type: FILE_TYPE, documentId, action: 'create', before: null, after: null }));
  await writeJournal(host, trx, undoId, journal);
};
