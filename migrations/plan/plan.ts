import type { ContentType } from '../../content-types/uids';
import type { Asset } from '../source/assets';
import type { Problem } from '../source/problem';
import type { Counts, TallyByType } from './counts';
import type { Operations } from './operations';

/** What a plan comes to, as a report tells it. */
export interface Told extends Pick<Plan, 'counts' | 'byType' | 'problems'> {
  /** How many files the mapping leaves alone; left out where there is none. */
  leftOut?: number;
  /** How many files are gone, whatever becomes of their records; left out where there is none. */
  missing?: number;
}

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

export const toldOf = ({ counts, byType, problems, leftOut, missing }: Plan): Told => ({
  counts,
  byType,
  problems,
  ...(leftOut > 0 && { leftOut }),
  ...(missing.length > 0 && { missing: missing.length }),
});
