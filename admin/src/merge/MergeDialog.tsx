import { Box, Button, Flex, Loader, Modal, Typography } from '@strapi/design-system';
import { useFetchClient, useForm, useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';

import { UIDS } from '../../../content-types/uids';
import type { MergeAnswer, MergePreview, MergePreviewAnswer } from '../../../server/src/contracts/merge';
import type { Named } from '../../../server/src/contracts/shapes';
import { entryPage } from '../addresses';
import { refreshWithout } from '../refresh';
import { EntryChooser } from '../requests/EntryChooser';
import { useHeldOpen } from '../requests/useHeldOpen';
import { useLoaded } from '../requests/useLoaded';
import { useProblem } from '../requests/useProblem';
import { useText } from '../texts/useText';
import { useFocus } from '../useFocus';

const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

interface Props {
  source: string;
  onClose: () => void;
}

/** What changes of one kind: what is moved, and what has both topics already. */
const Change = ({ kind, moved, both }: { kind: 'stories' | 'offerings'; moved: number; both: number }) => {
  const text = useText();
  return (
    <>
      {(moved > 0 || both === 0) && (
        <li>
          <Typography>{text(`merge.${kind}`, { count: moved })}</Typography>
        </li>
      )}
      {both > 0 && (
        <li>
          <Typography>{text(`merge.both.${kind}`, { count: both })}</Typography>
        </li>
      )}
    </>
  );
};

const Preview = ({ preview }: { preview: MergePreview }) => {
  const text = useText();
  const { source, target, stories, offerings, topics, both, examples } = preview;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} background="neutral100" padding={4} hasRadius aria-live="polite">
      <Typography fontWeight="bold">{text('merge.changes')}</Typography>
      <ul>
        <Change kind="stories" moved={stories} both={both.stories} />
        <Change kind="offerings" moved={offerings} both={both.offerings} />
        <li>
          <Typography>{text('merge.topics', { count: topics })}</Typography>
        </li>
      </ul>
      {examples.length > 0 && (
        <Box style={{ overflowWrap: 'anywhere' }}>
          <Typography textColor="neutral600">{text('merge.examples')}</Typography>
          <ul>
            {examples.map(({ documentId, name }) => (
              <li key={documentId}>
                <Typography variant="pi">{name}</Typography>
              </li>
            ))}
          </ul>
        </Box>
      )}
      <Typography>{text('merge.goes', { source: source.name, target: target.name })}</Typography>
      <Typography textColor="neutral600">{text('merge.undoable')}</Typography>
    </Flex>
  );
};

/** Chooses the topic that stays, shows what will change, and asks before it does. */
export const MergeDialog = ({ source, onClose }: Props) => {
  const text = useText();
  const problem = useProblem();
  const navigate = useNavigate();
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const field = useFocus<HTMLInputElement>();
  const [target, setTarget] = useState<Named | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isMerging, setMerging] = useState(false);
  useHeldOpen(isMerging);
  const resetForm = useForm('MergeDialog', (form) => form.resetForm);
  const asked = useLoaded<MergePreviewAnswer>(
    target && '/curation/topics/merge/preview',
    target ? { source, target: target.documentId } : undefined,
  );
  const preview = target && asked.state === 'done' ? asked.data.data : null;
  const failure = refusal ?? (target && asked.state === 'failed' ? problem(asked.error) : null);

  const merge = async () => {
    if (!preview) return;
    setMerging(true);
    try {
      const { data } = await post<MergeAnswer>('/curation/topics/merge', { source, target: preview.target.documentId });
      toggleNotification({ type: 'success', message: text('merge.done', { source: preview.source.name, target: preview.target.name }) });
      onClose();
      // What stood in the form of the topic that is gone: Strapi would ask whether to leave it.
      resetForm();
      await nextTurn();
      navigate(entryPage('topic', preview.target.documentId), { replace: true, state: { merged: data.data.run } });
      refreshWithout(source);
    } catch (error) {
      setRefusal(problem(error));
      setMerging(false);
    }
  };

  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <EntryChooser
            field={field}
            model={UIDS.topic}
            label={text('merge.target')}
            hint={text('merge.hint')}
            without={[source]}
            value={target}
            onChoose={(entry) => {
              setTarget(entry);
              setRefusal(null);
            }}
          />
          {failure && (
            <Typography textColor="danger600" role="alert">
              {failure}
            </Typography>
          )}
          {target && !preview && !failure && <Loader small>{text('merge.looking')}</Loader>}
          {preview && <Preview preview={preview} />}
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" disabled={isMerging} onClick={onClose}>
          {text('dialog.cancel')}
        </Button>
        <Button variant="danger" disabled={!preview} loading={isMerging} onClick={() => void merge()}>
          {text('merge.confirm')}
        </Button>
      </Modal.Footer>
    </>
  );
};
