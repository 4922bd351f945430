import type { ArchiveApp } from './archive-app';
import { dumpTables } from './tables';

/** What tells of runs, and what Strapi numbers anew for a row that comes back. */
const JOURNAL = ['curation_runs', 'curation_changes', 'curation_leases', 'curation_stamps'];
/** What follows from the entries remembers when it changed; that it says the same is held elsewhere. */
const DERIVED = ['curation_deliveries', 'curation_facets', 'curation_sequences', 'curation_marks', 'curation_refreshes'];

/** Every row of every table with documentIds in place of numbers, so that a row that was removed and came back is the same row. */
export const contentOf = async (app: Pick<ArchiveApp, 'strapi' | 'host'>): Promise<Record<string, string[]>> => {
  const tables = await dumpTables(app.strapi);
  const names = new Map<string, string>();
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows as Record<string, unknown>[]) {
      if (row.document_id)
        names.set(`${table} ${String(row.id)}`, `${String(row.document_id)}${row.published_at ? ' published' : ' draft'}`);
    }
  }
  const owner: Record<string, string> = {
    curated_content_id: 'curation_curated_contents',
    topic_id: 'curation_topics',
    inv_topic_id: 'curation_topics',
    offering_id: 'curation_offerings',
    file_id: 'files',
  };
  const named = (table: string, row: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([column, value]) => {
        if (column === 'id') return [];
        const target = table.endsWith('_lnk') || table.endsWith('_mph') ? owner[column] : undefined;
        if (target) return [[column, names.get(`${target} ${String(value)}`)]];
        if (column === 'related_id') return [[column, names.get(`${app.host.tables(String(row.related_type)).table} ${String(value)}`)]];
        return [[column, value]];
      }),
    );
  return Object.fromEntries(
    Object.entries(tables)
      .filter(([table]) => table.startsWith('curation_') || table.startsWith('files'))
      .filter(([table]) => ![...JOURNAL, ...DERIVED].includes(table))
      .map(([table, rows]) => [table, (rows as Record<string, unknown>[]).map((row) => JSON.stringify(named(table, row))).sort()]),
  );
};
