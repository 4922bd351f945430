import type { Plan } from '../plan/plan';
import type { Review } from '../plan/review';
import type { Problem } from '../source/problem';

/** What `lint` answers. */
export interface LintReport {
  counts: { files: number; errors: number; warnings: number };
  problems: Problem[];
  /** How many files the mapping leaves alone; left out where there is none. */
  leftOut?: number;
}

/** What `import`, `plan` and their kin answer. */
export interface RunReport extends Pick<Plan, 'counts' | 'byType'> {
  /** The run's number; null where nothing was written. */
  run: number | null;
  dryRun: boolean;
  problems: Problem[];
  seconds: number;
  /** How many files the mapping leaves alone; left out where there is none. */
  leftOut?: number;
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
