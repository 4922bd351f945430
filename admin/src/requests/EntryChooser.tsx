import { Combobox, ComboboxOption, Field, Typography } from '@strapi/design-system';
import { isFetchError, useDebounce } from '@strapi/strapi/admin';
import { useState, type RefObject } from 'react';

import type { Offering } from '../../../server/src/contracts/picker';
import type { Named } from '../../../server/src/contracts/shapes';
import type { TextKey } from '../texts/getTranslation';
import { useText } from '../texts/useText';

import { MOST_CHOICES } from './most-choices';
import { useLoaded } from './useLoaded';

const PAUSE_MS = 200;
const CHOICES = 20;
/** Always the same object: at another one the field forgets which choice the arrow keys have reached. */
const AUTOCOMPLETE = { type: 'list', filter: 'contains' } as const;
/** Strapi's field goes on naming the choice that was reached last, and a closed list has none. */
const CLOSED = { 'aria-activedescendant': undefined };
/** What the list says where it has no choice. */
const EMPTY = { loading: 'loading', failed: 'chooser.failed', done: 'chooser.none' } as const;
const REFUSED: Record<number, TextKey> = { 401: 'session.ended', 403: 'problem.forbidden' };

/** Of an offering with its status, unless the editor may not read that. */
export interface Entry extends Named {
  editorialStatus?: Offering['editorialStatus'];
}

interface Props {
  /** The uid of the type to choose from. */
  model: string;
  label: string;
  hint?: string;
  error?: string;
  /** What is chosen already, or cannot be. */
  without: readonly string[];
  /** What stands in the field. Undefined where it is empty again after each choice. */
  value?: Entry | null;
  onChoose: (entry: Entry | null) => void;
  field: RefObject<HTMLInputElement>;
}

interface Found {
  results: Entry[];
  pagination: { pageCount: number };
}

/** Before the list was scrolled to its end. */
const FIRST = { page: 1, before: [] as Entry[] };

const addressOf = (model: string, operator: '$containsi' | '$eqi', words: string, page = 1): string =>
  `/content-manager/collection-types/${model}?page=${page}&pageSize=${CHOICES}&sort=name:ASC${words && `&filters[name][${operator}]=${encodeURIComponent(words)}`}`;

/** Finds one entry among thousands by a part of its name. */
export const EntryChooser = ({ model, label, hint, error, without, value, onChoose, field }: Props) => {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const words = useDebounce(typed, PAUSE_MS);
  // What is chosen stands in the field, and is no search.
  const search = words === value?.name ? '' : words;
  const [scrolled, setScrolled] = useState({ ...FIRST, search });
  const { page, before } = scrolled.search === search ? scrolled : FIRST;
  const like = useLoaded<Found>(addressOf(model, '$containsi', search, page));
  // Those of that very name on their own: "Kubernetes" is the thirtieth of all names with that word.
  const called = useLoaded<Found>(search ? addressOf(model, '$eqi', search) : null);
  const found = [...((search && called.data?.results) || []), ...before, ...(like.data?.results ?? [])];
  const possible = [...(value ? [value] : []), ...found.filter(({ documentId }) => !without.includes(documentId))];
  const choices = [...new Map(possible.map((entry) => [entry.documentId, entry])).values()];
  const refusal = isFetchError(like.error) ? REFUSED[like.error.status ?? 0] : undefined;

  return (
    <Field.Root hint={hint} error={error} width="100%">
      <Field.Label>{label}</Field.Label>
      <Combobox
        ref={field}
        value={value?.documentId ?? ''}
        onChange={(chosen?: string) => {
          setTyped('');
          onChoose(choices.find(({ documentId }) => documentId === chosen) ?? null);
        }}
        textValue={value === undefined ? typed : undefined}
        onTextValueChange={(shown) => {
          // Not what is typed alone: it also empties itself, as when it is left with words that are nobody's name.
          if (!shown) setTyped('');
        }}
        onInputChange={(event) => setTyped(event.currentTarget.value)}
        // Not for what is only typed: on the way to the button that vanishes, and the button with it, and the focus is nowhere.
        onClear={value ? () => onChoose(null) : undefined}
        // No `loading`: after it the list says below what it has found that it found nothing.
        noOptionsMessage={() => text(refusal ?? EMPTY[like.state])}
        placeholder={text('chooser.placeholder')}
        clearLabel={text('chooser.clear')}
        hasMoreItems={like.state === 'done' && page < like.data.pagination.pageCount && (typed !== '' || page * CHOICES < MOST_CHOICES)}
        onLoadMore={() => setScrolled({ search, page: page + 1, before: [...before, ...(like.data?.results ?? [])] })}
        autocomplete={AUTOCOMPLETE}
        onOpenChange={setIsOpen}
        {...(isOpen ? {} : CLOSED)}
      >
        {choices.map(({ documentId, name, editorialStatus }) => (
          <ComboboxOption key={documentId} value={documentId} textValue={name}>
            {name}{' '}
            {editorialStatus && (
              <Typography variant="pi" textColor={editorialStatus === 'archived' ? 'danger600' : 'neutral600'}>
                {text(`relatedOfferings.status.${editorialStatus}`)}
              </Typography>
            )}
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};
