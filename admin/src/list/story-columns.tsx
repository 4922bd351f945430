import type { ReactNode } from 'react';

import { UIDS } from '../../../content-types/uids';
import { getTranslation } from '../texts/getTranslation';

import { OfferingCount } from './OfferingCount';
import { StoryDate } from './StoryDate';
import { StoryTitle } from './StoryTitle';

interface Header {
  name: string;
  [key: string]: unknown;
}

interface Table {
  displayedHeaders: Header[];
  layout: { list?: unknown };
}

interface Row {
  documentId: string;
  title?: string | null;
  date?: string | null;
  /** All of them where the list is filtered by them. */
  relatedOfferings?: { count?: number } | unknown[];
}

const isStories = (): boolean => window.location.pathname.includes(`/${UIDS['curated-content']}`);

const countOf = ({ relatedOfferings }: Row): number | undefined =>
  Array.isArray(relatedOfferings) ? relatedOfferings.length : relatedOfferings?.count;

const OFFERINGS: Header = {
  name: 'curationOfferings',
  attribute: { type: 'custom' },
  label: { id: getTranslation('list.column'), defaultMessage: 'Offerings' },
  searchable: false,
  sortable: false,
  cellFormatter: (row: Row) => <OfferingCount count={countOf(row)} />,
};

const FORMATTERS: Record<string, (row: Row) => ReactNode> = {
  title: ({ documentId, title }) => <StoryTitle documentId={documentId} title={title} />,
  date: ({ date }) => <StoryDate date={date} />,
};

const shortened = (header: Header): Header => {
  const cellFormatter = FORMATTERS[header.name];
  return cellFormatter ? { ...header, cellFormatter } : header;
};

/**
 * Adds a column with the number of offerings of each story, without a request of its own. Title and date get shorter for it: as Strapi
 * writes them, the status or the row's menu would leave a laptop's screen.
 */
export const arrangeStoryColumns = ({ displayedHeaders, layout }: Table): Table => {
  if (!isStories()) return { displayedHeaders, layout };
  const headers = displayedHeaders.map(shortened);
  const hasOfferings = headers.some(({ name }) => name === 'relatedOfferings');
  return { displayedHeaders: hasOfferings ? headers : [...headers, OFFERINGS], layout };
};
