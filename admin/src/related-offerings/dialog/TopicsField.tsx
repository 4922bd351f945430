import { Combobox, ComboboxOption, Field, Flex, Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useDebounce } from '@strapi/strapi/admin';
import { useState } from 'react';

import { useText } from '../../texts/useText';
import { useAnswer } from '../data/useAnswer';
import type { PickerClient, Topic } from '../data/usePickerClient';

const PAUSE = 200;

interface Props {
  client: PickerClient;
  topics: Topic[];
  onChange(topics: Topic[]): void;
  error?: string;
}

/** The topics of a new offering: found by name, however many there are. */
export const TopicsField = ({ client, topics, onChange, error }: Props) => {
  const text = useText();
  const [typed, setTyped] = useState('');
  const q = useDebounce(typed, PAUSE);
  const { data = [], isLoading } = useAnswer(q, client.topics);
  const choices = data.filter(({ documentId }) => !topics.some((topic) => topic.documentId === documentId));
  const add = (documentId: string | undefined) => {
    const topic = choices.find((choice) => choice.documentId === documentId);
    setTyped('');
    if (topic) onChange([...topics, topic]);
  };
  return (
    <Field.Root name="topics" error={error}>
      <Field.Label>{text('relatedOfferings.new.topics')}</Field.Label>
      <Combobox
        // A new one for each choice: it would go on showing the name of the last.
        key={topics.length}
        autocomplete={{ type: 'list', filter: 'contains' }}
        textValue={typed}
        onTextValueChange={(value) => setTyped(value)}
        onInputChange={(event) => setTyped(event.currentTarget.value)}
        onChange={add}
        loading={isLoading}
        loadingMessage={text('loading')}
        noOptionsMessage={() => text('relatedOfferings.new.noTopics')}
        placeholder={text('relatedOfferings.new.topicsHint')}
      >
        {choices.map(({ documentId, name }) => (
          <ComboboxOption key={documentId} value={documentId} textValue={name}>
            {name}
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Error />
      {topics.length > 0 && (
        <Flex gap={1} wrap="wrap" paddingTop={1}>
          {topics.map((topic) => (
            <Tag
              key={topic.documentId}
              icon={<Cross aria-hidden />}
              label={text('relatedOfferings.remove', { name: topic.name })}
              onClick={() => onChange(topics.filter((other) => other !== topic))}
            >
              {topic.name}
            </Tag>
          ))}
        </Flex>
      )}
    </Field.Root>
  );
};
