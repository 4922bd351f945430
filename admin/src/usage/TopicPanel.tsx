import { Button, Flex, Link, Loader, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useRef, type RefObject } from 'react';
import { Link as RouterLink, useLocation } from 'react-router-dom';

import { UIDS } from '../../../content-types/uids';
import type { TopicUsage, TopicUsageAnswer } from '../../../server/src/contracts/usage';
import { listPage } from '../addresses';
import type { Panel } from '../content-manager';
import { refreshWith } from '../refresh';
import { LoadFailed } from '../requests/LoadFailed';
import { useLoaded } from '../requests/useLoaded';
import { useUndoRun } from '../requests/useUndoRun';
import { useText } from '../texts/useText';
import { useFocus } from '../useFocus';

interface Props {
  documentId: string;
  name: string;
}

interface CountsProps {
  usage: TopicUsage;
  name: string;
  list: RefObject<HTMLUListElement>;
}

const Counts = ({ usage: { stories, offerings, topics }, name, list }: CountsProps) => {
  const text = useText();
  const counts = [
    { kind: 'stories', count: stories, to: listPage('curated-content', ['topics', 'name', '$eq', name]) },
    { kind: 'offerings', count: offerings, to: listPage('offering', ['topics', 'name', '$eq', name]) },
    { kind: 'topics', count: topics, to: listPage('topic', ['parent', 'name', '$eq', name]) },
  ] as const;
  return (
    <Flex ref={list} tabIndex={-1} tag="ul" direction="column" alignItems="flex-start" gap={2}>
      {counts.map(({ kind, count, to }) => {
        if (count === null || (count === 0 && kind === 'topics')) return null;
        const words = text(`topic.${kind}`, { count });
        return (
          <li key={kind}>
            {count === 0 ? (
              <Typography textColor="neutral600">{words}</Typography>
            ) : (
              <Link tag={RouterLink} to={to}>
                {words}
              </Link>
            )}
          </li>
        );
      })}
    </Flex>
  );
};

/** How much is filed under a topic, and what was merged into it. */
const Usage = ({ documentId, name }: Props) => {
  const text = useText();
  const { state, data, error, reload } = useLoaded<TopicUsageAnswer>(`/curation/topics/${documentId}/usage`);
  const counts = useRef<HTMLUListElement>(null);
  // The dialog that merged says so: it had the focus, and is gone.
  const merged = (useLocation().state as { merged?: number } | null)?.merged;
  const undoMerged = useFocus<HTMLButtonElement>(data?.data.merges.some(({ run }) => run === merged));
  const { undo, isUndoing } = useUndoRun((run) => {
    const merge = data?.data.merges.find((each) => each.run === run);
    if (merge) refreshWith(merge.source.documentId);
    reload();
    // The button that was clicked goes with its merge; these are what it changed.
    counts.current?.focus();
  });
  if (state === 'failed') return <LoadFailed error={error} message={text('topic.failed')} onRetry={reload} />;
  if (!data) return <Loader small>{text('loading')}</Loader>;
  const { merges } = data.data;

  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      <Counts usage={data.data} name={name} list={counts} />
      {merges.length > 0 && (
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Typography tag="h3" variant="sigma" textColor="neutral600">
            {text('topic.merged')}
          </Typography>
          {merges.map(({ run, source, user }) => (
            <Flex key={run} direction="column" alignItems="flex-start" gap={1} style={{ overflowWrap: 'anywhere' }}>
              <Typography variant="pi">{text('topic.mergedBy', { name: source.name, user })}</Typography>
              <Button
                ref={run === merged ? undoMerged : undefined}
                variant="tertiary"
                size="S"
                startIcon={<ArrowClockwise />}
                loading={isUndoing}
                onClick={() => void undo(run)}
                aria-label={text('topic.undoMerge', { name: source.name })}
              >
                {text('undo.button')}
              </Button>
            </Flex>
          ))}
        </Flex>
      )}
    </Flex>
  );
};

/** The side panel of a topic. */
export const TopicPanel: Panel = ({ model, documentId, document }) => {
  const text = useText();
  if (model !== UIDS.topic || !documentId) return null;
  return { title: text('topic.title'), content: <Usage key={documentId} documentId={documentId} name={String(document?.name ?? '')} /> };
};
