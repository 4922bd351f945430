import { Button, Checkbox, Flex, Loader, Modal, Radio, Typography } from '@strapi/design-system';
import { useAuth, useFetchClient, useTable } from '@strapi/strapi/admin';
import { useEffect, useRef, useState } from 'react';

import { UIDS } from '../../../content-types/uids';
import type { LinksAnswer, LinksRequest, LinksResult } from '../../../server/src/contracts/links';
import { refreshDocuments } from '../refresh';
import { EntriesChooser } from '../requests/EntriesChooser';
import type { Entry } from '../requests/EntryChooser';
import { useHeldOpen } from '../requests/useHeldOpen';
import { useLoaded } from '../requests/useLoaded';
import { useProblem } from '../requests/useProblem';
import { useUndoRun } from '../requests/useUndoRun';
import { useText } from '../texts/useText';
import { useFocus } from '../useFocus';

import { forgetChange, rememberChange } from './last-change';
import { Outcome } from './Outcome';

export type Attribute = LinksRequest['attribute'];
type Way = 'add' | 'remove';

const MODELS: Record<Attribute, string> = { relatedOfferings: UIDS.offering, topics: UIDS.topic };

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

const Choice = <Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) => (
  <Radio.Group value={value} onValueChange={(next: string) => onChange(next as Value)} aria-label={label}>
    <Flex gap={5} wrap="wrap">
      {options.map((option) => (
        <Radio.Item key={option.value} value={option.value}>
          {option.label}
        </Radio.Item>
      ))}
    </Flex>
  </Radio.Group>
);

interface Props {
  documentIds: readonly string[];
  /** Those whose entries the editor may read; one at least. */
  attributes: readonly Attribute[];
  onClose: () => void;
}

/** Chooses what to add to many stories, or to take out, shows what will change, does it and reports. */
export const ChangeLinksDialog = ({ documentIds, attributes, onClose }: Props) => {
  const text = useText();
  const user = useAuth('ChangeLinksDialog', (auth) => auth.user?.id);
  const problem = useProblem();
  const { post } = useFetchClient();
  const { undo, isUndoing } = useUndoRun((run) => {
    forgetChange(run);
    onClose();
  });
  const [attribute, setAttribute] = useState(attributes[0]!);
  const [way, setWay] = useState<Way>('add');
  const [published, setPublished] = useState(true);
  const [entries, setEntries] = useState<Entry[]>([]);
  const field = useFocus<HTMLInputElement>();
  const [report, setReport] = useState<LinksResult | null>(null);
  /** Why the last request was refused: nothing of what is asked for since. */
  const [refusal, setRefusal] = useState<{ request: string; words: string } | null>(null);
  const [isWriting, setWriting] = useState(false);
  useHeldOpen(isWriting || isUndoing);
  const selectRows = useTable('ChangeLinks', ({ selectRow }) => selectRow);
  // Strapi hands in another function each time, and none of them is an occasion.
  const newest = useRef(selectRows);
  useEffect(() => {
    newest.current = selectRows;
  });
  const isDone = report !== null;
  useEffect(() => {
    if (!isDone) return undefined;
    // However the dialog closes: a filtered list may show the changed stories no more, and "Delete" would meet what nobody sees.
    return () => newest.current([]);
  }, [isDone]);

  const chosen = entries.map(({ documentId }) => documentId);
  const request = { documentIds, attribute, add: way === 'add' ? chosen : [], remove: way === 'remove' ? chosen : [], published };
  const isAsked = chosen.length > 0 && !report;
  const asked = useLoaded<LinksAnswer>(isAsked ? '/curation/stories/links/preview' : null, isAsked ? request : undefined);
  const preview = isAsked && asked.state === 'done' ? asked.data.data : null;
  const archived = way === 'add' ? entries.filter(({ editorialStatus }) => editorialStatus === 'archived').map(({ name }) => name) : [];
  const isRefused = refusal?.request === JSON.stringify(request);
  const failure = isRefused ? refusal.words : isAsked && asked.state === 'failed' ? problem(asked.error) : null;

  const change = async () => {
    setWriting(true);
    setRefusal(null);
    try {
      const { data } = await post<LinksAnswer>('/curation/stories/links', request);
      const { run, changed } = data.data;
      setReport(data.data);
      if (run !== null) rememberChange({ run, stories: changed.length, user });
      refreshDocuments();
    } catch (error) {
      setRefusal({ request: JSON.stringify(request), words: problem(error) });
    } finally {
      setWriting(false);
    }
  };

  if (report) {
    const { run } = report;
    return (
      <>
        <Modal.Body>
          <Outcome result={report} way={way} chosen={chosen.length} archived={archived} isDone />
        </Modal.Body>
        <Modal.Footer>
          {run !== null && (
            <Button variant="tertiary" loading={isUndoing} onClick={() => void undo(run)}>
              {text('undo.button')}
            </Button>
          )}
          <Button disabled={isUndoing} onClick={onClose}>
            {text('dialog.done')}
          </Button>
        </Modal.Footer>
      </>
    );
  }

  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {attributes.length > 1 && (
            <Choice
              label={text('links.what')}
              value={attribute}
              options={attributes.map((value) => ({ value, label: text(value === 'topics' ? 'links.topics' : 'links.offerings') }))}
              onChange={(next) => {
                setAttribute(next);
                setEntries([]);
              }}
            />
          )}
          <Choice
            label={text('links.how')}
            value={way}
            options={[
              { value: 'add', label: text('links.add') },
              { value: 'remove', label: text('links.remove') },
            ]}
            onChange={setWay}
          />
          <EntriesChooser
            field={field}
            model={MODELS[attribute]}
            label={text(attribute === 'topics' ? 'links.chooseTopic' : 'links.chooseOffering')}
            entries={entries}
            onChange={setEntries}
          />
          <Checkbox checked={published} onCheckedChange={(checked) => setPublished(checked === true)}>
            {text('links.published')}
          </Checkbox>
          {failure && (
            <Typography textColor="danger600" role="alert">
              {failure}
            </Typography>
          )}
          {entries.length > 0 && !preview && !failure && <Loader small>{text('links.looking')}</Loader>}
          {preview && <Outcome result={preview} way={way} chosen={chosen.length} archived={archived} />}
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" disabled={isWriting} onClick={onClose}>
          {text('dialog.cancel')}
        </Button>
        <Button disabled={!preview || preview.changed.length === 0} loading={isWriting} onClick={() => void change()}>
          {text('links.confirm', { count: preview?.changed.length ?? 0 })}
        </Button>
      </Modal.Footer>
    </>
  );
};
