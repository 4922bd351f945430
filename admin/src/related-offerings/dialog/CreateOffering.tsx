import { Alert, Button, Field, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { isFetchError, useAPIErrorHandler } from '@strapi/strapi/admin';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { styled } from 'styled-components';

import { UIDS } from '../../../../content-types/uids';
import type { Hit } from '../../../../server/src/contracts/picker';
import { EntriesChooser } from '../../requests/EntriesChooser';
import type { Entry } from '../../requests/EntryChooser';
import { OFFERING_TYPES } from '../../../../content-types/offering/values';
import { isSessionOver } from '../../requests/refusals';
import { useText } from '../../texts/useText';
import type { Creates } from '../access/useAccess';
import type { PickerClient } from '../data/usePickerClient';
import type { Pick } from '../picks/value';

import { NameTaken } from './NameTaken';

const Form = styled.form`
  display: flex;
  flex-direction: column;
  gap: ${({ theme }) => theme.spaces[4]};
  height: 100%;
  min-height: 0;
  overflow: hidden auto;
  padding: 2px;
  scroll-margin: ${({ theme }) => theme.spaces[4]};
`;

interface Props {
  client: PickerClient;
  /** What besides its name is the editor's to say. */
  creates: Creates;
  /** What was searched for and not found. */
  name: string;
  onName(name: string): void;
  /** It waits for the server's answer, and cannot be given up. */
  isSaving: boolean;
  onSaving(isSaving: boolean): void;
  isPicked(documentId: string): boolean;
  /** One that exists already is meant. */
  onExisting(offering: Hit): void;
  onCreated(offering: Pick): void;
  onCancel(): void;
}

/** Makes an offering that does not exist yet, by Strapi's own rules: it says at the field what it refuses. */
export const CreateOffering = (props: Props) => {
  const { client, creates, name: searched, onName, isSaving, onSaving, isPicked, onExisting, onCreated, onCancel } = props;
  const text = useText();
  const { formatAPIError, _unstableFormatValidationErrors: formatValidationErrors } = useAPIErrorHandler();
  const [name, setName] = useState(searched);
  const [type, setType] = useState<string | null>(null);
  const [topics, setTopics] = useState<Entry[]>([]);
  const [errors, setErrors] = useState<Record<string, string>>({});
  /** It has the name that stands in the form. */
  const [existing, setExisting] = useState<Hit>();
  const form = useRef<HTMLFormElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const topicsInput = useRef<HTMLInputElement>(null);
  useEffect(() => {
    nameInput.current?.focus({ preventScroll: true });
    // Whole, and not its first field alone, where it stands below the list.
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  /** As it is when the answer comes, for others are picked meanwhile; null once the form is gone. */
  const created = useRef<Props['onCreated'] | null>(null);
  useEffect(() => {
    created.current = onCreated;
    return () => {
      created.current = null;
    };
  });

  const refuse = (error: unknown) => {
    // No answer at all, or a proxy's.
    const cause = isFetchError(error) ? error.response?.data.error : undefined;
    const found = cause?.name === 'ValidationError' ? formatValidationErrors(cause) : {};
    const told = isFetchError(error) && cause ? formatAPIError(error) : text('problem.failed');
    const ofForm = isSessionOver(error) ? text('session.endedUnsaved') : told;
    setErrors('name' in found || 'type' in found || 'topics' in found ? found : { form: ofForm });
    nameInput.current?.focus();
  };
  const create = async ({ isMeant }: { isMeant: boolean }) => {
    // Strapi's own forms ask for what is required before they send anything; its server lets an empty text through.
    if (!name.trim()) {
      setErrors({ name: text('relatedOfferings.new.nameMissing') });
      nameInput.current?.focus();
      return;
    }
    setErrors({});
    onSaving(true);
    try {
      const taken = isMeant ? undefined : await client.called(name);
      setExisting(taken);
      if (taken) return;
      const made = await client.create({ name: name.trim(), type, topics: topics.map(({ documentId }) => documentId) });
      created.current?.({ ...made, name: name.trim() });
    } catch (error) {
      refuse(error);
    } finally {
      onSaving(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    // To React the story's form is around this one.
    event.stopPropagation();
    if (!isSaving) void create({ isMeant: false });
  };

  return (
    <Form ref={form} noValidate onSubmit={onSubmit} aria-label={text('relatedOfferings.create')}>
      <Typography variant="sigma" tag="h3" textColor="neutral600">
        {text('relatedOfferings.create')}
      </Typography>
      {errors.form && (
        <Alert variant="danger" closeLabel={text('relatedOfferings.close')} onClose={() => setErrors({})}>
          {errors.form}
        </Alert>
      )}
      <Field.Root name="name" error={errors.name} hint={text('relatedOfferings.new.nameHint')} required>
        <Field.Label>{text('relatedOfferings.new.name')}</Field.Label>
        <Field.Input
          ref={nameInput}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            onName(event.target.value);
            // What was said of the name that stood there.
            setErrors(({ name: _, ...others }) => others);
            setExisting(undefined);
          }}
          autoComplete="off"
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      {creates.type && (
        <Field.Root name="type" error={errors.type}>
          <Field.Label>{text('relatedOfferings.new.type')}</Field.Label>
          <SingleSelect
            value={type}
            placeholder={text('relatedOfferings.new.typeHint')}
            onChange={(value) => setType(value as string)}
            onClear={() => setType(null)}
            clearLabel={text('relatedOfferings.clearFilter', { filter: text('relatedOfferings.new.type') })}
          >
            {OFFERING_TYPES.map((value) => (
              <SingleSelectOption key={value} value={value}>
                {text(`relatedOfferings.type.${value}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Error />
        </Field.Root>
      )}
      {creates.topics && (
        <EntriesChooser
          field={topicsInput}
          model={UIDS.topic}
          label={text('relatedOfferings.new.topics')}
          error={errors.topics}
          entries={topics}
          onChange={setTopics}
        />
      )}
      {existing && (
        <NameTaken
          key={existing.documentId}
          offering={existing}
          isPicked={isPicked(existing.documentId)}
          isSaving={isSaving}
          onUse={() => onExisting(existing)}
          onInsist={() => void create({ isMeant: true })}
        />
      )}
      <Flex gap={2} justifyContent="flex-end">
        <Button variant="tertiary" disabled={isSaving} onClick={onCancel}>
          {text('dialog.cancel')}
        </Button>
        {!existing && (
          <Button type="submit" loading={isSaving}>
            {text('relatedOfferings.createAndAdd')}
          </Button>
        )}
      </Flex>
    </Form>
  );
};
