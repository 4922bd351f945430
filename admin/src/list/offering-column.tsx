import { UIDS } from '../../../content-types/uids';
import { getTranslation } from '../texts/getTranslation';

import { OfferingCount } from './OfferingCount';

interface Header {
  name: string;
  [key: string]: unknown;
}

interface Table {
  displayedHeaders: Header[];
  layout: { list?: unknown };
}

interface Row {
  relatedOfferings?: { count?: number };
}

const isStories = (): boolean => window.location.pathname.includes(`/${UIDS['curated-content']}`);

/** A column with the number of offerings of each story; without a request of its own. */
export const addOfferingColumn = ({ displayedHeaders, layout }: Table): Table => {
  if (!isStories() || displayedHeaders.some(({ name }) => name === 'relatedOfferings')) return { displayedHeaders, layout };
  const column: Header = {
    name: 'curationOfferings',
    attribute: { type: 'custom' },
    label: { id: getTranslation('list.column'), defaultMessage: 'Offerings' },
    searchable: false,
    sortable: false,
    cellFormatter: ({ relatedOfferings }: Row) => <OfferingCount count={relatedOfferings?.count} />,
  };
  return { displayedHeaders: [...displayedHeaders, column], layout };
};
