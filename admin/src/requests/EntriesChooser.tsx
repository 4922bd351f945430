import { Flex, Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import type { RefObject } from 'react';
import { styled } from 'styled-components';

import { useText } from '../texts/useText';

import { EntryChooser, type Entry } from './EntryChooser';

/** However long its name is, with its button in sight. */
const Chosen = styled(Tag)`
  max-width: 100%;

  > span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  > button {
    flex: none;
  }
`;

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
export const EntriesChooser = ({ model, label, error, entries, onChange, field }: Props) => {
  const text = useText();
  const drop = (dropped: Entry) => {
    onChange(entries.filter((entry) => entry !== dropped));
    // The button that was pressed goes.
    field.current?.focus();
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <EntryChooser
        field={field}
        model={model}
        label={label}
        error={error}
        without={entries.map(({ documentId }) => documentId)}
        onChoose={(entry) => entry && onChange([...entries, entry])}
      />
      {entries.length > 0 && (
        <Flex gap={2} wrap="wrap">
          {entries.map((entry) => (
            <Chosen
              key={entry.documentId}
              title={entry.name}
              icon={<Cross aria-hidden />}
              label={text('chooser.drop', { name: entry.name })}
              onClick={() => drop(entry)}
            >
              {entry.name}
            </Chosen>
          ))}
        </Flex>
      )}
    </Flex>
  );
};
