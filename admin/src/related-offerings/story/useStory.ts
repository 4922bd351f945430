import { useForm } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';

import type { Story } from '../../../../server/src/contracts/picker';
import type { PickerClient } from '../data/usePickerClient';
import { readPicks } from '../picks/readPicks';
import type { OpenStory } from '../picks/openStory';
import { useSaved } from '../picks/useSaved';
import { UNCHANGED, type RelationValue } from '../picks/value';

/** How long nobody types before new suggestions are asked for. */
const PAUSE = 400;
const TEXTS = ['title', 'description', 'body'] as const;

type Values = Record<string, unknown>;

/** The part of the form that tells what a story is about, without what equals the saved one: that the server has. */
interface Draft {
  texts: Partial<Record<(typeof TEXTS)[number], string | null>>;
  topics: RelationValue | null;
}

const draftOf = (values: Values, initial: Values, isSaved: boolean): Draft => {
  const changed = TEXTS.filter((name) => !isSaved || values[name] !== initial[name]);
  const topics = { ...UNCHANGED, ...(values.topics as Partial<RelationValue> | undefined) };
  return {
    texts: Object.fromEntries(changed.map((name) => [name, (values[name] as string | null | undefined) ?? null])),
    topics: isSaved && topics.connect.length + topics.disconnect.length === 0 ? null : topics,
  };
};

export type Watch = (draft: Draft) => void;

/**
 * Follows the form, and tells when something changed and the editor paused. A component of its own, so that a key pressed in the form renders
 * this, which shows nothing, and none of the panel.
 */
export const StoryWatcher = ({ isSaved, onChange }: { isSaved: boolean; onChange: Watch }): null => {
  const values = useForm('RelatedOfferings', (form) => form.values as Values);
  const initial = useForm('RelatedOfferings', (form) => form.initialValues as Values);
  useEffect(() => {
    const timer = setTimeout(() => onChange(draftOf(values, initial, isSaved)), PAUSE);
    return () => clearTimeout(timer);
  }, [values, initial, isSaved, onChange]);
  return null;
};

/** The story as it stands in the form, for the server's questions about it. Null until that is known. */
export const useStory = (client: PickerClient, open: OpenStory): { story: Story | null; watch: Watch } => {
  const [draft, setDraft] = useState<Draft>();
  const savedTopics = useSaved(client, open, draft?.topics ? 'topics' : null);
  const { documentId } = open;
  if (!draft && !documentId) return { story: null, watch: setDraft };
  const topics = draft?.topics && (savedTopics.data ?? !documentId) && readPicks(savedTopics.data ?? [], draft.topics);
  return {
    story: { documentId, ...draft?.texts, ...(topics && { topics: topics.map((topic) => topic.documentId) }) },
    watch: setDraft,
  };
};
