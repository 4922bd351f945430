import { FILE_UID } from '../../content-types';
import { TABLES } from '../../content-types/tables/uids';
import { FILE_TYPE } from '../apply/read-ledger';
import { toJson } from '../apply/encode';
import type { Host, StoredFile } from '../apply/host';
import type { Row } from '../apply/select';
import type { Base } from '../plan/ledger';

/** The media library, as an export sees it: which file is which, and whose alternative text was edited since the import. */
export class StoredFiles {
  private constructor(
    private readonly files: ReadonlyMap<string, StoredFile>,
    private readonly imported: ReadonlyMap<string, string | null>,
  ) {}

  static async open(host: Host): Promise<StoredFiles> {
    const { table, columns } = host.tables(FILE_UID);
    const wanted = ['id', 'documentId', 'name', 'alternativeText'].map((attribute) => columns[attribute]!);
    const rows: Row[] = await host.knex(table).select(...wanted);
    const files = rows.map((row): StoredFile => ({
      id: row[columns.id!] as number,
      documentId: row[columns.documentId!] as string,
      name: row[columns.name!] as string,
      alternativeText: row[columns.alternativeText!] as string | null,
    }));
    const records = host.tables(TABLES.record);
    const known = (await host.knex(records.table).where(records.columns.type!, FILE_TYPE)) as Record<string, unknown>[];
    return new StoredFiles(
      new Map(files.map((file) => [file.documentId, file])),
      new Map(
        known.map((row) => {
          const base = toJson(row[records.columns.base!]) as unknown as Base | null;
          return [row[records.columns.documentId!] as string, (base?.values.alternativeText as string | null) ?? null];
        }),
      ),
    );
  }

  get(documentId: string | null | undefined): StoredFile | undefined {
    return documentId ? this.files.get(documentId) : undefined;
  }

  /** True where somebody gave an imported file another alternative text. */
  isAltEdited(file: StoredFile): boolean {
    return this.imported.has(file.documentId) && (this.imported.get(file.documentId) ?? null) !== (file.alternativeText || null);
  }
}
