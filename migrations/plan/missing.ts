import { EXIT, UserError } from '../errors';
import { problem, type Problem } from '../source/problem';
import type { Database } from './database';
import type { LedgerEntry } from './ledger';
import type { Remove } from './plan';
import { labelOf } from './compare';

export interface MissingOptions {
  missing: 'keep' | 'unpublish' | 'delete';
  /** More than this many, or this share of the records with a file, is taken for a wrong folder. */
  maxMissing: { count: number } | { share: number };
  mapping: string;
}

/** What a folder was seen to hold. */
export interface Seen {
  paths: ReadonlySet<string>;
  /** False for a path that was not looked at, as `--only` says. */
  isInScope(path: string): boolean;
}

/** The mapping alone, without the options that stand behind it. */
const mappingName = (mapping: string): string => mapping.split(' publish=')[0]!;

/**
 * Records whose file is gone: known by the id map, under this mapping, and neither in the folder nor wanted by another of its files.
 *
 * @throws UserError with exit code 7 where there are too many of them
 */
export const planMissing = (
  database: Database,
  seen: Seen,
  isWanted: (entry: LedgerEntry) => boolean,
  { missing, maxMissing, mapping }: MissingOptions,
): { gone: string[]; removes: Remove[]; problems: Problem[] } => {
  const known = database.ledger.entries.filter(
    (entry) => entry.hasFile && mappingName(entry.mapping) === mappingName(mapping) && seen.isInScope(entry.path),
  );
  const gone = known.filter((entry) => !seen.paths.has(entry.path) && !isWanted(entry) && database.exists(entry.type, entry.documentId));
  const limit = 'count' in maxMissing ? maxMissing.count : maxMissing.share * known.length;
  if (missing !== 'keep' && gone.length > limit) {
    const names = gone
      .slice(0, 3)
      .map(({ path }) => path)
      .join(', ');
    throw new UserError(
      `${gone.length} of ${known.length} files are gone (${names}${gone.length > 3 ? ', …' : ''}): more than --max-missing allows. Nothing was written.`,
      EXIT.guarded,
    );
  }

  const paths = gone.map(({ path }) => path);
  // Nothing happens to them, and an archive in several folders would hear of it at every import; `curation status` shows them.
  if (missing === 'keep') return { gone: paths, removes: [], problems: [] };

  const outcome = missing === 'unpublish' ? 'is withdrawn' : 'is deleted';
  const problems = gone.map(({ path, base }) => problem('file/missing', path, `The file is gone; "${labelOf(base.values)}" ${outcome}.`));

  const removes = gone
    .filter(({ base }) => missing === 'delete' || base.isPublished)
    .map((entry): Remove => {
      const { type, documentId, base } = entry;
      return {
        action: 'remove',
        mode: missing,
        type,
        documentId,
        label: labelOf(base.values),
        ledger: { ...entry, base: { ...base, isPublished: false } },
      };
    });
  return { gone: paths, removes, problems };
};
