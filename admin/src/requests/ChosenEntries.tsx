import { Flex, Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import type { RefObject } from 'react';
import { styled } from 'styled-components';

import type { Named } from '../../../server/src/contracts/shapes';
import { useText } from '../texts/useText';

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

interface Props<Entry extends Named> {
  entries: readonly Entry[];
  onDrop: (entry: Entry) => void;
  /** Where they were chosen: the button that drops one goes with it, and the focus needs another place. */
  field: RefObject<HTMLInputElement>;
}

/** What was chosen in a field, each with a button that takes it back. */
export const ChosenEntries = <Entry extends Named>({ entries, onDrop, field }: Props<Entry>) => {
  const text = useText();
  if (entries.length === 0) return null;
  return (
    <Flex gap={2} wrap="wrap">
      {entries.map((entry) => (
        <Chosen
          key={entry.documentId}
          title={entry.name}
          icon={<Cross aria-hidden />}
          label={text('chooser.drop', { name: entry.name })}
          onClick={() => {
            onDrop(entry);
            field.current?.focus();
          }}
        >
          {entry.name}
        </Chosen>
      ))}
    </Flex>
  );
};
