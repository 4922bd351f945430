import type { ContentType } from '../../../content-types';

/** What a row of the table of ready answers says, but for when and in which order it changed. */
export interface Delivery {
  type: ContentType;
  documentId: string;
  slug: string | null;
  slugKey: string | null;
  position: string | null;
  body: string;
  topics: string | null;
  offerings: string | null;
  topicIds: string;
  offeringIds: string;
  summary: string | null;
  hash: string;
  format: string;
  isGone: boolean;
  /** What the entry has in common with others. */
  facets: string[];
}
