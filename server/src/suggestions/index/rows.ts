import type { OfferingStatus, OfferingType } from '../../../../content-types/offering/values';

/** A topic as the index knows it. */
export interface TopicRow {
  id: number;
  documentId: string;
  name: string;
  label: string | null;
}

/** An offering as the index knows it; topics by their row ids, in order. */
export interface OfferingRow {
  id: number;
  documentId: string;
  name: string;
  slug: string | null;
  permalink: string | null;
  offeringId: number | null;
  type: OfferingType | null;
  editorialStatus: OfferingStatus | null;
  summary: string | null;
  website: string | null;
  logo: { url: string; alternativeText: string | null } | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  topics: number[];
}

/** One version of a story as the index knows it; topics and offerings by their row ids, in order. */
export interface StoryRow {
  id: number;
  documentId: string;
  isPublished: boolean;
  title: string | null;
  description: string | null;
  body: string | null;
  /** When it was curated, in milliseconds since 1970. */
  date: number;
  topics: number[];
  offerings: number[];
}

/** What changed since the index was told last; a row that is there already is replaced. */
export interface Changes {
  topics?: TopicRow[];
  offerings?: OfferingRow[];
  stories?: StoryRow[];
  /** Row ids. */
  removed?: { topics?: number[]; offerings?: number[]; stories?: number[] };
}
