import type { ContentType } from '../../content-types/uids';

/** What came of records: how many were made, changed, left alone and so on. */
export interface Tally {
  created: number;
  updated: number;
  unchanged: number;
  conflicts: number;
  refused: number;
  removed: number;
}

export interface Counts extends Tally {
  files: number;
}

export type TallyByType = Record<ContentType, Tally>;

export const noTally = (): Tally => ({ created: 0, updated: 0, unchanged: 0, conflicts: 0, refused: 0, removed: 0 });

export const noTallies = (): TallyByType => ({ topic: noTally(), offering: noTally(), 'curated-content': noTally() });

/** Adds one tally to another, in place. */
export const addTally = (sum: Tally, more: Tally): void => {
  for (const name of Object.keys(noTally()) as (keyof Tally)[]) sum[name] += more[name];
};
