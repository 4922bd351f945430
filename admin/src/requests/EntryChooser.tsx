import { Combobox, ComboboxOption, Field, Typography } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { useState, type RefObject } from 'react';

import type { Offering } from '../../../server/src/contracts/picker';
import type { Named } from '../../../server/src/contracts/shapes';
import { useText } from '../texts/useText';

import { useLoaded } from './useLoaded';

const PAUSE_MS = 200;
const CHOICES = 20;
/** Always the same object: at another one the field forgets which choice the arrow keys have reached. */
const AUTOCOMPLETE = { type: 'list', filter: 'contains' } as const;
/** What the list says where it has no choice. */
const EMPTY = { loading: 'loading', failed: 'chooser.failed', done: 'chooser.none' } as const;

/** Of an offering with its status, unless the editor may not read that. */
export interface Entry extends Named {
  editorialStatus?: Offering['editorialStatus'];
}

interface Props {
  /** The uid of the type to choose from. */
  model: string;
  label: string;
  hint?: string;
  /** What is chosen already, or cannot be. */
  without: readonly string[];
  value: Entry | null;
  onChoose: (entry: Entry | null) => void;
  field: RefObject<HTMLInputElement>;
}

/** Finds one entry among thousands by a part of its name. */
export const EntryChooser = ({ model, label, hint, without, value, onChoose, field }: Props) => {
  const text = useText();
  const [typed, setTyped] = useState('');
  const words = useDebounce(typed, PAUSE_MS);
  // What is chosen stands in the field, and is no search.
  const search = words && words !== value?.name ? `&_q=${encodeURIComponent(words)}` : '';
  const url = `/content-manager/collection-types/${model}?page=1&pageSize=${CHOICES}&sort=name:ASC${search}`;
  const { state, data } = useLoaded<{ results: Entry[] }>(url);
  const found = (data?.results ?? []).filter(({ documentId }) => !without.includes(documentId));
  const choices = value && !found.some(({ documentId }) => documentId === value.documentId) ? [value, ...found] : found;

  return (
    <Field.Root hint={hint} width="100%">
      <Field.Label>{label}</Field.Label>
      <Combobox
        ref={field}
        value={value?.documentId ?? ''}
        onChange={(chosen?: string) => onChoose(choices.find(({ documentId }) => documentId === chosen) ?? null)}
        onInputChange={(event) => setTyped(event.currentTarget.value)}
        onClear={() => {
          setTyped('');
          onChoose(null);
        }}
        // No `loading`: after it the list says below what it has found that it found nothing.
        noOptionsMessage={() => text(EMPTY[state])}
        placeholder={text('chooser.placeholder')}
        clearLabel={text('chooser.clear')}
        autocomplete={AUTOCOMPLETE}
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
    </Field.Root>
  );
};
