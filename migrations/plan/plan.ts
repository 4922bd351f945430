import type { ContentType } from '../../content-types/uids';
import type { Asset } from '../source/assets';
import type { Problem } from '../source/problem';
import type { Counts, TallyByType } from './counts';
import type { Operations } from './operations';

/** Third station: what a run will write, and nothing else. */
export interface Plan {
  operations: Operations;
  /** The files to add to the media library, by `sha256:…`. */
  uploads: Map<string, Asset & { alternativeText: string | null }>;
  counts: Counts;
  byType: TallyByType;
  problems: Problem[];
  /** How many files the mapping leaves alone. */
  leftOut: number;
  /** How many stories the plan publishes though their files say that they are drafts. */
  publishedDrafts: number;
  /** How many of the problems are about what is in the assets folder. */
  assetProblems: number;
  /** What the documentIds of topics, offerings and pictures and the `sha256:…` of this plan stand for, in a person's words. */
  names: Record<string, string>;
  /** The records in which editors and files disagree, and editors have it for now. */
  conflicts: { type: ContentType; documentId: string; path: string; label: string }[];
  /** The files that are gone, whatever becomes of their records. */
  missing: string[];
}
