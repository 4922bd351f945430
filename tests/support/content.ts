import type { Knex } from 'knex';

import { connect } from './connect';
import type { TemporaryDatabase } from './database';

type Row = Record<string, unknown>;

/** What tells of runs; a run that was killed leaves one more there. */
const OF_RUNS = ['curation_runs', 'curation_changes', 'curation_leases', 'curation_stamps'];
/** What stands beside the ready answers: moments, marks, how many changes were counted, and work that is still to be done. */
const OF_ANSWERS = ['curation_facets', 'curation_refreshes', 'curation_marks', 'curation_sequences'];

/** The tables that a link's columns point into. */
const ENDS: Record<string, string> = {
  curated_content_id: 'curation_curated_contents',
  topic_id: 'curation_topics',
  inv_topic_id: 'curation_topics',
  offering_id: 'curation_offerings',
  file_id: 'files',
};

const TABLES_OF_UIDS: Record<string, string> = {
  'plugin::curation.curated-content': 'curation_curated_contents',
  'plugin::curation.topic': 'curation_topics',
  'plugin::curation.offering': 'curation_offerings',
};

/** Numbers and random names that the media library gives anew to each upload, and where its files lie. */
const OF_UPLOADS = ['document_id', 'hash', 'url', 'formats', 'created_at', 'updated_at', 'published_at', 'folder_path'];

/** Pictures are uploaded a few at a time and come into their folder in the order in which they are done. */
const OF_HASTE = ['file_ord'];

const DATES = ['created_at', 'updated_at', 'published_at'];

/**
 * Ready answers follow from the rest, and hold the moments in which they were made; that they are right is looked at elsewhere. Here it counts
 * for which entries there is one.
 */
const ANSWERS = 'curation_deliveries';
const answered = (rows: Row[]): Row[] =>
  rows.flatMap(({ type, document_id, slug, is_gone }) => (is_gone ? [] : [{ type, answers: document_id, slug }]));

/** No file says when topics and offerings were made: they get the moment of the run. */
const UNDATED = ['curation_topics', 'curation_offerings'];

const tableNames = async (knex: Knex, { client }: TemporaryDatabase): Promise<string[]> => {
  const sql = {
    sqlite: "select name from sqlite_master where type = 'table'",
    postgres: "select table_name as name from information_schema.tables where table_schema = 'public'",
    mysql: 'select table_name as name from information_schema.tables where table_schema = database()',
  }[client];
  const answer = (await knex.raw(sql)) as Row[] | { rows: Row[] } | [Row[]];
  const rows = 'rows' in answer ? answer.rows : Array.isArray(answer[0]) ? answer[0] : (answer as Row[]);
  return rows
    .map(({ name }) => String(name))
    .filter((name) => name.startsWith('curation_') || name.startsWith('files'))
    .filter((name) => ![...OF_RUNS, ...OF_ANSWERS].includes(name))
    .sort();
};

interface Options {
  /** Which dates count: all, those of stories, all of which have one in their file, or none. */
  dates?: 'all' | 'known' | 'none';
  /** Positions of links count as first, second, third: what is deleted in Strapi leaves gaps between their numbers. */
  ranks?: boolean;
}

const ORDER = /^(?!inv_).*_ord$/;

/** The rows of a table of links, with their positions counted anew for each row that they belong to. */
const ranked = (rows: Row[]): Row[] => {
  const [source = '', order = ''] = [Object.keys(rows[0] ?? {})[1], Object.keys(rows[0] ?? {}).find((column) => ORDER.test(column))];
  if (!order) return rows;
  const seen = new Map<unknown, number>();
  return [...rows]
    .sort((a, b) => Number(a[order]) - Number(b[order]))
    .map((row) => {
      const rank = (seen.get(row[source]) ?? 0) + 1;
      seen.set(row[source], rank);
      return { ...row, [order]: rank };
    });
};

/**
 * Every row that an import writes, a line each, without what differs between two imports of the same files: numbers become names, uploads go
 * by the name of their file, moments that no file gives become "set".
 */
export const readContent = async (
  database: TemporaryDatabase,
  { dates = 'known', ranks = false }: Options = {},
): Promise<Record<string, string[]>> => {
  const knex = connect(database);
  try {
    const tables = new Map<string, Row[]>();
    for (const name of await tableNames(knex, database)) {
      const rows = await knex<Row>(name);
      if (name === ANSWERS) tables.set(name, answered(rows));
      else tables.set(name, ranks && name.endsWith('_lnk') ? ranked(rows) : rows);
    }

    const files = new Map(tables.get('files')!.map((row) => [String(row.document_id), `file ${String(row.name)}`]));
    const names = new Map<string, string>();
    for (const [table, rows] of tables) {
      for (const { id, document_id, published_at } of rows) {
        if (!document_id) continue;
        names.set(
          `${table} ${String(id)}`,
          files.get(String(document_id)) ?? `${String(document_id)} ${published_at ? 'published' : 'draft'}`,
        );
      }
    }
    const named = (table: string, [column, value]: [string, unknown]): [string, unknown][] => {
      if (column === 'id' || (table === 'files' && OF_UPLOADS.includes(column))) return [];
      if (column === 'run_id' || OF_HASTE.includes(column)) return [];
      if (DATES.includes(column) && value !== null) {
        const counts = dates === 'all' || (dates === 'known' && !UNDATED.includes(table));
        return [[column, counts ? new Date(value as string | number).toISOString() : 'set']];
      }
      const end = table.endsWith('_lnk') || table.endsWith('_mph') ? ENDS[column] : undefined;
      return [[column, end ? names.get(`${end} ${String(value)}`) : value]];
    };
    const lineOf = (table: string, row: Row): string => {
      const owner = 'related_type' in row ? TABLES_OF_UIDS[String(row.related_type)] : undefined;
      const entries = Object.entries(row).map(([column, value]): [string, unknown] =>
        column === 'related_id' && owner ? [column, names.get(`${owner} ${String(value)}`)] : [column, value],
      );
      const line = JSON.stringify(Object.fromEntries(entries.flatMap((entry) => named(table, entry))));
      // The id map and the links of a story name files by their random documentIds.
      return line.replace(/[a-z0-9]{24}/g, (found) => files.get(found) ?? found);
    };
    return Object.fromEntries([...tables].map(([table, rows]) => [table, rows.map((row) => lineOf(table, row)).sort()]));
  } finally {
    await knex.destroy();
  }
};

/** Where two databases differ, a line each, short enough to be read. */
export const differences = (expected: Record<string, string[]>, actual: Record<string, string[]>): string[] =>
  [...new Set([...Object.keys(expected), ...Object.keys(actual)])].flatMap((table) => {
    const count = (lines: readonly string[]) => {
      const counts = new Map<string, number>();
      for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
      return counts;
    };
    const [old, now] = [count(expected[table] ?? []), count(actual[table] ?? [])];
    const more = (a: Map<string, number>, b: Map<string, number>) =>
      [...a].filter(([line, times]) => times > (b.get(line) ?? 0)).map(([line]) => line);
    const [gone, come] = [more(old, now), more(now, old)];
    return [...gone.slice(0, 3).map((line) => `${table} lacks ${line}`), ...come.slice(0, 3).map((line) => `${table} has ${line}`)];
  });
