import { Combobox, ComboboxOption } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { useState, type RefObject } from 'react';

import type { SearchRequest } from '../../../../server/src/contracts/picker';
import { MOST_CHOICES } from '../../requests/most-choices';
import { useAnswer } from '../../requests/useAnswer';
import { useText } from '../../texts/useText';
import type { FoundTopic, PickerClient } from '../data/usePickerClient';

/** Shorter than a pause between two keys feels like. */
const PAUSE = 120;
/** Always the same object: at another one the field forgets which choice the arrow keys have reached. */
const AUTOCOMPLETE = { type: 'list', filter: 'contains' } as const;
/** The field goes on naming the choice that was reached last, and a closed list has none. */
const CLOSED = { 'aria-activedescendant': undefined };

interface Props {
  client: PickerClient;
  search: SearchRequest;
  /** Those that come first, with what each would leave. */
  topics: FoundTopic[];
  chosen: readonly string[];
  onChoose(documentId: string): void;
  field: RefObject<HTMLInputElement>;
}

/** Narrows the list to a topic, of which there may be more than any list shows: the server finds it by a part of its name. */
export const TopicFilter = ({ client, search, topics, chosen, onChoose, field }: Props) => {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const like = useDebounce(typed.trim(), PAUSE);
  const { data, error, isLoading, retry } = useAnswer(like ? { search, like } : null, client.topics);
  const found = like ? (data ?? []) : topics.slice(0, MOST_CHOICES);
  const label = text('relatedOfferings.filter.topics');
  return (
    // No button that clears it: Tab would go there, what is nobody's name would vanish with the way, and the button with that.
    <Combobox
      ref={field}
      size="S"
      aria-label={label}
      placeholder={label}
      value=""
      textValue={typed}
      onTextValueChange={(shown) => {
        // Not what is typed alone: it also empties itself, as when it is left with words that are nobody's name.
        if (!shown) setTyped('');
      }}
      onInputChange={(event) => setTyped(event.currentTarget.value)}
      onChange={(documentId?: string) => {
        setTyped('');
        if (documentId) onChoose(documentId);
      }}
      noOptionsMessage={() => text(error !== undefined ? 'chooser.failed' : isLoading ? 'loading' : 'chooser.none')}
      autocomplete={AUTOCOMPLETE}
      onOpenChange={(is) => {
        setIsOpen(is);
        if (is && error !== undefined) retry();
      }}
      {...(isOpen ? {} : CLOSED)}
    >
      {found
        .filter(({ documentId }) => !chosen.includes(documentId))
        .map(({ documentId, name, label: short, count, shared }) => (
          <ComboboxOption key={documentId} value={documentId} textValue={name}>
            {text(shared ? 'relatedOfferings.countedShared' : 'relatedOfferings.counted', { label: short ?? name, count })}
          </ComboboxOption>
        ))}
    </Combobox>
  );
};
