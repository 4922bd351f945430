import type { Told } from '../plan/plan';
import type { Review } from '../plan/review';
import type { Problem } from '../source/problem';

/** What `lint` answers. */
export interface LintReport extends Pick<Told, 'problems' | 'leftOut'> {
  counts: { files: number; errors: number; warnings: number };
}

/** What `import`, `plan` and their kin answer. */
export interface RunReport extends Told {
  /** The run's number; null where nothing was written. */
  run: number | null;
  dryRun: boolean;
  seconds: number;
  /** How many stories are published though their files say that they are drafts; left out where there is none. */
  publishedDrafts?: number;
  /** What `plan` shows: each record that would change, field by field. */
  operations?: Iterable<Review>;
}

/** What `export` answers. */
export interface ExportReport {
  counts: { files: number; created: number; updated: number; unchanged: number; skipped: number; foreign: number };
  problems: Problem[];
  seconds: number;
}

export type Report = LintReport | RunReport | ExportReport;
