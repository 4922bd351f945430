import nodePath from 'node:path';

import { SCHEMAS } from '../../content-types';
import { EXIT, UserError } from '../errors';
import { problem, type Problem } from '../source/problem';
import { inChunks } from '../spool/in-chunks';
import type { Database } from './database';
import { mappingName, type LedgerKey } from './ledger';
import type { Remove } from './operation';
import type { Seen } from './seen';
import { labelOf } from './compare';

export interface MissingOptions {
  missing: 'keep' | 'unpublish' | 'delete';
  /** More than this many, or this share of the records with a file, is taken for a wrong folder. */
  maxMissing: { count: number } | { share: number };
  mapping: string;
  /** The folder that is imported. */
  folder: string;
}

export const DEFAULT_MAX_MISSING = '10%';

/** @returns undefined for what is neither a share, such as `10%`, nor a number of files */
export const parseMaxMissing = (text: string): MissingOptions['maxMissing'] | undefined => {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  if (!match) return undefined;
  return match[2] ? { share: Number(match[1]) / 100 } : { count: Number(match[1]) };
};

/** So many files of one folder do not vanish together: fewer may be those that one edit in a copy of it brought. */
const WHOLE_ARCHIVE = 10;

/** Rows of the id map that are read whole at once. */
const CHUNK = 500;

/** Those that can be withdrawn, and are not yet: topics and offerings have no drafts, and an earlier run may have withdrawn a story. */
const standingOf = async (database: Database, gone: readonly LedgerKey[]): Promise<LedgerKey[]> => {
  const standing: LedgerKey[] = [];
  for (const chunk of inChunks(
    gone.filter(({ type }) => SCHEMAS[type].options.draftAndPublish),
    CHUNK,
  )) {
    const entries = await database.entriesOf(chunk);
    const published = new Set(entries.flatMap(({ documentId, base }) => (base.isPublished ? [documentId] : [])));
    standing.push(...chunk.filter(({ documentId }) => published.has(documentId)));
  }
  return standing;
};

/**
 * Records whose file is gone: known by the id map, under this mapping, wanted by no file of the folder, and the file that brought them is not
 * there or describes another record by now.
 *
 * @param isDescribing true for the path of a file that describes a record
 * @param remove called for each record that is to be withdrawn or deleted
 * @throws UserError with exit code 7 where there are too many of them
 */
export const planMissing = async (
  database: Database,
  seen: Seen,
  isWanted: (entry: LedgerKey) => boolean,
  isDescribing: (path: string) => boolean,
  { missing, maxMissing, mapping, folder }: MissingOptions,
  remove: (operation: Remove) => void,
): Promise<{ gone: string[]; problems: Problem[] }> => {
  const gone: LedgerKey[] = [];
  let known = 0;
  /** By the folder that the last import of them read. */
  const origins = new Map<string, { known: number; gone: number }>();
  const folders = await database.folders();
  for await (const page of database.known()) {
    for (const entry of page) {
      if (!entry.hasFile || mappingName(entry.mapping) !== mappingName(mapping) || !seen.isInScope(entry.path)) continue;
      known += 1;
      const from = folders.get(entry.runId);
      const origin = from === undefined ? undefined : (origins.get(from) ?? { known: 0, gone: 0 });
      if (origin) origins.set(from!, origin);
      if (origin) origin.known += 1;
      // What a file that is refused would have said is not known.
      const isThere = seen.paths.has(entry.path) && !isDescribing(entry.path);
      if (isThere || isWanted(entry) || !database.exists(entry.type, entry.documentId)) continue;
      gone.push(entry);
      if (origin) origin.gone += 1;
    }
  }
  const limitOf = (count: number) => ('count' in maxMissing ? maxMissing.count : maxMissing.share * count);
  const others = [...origins].filter(
    ([from, origin]) => nodePath.resolve(folder) !== from && origin.known >= WHOLE_ARCHIVE && origin.gone === origin.known,
  );
  const elsewhere = new Set<string | undefined>(others.map(([from]) => from));
  const told = gone.filter(({ runId }) => !elsewhere.has(folders.get(runId))).map(({ path }) => path);
  // Nothing happens to them; `curation status` shows them.
  if (missing === 'keep') return { gone: told, problems: [] };
  const leaving = missing === 'delete' ? gone : await standingOf(database, gone);
  for (const [from, origin] of others) {
    if (leaving.filter(({ runId }) => folders.get(runId) === from).length <= limitOf(origin.known)) continue;
    throw new UserError(
      `All ${origin.known} files that came from ${from} are gone, and ${folder} holds none of them: it looks like another archive. Give each archive a mapping with a name of its own, or allow it with --max-missing 100%. Nothing was written.`,
      EXIT.guarded,
    );
  }
  if (leaving.length > limitOf(known)) {
    const examples = leaving.slice(0, 3).map(({ path }) => path);
    const names = `${examples.join(', ')}${leaving.length > 3 ? ', …' : ''}`;
    throw new UserError(
      `${leaving.length} of ${known} files are gone (${names}): more than --max-missing allows. Nothing was written.`,
      EXIT.guarded,
    );
  }

  const outcome = missing === 'unpublish' ? 'is withdrawn' : 'is deleted';
  const problems: Problem[] = [];
  for (const chunk of inChunks(leaving, CHUNK)) {
    for (const entry of await database.entriesOf(chunk)) {
      const { type, documentId, path, base } = entry;
      const label = labelOf(base.values);
      problems.push(problem('file/missing', path, `The file is gone; "${label}" ${outcome}.`));
      const withdrawn = { ...base, isPublished: false, isWithdrawn: true } as const;
      remove({ action: 'remove', mode: missing, type, documentId, label, ledger: { ...entry, base: withdrawn } });
    }
  }
  return { gone: told, problems };
};
