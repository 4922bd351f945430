import { Checkbox, Flex, MultiSelect, MultiSelectOption, SingleSelect, SingleSelectOption, TextButton, Box } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { memo, useRef } from 'react';

import type { SearchAnswer, SearchRequest } from '../../../../server/src/contracts/picker';
import type { TextKey } from '../../texts/getTranslation';
import { ChosenEntries } from '../../requests/ChosenEntries';
import { useText } from '../../texts/useText';
import type { PickerClient } from '../data/usePickerClient';

import { TopicFilter } from './TopicFilter';

export type Filters = NonNullable<SearchRequest['filters']>;
export type Sort = NonNullable<SearchRequest['sort']>;
type Facets = SearchAnswer['meta']['facets'];

const SORTS: Sort[] = ['fit', 'name', 'mostUsed', 'newest'];
export const NO_FILTERS: Filters = {};

interface Props {
  filters: Filters;
  onFilters(filters: Filters): void;
  sort: Sort;
  onSort(sort: Sort): void;
  facets: Facets | undefined;
}

interface BarProps extends Props {
  client: PickerClient;
  /** The same object for as long as it asks for the same. */
  search: SearchRequest;
}

interface Choice {
  value: string;
  label: string;
}

interface ManyProps {
  label: string;
  choices: Choice[];
  chosen: string[] | undefined;
  onChange(chosen: string[] | undefined): void;
}

/** A filter with several values. Without one it says what it filters, with some how many. */
const Many = ({ label, choices, chosen = [], onChange }: ManyProps) => {
  const text = useText();
  const name = (value: string) => choices.find((choice) => choice.value === value)?.label ?? value;
  const summary =
    chosen.length === 1
      ? text('relatedOfferings.filterIs', { filter: label, value: name(chosen[0]!) })
      : text('relatedOfferings.filterCount', { filter: label, count: chosen.length });
  return (
    <Box flex="1 1 13rem" minWidth={0}>
      <MultiSelect
        size="S"
        aria-label={label}
        placeholder={label}
        value={chosen}
        customizeContent={() => summary}
        onChange={(values) => onChange(values.length > 0 ? values : undefined)}
        onClear={() => onChange(undefined)}
        clearLabel={text('relatedOfferings.clearFilter', { filter: label })}
      >
        {choices.map(({ value, label: choice }) => (
          <MultiSelectOption key={value} value={value}>
            {choice}
          </MultiSelectOption>
        ))}
      </MultiSelect>
    </Box>
  );
};

/** What narrows the list by what offerings are, and in which order it is. Its hundreds of choices are not made again with each key of a search. */
export const FilterBar = memo(({ client, search, filters, onFilters, sort, onSort, facets }: BarProps) => {
  const text = useText();
  const topicField = useRef<HTMLInputElement>(null);
  const counted = (value: string, count: number, key: TextKey): Choice => ({
    value,
    label: text('relatedOfferings.counted', { label: text(key), count }),
  });
  const { topics: chosen = [] } = filters;
  const topics = facets?.topics ?? [];
  const filterBy = (documentIds: string[]) => onFilters({ ...filters, topics: documentIds.length > 0 ? documentIds : undefined });
  return (
    <Flex gap={2} alignItems="center" wrap="wrap">
      <Box flex="2 1 20rem" minWidth={0}>
        <TopicFilter
          client={client}
          search={search}
          topics={topics}
          chosen={chosen}
          onChoose={(documentId) => filterBy([...chosen, documentId])}
          field={topicField}
        />
      </Box>
      <Many
        label={text('relatedOfferings.filter.types')}
        choices={(facets?.types ?? []).map(({ value, count }) => counted(value, count, `relatedOfferings.type.${value}` as TextKey))}
        chosen={filters.types}
        onChange={(types) => onFilters({ ...filters, types: types as Filters['types'] })}
      />
      <Many
        label={text('relatedOfferings.filter.statuses')}
        choices={(facets?.statuses ?? []).map(({ value, count }) => counted(value, count, `relatedOfferings.status.${value}` as TextKey))}
        chosen={filters.statuses}
        onChange={(statuses) => onFilters({ ...filters, statuses: statuses as Filters['statuses'] })}
      />
      <Box flex="none" width="15rem">
        <SingleSelect size="S" aria-label={text('relatedOfferings.sort')} value={sort} onChange={(value) => onSort(value as Sort)}>
          {SORTS.map((value) => (
            <SingleSelectOption key={value} value={value}>
              {text(`relatedOfferings.sort.${value}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Box>
      <ChosenEntries
        entries={topics.filter(({ documentId }) => chosen.includes(documentId))}
        onDrop={({ documentId }) => filterBy(chosen.filter((other) => other !== documentId))}
        field={topicField}
      />
    </Flex>
  );
});
FilterBar.displayName = 'FilterBar';

interface MoreProps extends Pick<Props, 'filters' | 'onFilters' | 'facets'> {
  /** The button for it goes, and the focus needs another place. */
  onCleared(): void;
}

/** What narrows the list by what nobody picked yet, and the way back to all; below the others, which need the width for what is chosen. */
export const MoreFilters = ({ filters, onFilters, facets, onCleared }: MoreProps) => {
  const text = useText();
  const isFiltered = Object.values(filters as Record<string, unknown>).some((value) => value !== undefined);
  const clear = () => {
    onFilters(NO_FILTERS);
    onCleared();
  };
  return (
    <>
      <Checkbox
        checked={filters.notUsed === true}
        onCheckedChange={(checked) => onFilters({ ...filters, notUsed: checked === true ? true : undefined })}
      >
        {text('relatedOfferings.filter.notUsed', { count: facets?.notUsed ?? 0 })}
      </Checkbox>
      {isFiltered && (
        <TextButton startIcon={<Cross />} onClick={clear}>
          {text('relatedOfferings.clearFilters')}
        </TextButton>
      )}
    </>
  );
};
