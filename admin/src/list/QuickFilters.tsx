import { Button } from '@strapi/design-system';
import { useDocumentRBAC, useQueryParams } from '@strapi/strapi/admin';
import { useLocation } from 'react-router-dom';

import { UIDS } from '../../../content-types/uids';
import { useText } from '../texts/useText';

import { LACK_NAMES, LACKS, type Lack } from './lacks';

interface Query {
  page?: number;
  filters?: { $and?: object[] };
}

const filterOf = (lack: Lack): object => {
  const [attribute, field, operator, value] = LACKS[lack];
  return { [attribute]: { [field]: { [operator]: value } } };
};

/** Above the list of stories: those that lack something. Strapi remembers its filters, so each is to be seen here while it is on. */
export const QuickFilters = () => {
  const text = useText();
  const { pathname } = useLocation();
  const readable = useDocumentRBAC('QuickFilters', ({ canReadFields }) => canReadFields);
  const [{ query }, setQuery] = useQueryParams<Query>();
  if (!pathname.endsWith(`/${UIDS['curated-content']}`)) return null;
  const filters = query.filters?.$and ?? [];
  // Of a field that the editor may not read Strapi drops the filter, and says nothing. No field named is all of them.
  const isUsable = (lack: Lack) => readable.length === 0 || readable.includes(LACKS[lack][0]);

  return LACK_NAMES.filter(isUsable).map((lack) => {
    const filter = JSON.stringify(filterOf(lack));
    const others = filters.filter((each) => JSON.stringify(each) !== filter);
    const isOn = others.length < filters.length;
    return (
      <Button
        key={lack}
        size="S"
        variant={isOn ? 'secondary' : 'tertiary'}
        aria-pressed={isOn}
        onClick={() => setQuery({ page: 1, filters: { $and: isOn ? others : [...others, filterOf(lack)] } })}
      >
        {text(`lack.${lack}`)}
      </Button>
    );
  });
};
