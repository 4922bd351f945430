import type { Filter } from '../addresses';

/** The filters of stories that lack something. By the name where that will do, for the native list shows a filter only by that. */
export const LACKS = {
  withoutOfferings: ['relatedOfferings', 'name', '$null', 'true'],
  withoutTopics: ['topics', 'name', '$null', 'true'],
  withArchivedOfferings: ['relatedOfferings', 'editorialStatus', '$eq', 'archived'],
} as const satisfies Record<string, Filter>;

export type Lack = keyof typeof LACKS;

export const LACK_NAMES = Object.keys(LACKS) as Lack[];
