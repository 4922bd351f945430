import { Flex } from '@strapi/design-system';
import type { RefObject } from 'react';

import { ChosenEntries } from './ChosenEntries';
import { EntryChooser, type Entry } from './EntryChooser';

interface Props {
  /** The uid of the type to choose from. */
  model: string;
  label: string;
  error?: string;
  entries: Entry[];
  onChange: (entries: Entry[]) => void;
  field: RefObject<HTMLInputElement>;
}

/** Chooses several entries by their names, one after the other. */
export const EntriesChooser = ({ model, label, error, entries, onChange, field }: Props) => (
  <Flex direction="column" alignItems="stretch" gap={2}>
    <EntryChooser
      field={field}
      model={model}
      label={label}
      error={error}
      without={entries.map(({ documentId }) => documentId)}
      onChoose={(entry) => entry && onChange([...entries, entry])}
    />
    <ChosenEntries entries={entries} onDrop={(dropped) => onChange(entries.filter((entry) => entry !== dropped))} field={field} />
  </Flex>
);
