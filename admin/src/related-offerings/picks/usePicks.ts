import { useForm, useNotification } from '@strapi/strapi/admin';
import { useEffect, useMemo, useState } from 'react';

import { useText } from '../../texts/useText';
import type { PickerClient } from '../data/usePickerClient';

import { readPicks } from './readPicks';
import { useHistory, type Change } from './useHistory';
import type { OpenStory } from './openStory';
import { useSaved } from './useSaved';
import { FIELD, UNCHANGED, type Pick, type RelationValue } from './value';
import { writePicks } from './writePicks';

const NOTHING: Pick[] = [];

export interface Picks {
  list: Pick[];
  isLoading: boolean;
  error?: unknown;
  /** It is known what is saved. Before that nothing can be changed: it would be stored in another order than is shown. */
  isKnown: boolean;
  retry(): void;
  has(documentId: string): boolean;
  /** True for one that the story has on the server, too. */
  isSaved(documentId: string): boolean;
  add(pick: Pick): void;
  remove(documentId: string): void;
  move(documentId: string, to: number): void;
  /** Puts another one in its place. */
  replace(documentId: string, pick: Pick): void;
  /** Takes back the last of these. */
  undo(): void;
  /** The form has changes of them that the server does not know of. */
  isUnsaved: boolean;
  /** What can be taken back, the last one last. */
  changes: Change[];
}

interface Submission {
  list: Pick[];
  /** The answer that the saved relations came with: another one has what was submitted. */
  key?: string;
  /** The form was empty of changes since: what it has now is new. */
  isEmptied?: true;
}

/**
 * What is saved, as far as can be told. Between the moment in which the form is saved and emptied of changes and the one in which the saved
 * relations have come again, it is what was submitted: the old list would flash up. Strapi empties the form of changes also where nothing was
 * saved, and the story is the same as before then; so they are asked for whenever a save is over.
 */
const useBaseline = (saved: ReturnType<typeof useSaved>, value: RelationValue) => {
  const isSubmitting = useForm('RelatedOfferings', (form) => form.isSubmitting);
  const isModified = useForm('RelatedOfferings', (form) => form.modified);
  const [submission, setSubmission] = useState<Submission>();
  const list = saved.data ?? NOTHING;
  const isClean = value.connect.length + value.disconnect.length === 0;

  if (isSubmitting && !isClean && !submission) setSubmission({ list: readPicks(list, value), key: saved.key });
  if (submission && !submission.isEmptied && isClean && !isSubmitting) setSubmission({ ...submission, isEmptied: true });
  const isKept = !isClean && !submission?.isEmptied;
  const isOver = submission && (submission.key !== saved.key || (!isSubmitting && isModified && isKept));
  if (isOver) setSubmission(undefined);
  const { retry } = saved;
  const isSent = submission !== undefined && !isSubmitting;
  useEffect(() => {
    if (isSent) retry();
  }, [isSent, retry]);
  return submission && !isKept && !isOver ? submission.list : list;
};

/** What new and moved picks are to stand before. */
const successorsOf = ({ connect }: RelationValue): string[] =>
  connect.flatMap(({ apiData: { position } = {} }) => (position && 'before' in position ? [position.before] : []));

/** The offerings that the story has when it is saved as it stands, and what an editor does with them. */
export const usePicks = (client: PickerClient, story: OpenStory): Picks => {
  const saved = useSaved(client, story, FIELD);
  const given = useForm(
    'RelatedOfferings',
    ({ values }) => (values as Record<string, unknown>)[FIELD] as Partial<RelationValue> | undefined,
  );
  const onChange = useForm('RelatedOfferings', (form) => form.onChange);
  const value = useMemo(() => ({ ...UNCHANGED, ...given }), [given]);
  const baseline = useBaseline(saved, value);
  const list = useMemo(() => readPicks(baseline, value), [baseline, value]);
  const { steps, note } = useHistory(list, baseline);
  const changes = useMemo(() => steps.map(({ change }) => change), [steps]);

  const write = (next: Pick[]) => onChange(FIELD, { ...given, ...writePicks(next, baseline) });
  const change = (next: Pick[], kind: Change['kind'], { documentId, name }: Pick) => {
    const place = list.findIndex((pick) => pick.documentId === documentId) + 1;
    note(next, [...steps, { before: list, change: { kind, name, place } }]);
    write(next);
  };

  // Somebody else took one away: what is to stand before it would be refused with every save from now on.
  const isSubmitting = useForm('RelatedOfferings', (form) => form.isSubmitting);
  const { toggleNotification } = useNotification();
  const text = useText();
  const isStale =
    !isSubmitting && !saved.isLoading && successorsOf(value).some((documentId) => !list.some((pick) => pick.documentId === documentId));
  useEffect(() => {
    if (!isStale) return;
    onChange(FIELD, { ...given, ...writePicks(list, baseline) });
    toggleNotification({ type: 'info', message: text('relatedOfferings.changedMeanwhile') });
  }, [isStale, onChange, given, list, baseline, toggleNotification, text]);

  const withoutIt = (gone: Pick) => list.filter((pick) => pick !== gone);

  const isLoading = saved.isLoading && saved.data === undefined;

  return {
    list,
    isLoading,
    error: saved.error,
    isKnown: !isLoading && saved.error === undefined,
    retry: saved.retry,
    has: (documentId) => list.some((pick) => pick.documentId === documentId),
    isSaved: (documentId) => baseline.some((pick) => pick.documentId === documentId),
    add: (pick) => change([...list, { id: pick.id, documentId: pick.documentId, name: pick.name }], 'added', pick),
    remove(documentId) {
      const removed = list.find((pick) => pick.documentId === documentId);
      if (removed) change(withoutIt(removed), 'removed', removed);
    },
    move(documentId, to) {
      const moved = list.find((pick) => pick.documentId === documentId);
      if (!moved || list[to] === undefined || list[to] === moved) return;
      change(withoutIt(moved).toSpliced(to, 0, moved), 'moved', moved);
    },
    replace(documentId, pick) {
      const replaced = list.find((other) => other.documentId === documentId);
      if (!replaced) return;
      const taking: Pick = { id: pick.id, documentId: pick.documentId, name: pick.name };
      change(
        list.map((other) => (other === replaced ? taking : other)),
        'replaced',
        replaced,
      );
    },
    undo() {
      const last = steps.at(-1);
      if (!last) return;
      note(last.before, steps.slice(0, -1));
      write(last.before);
    },
    isUnsaved: value.connect.length + value.disconnect.length > 0,
    changes,
  };
};
