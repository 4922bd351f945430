import { Check, CheckCircle, ExternalLink, PlusCircle } from '@strapi/icons';
import { memo } from 'react';
import { styled } from 'styled-components';

import type { Hit } from '../../../../server/src/contracts/picker';
import { useList } from '../../texts/useList';
import { useText } from '../../texts/useText';
import { OfferingFacts } from '../panel/OfferingFacts';

import { Logo } from './Logo';
import { LOW } from './low';
import { Marked } from './Marked';
import { matchedLine } from './matchedLine';
import { HEIGHTS } from './useRowHeight';

/**
 * One styled element for a whole row: who scrolls sees hundreds of rows a second, and every part of the design system takes as long as all of
 * this does.
 */
const Row = styled.div`
  position: absolute;
  top: 0;
  left: 0;
  display: flex;
  gap: ${({ theme }) => theme.spaces[3]};
  align-items: flex-start;
  width: 100%;
  height: ${HEIGHTS.tall}px;
  padding: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[4]}`};
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: ${({ theme }) => theme.lineHeights[3]};
  cursor: pointer;

  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  &[aria-selected='true'] {
    background: ${({ theme }) => theme.colors.primary100};
  }

  /* An outline, because a shadow is not shown in high contrast. */
  &[data-active='true'] {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }

  [role='listbox']:focus-visible &[data-active='true'] {
    outline-width: 3px;
    outline-offset: -3px;
  }

  > .facts {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: ${({ theme }) => theme.spaces[1]};
    min-width: 0;
  }

  .head {
    display: flex;
    gap: ${({ theme }) => theme.spaces[2]};
    align-items: center;
    min-width: 0;
  }

  .name {
    overflow: hidden;
    color: ${({ theme }) => theme.colors.neutral800};
    font-size: ${({ theme }) => theme.fontSizes[2]};
    font-weight: ${({ theme }) => theme.fontWeights.bold};
    line-height: ${({ theme }) => theme.lineHeights[4]};
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .head > :last-child {
    flex: none;
  }

  .head > .name {
    flex: 0 1 auto;
  }

  .summary {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }

  .topics {
    display: flex;
    gap: ${({ theme }) => theme.spaces[1]};
    align-items: center;
    height: 2.2rem;
    white-space: nowrap;
  }

  .topics > :not(.topic),
  .topic > svg {
    flex: none;
  }

  .topics > :first-child {
    padding-right: ${({ theme }) => theme.spaces[1]};
  }

  /* Like a badge of the design system, which writes everything in capitals. */
  .topic {
    display: inline-flex;
    gap: ${({ theme }) => theme.spaces[1]};
    align-items: center;
    min-width: 0;
    /* A long one leaves room for the others. */
    max-width: 24rem;
    padding: 0 ${({ theme }) => theme.spaces[2]};
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: ${({ theme }) => theme.borderRadius};
    background: ${({ theme }) => theme.colors.neutral100};
    color: ${({ theme }) => theme.colors.neutral700};
    line-height: 1.8rem;
  }

  .topic > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .topic[data-shared='true'] {
    border-color: ${({ theme }) => theme.colors.primary200};
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary700};
  }

  mark {
    border-radius: 2px;
    background: ${({ theme }) => theme.colors.warning200};
    color: ${({ theme }) => theme.colors.neutral800};
    /* In the dark theme the background is hardly another than that of the row. */
    text-decoration: underline 2px ${({ theme }) => theme.colors.warning700};
    text-decoration-skip-ink: none;
    text-underline-offset: 2px;
  }

  .pick {
    display: flex;
    flex: none;
    gap: ${({ theme }) => theme.spaces[1]};
    align-items: center;
    color: ${({ theme }) => theme.colors.primary600};
    font-weight: ${({ theme }) => theme.fontWeights.bold};
  }

  .open {
    display: flex;
    flex: none;
    /* As large as a finger or an unsteady hand needs it. */
    padding: ${({ theme }) => theme.spaces[1]};
    margin: -0.2rem 0;
    border-radius: ${({ theme }) => theme.borderRadius};
    color: ${({ theme }) => theme.colors.neutral600};
  }

  .open:hover {
    background: ${({ theme }) => theme.colors.neutral200};
    color: ${({ theme }) => theme.colors.neutral800};
  }

  ${LOW} {
    height: ${HEIGHTS.low}px;
    padding-block: ${({ theme }) => theme.spaces[2]};

    .summary {
      -webkit-line-clamp: 1;
    }
  }
`;

/** So many topics fit into a line. */
const MOST_TOPICS = 4;

/** A search marks the full name, "Taxonomy: Label"; here stands the label alone. */
const marksOfLabel = ({ name, label }: Hit['topics'][number], ranges: [number, number][] = []): [number, number][] => {
  if (label === null) return ranges;
  if (!name.endsWith(label)) return [];
  const before = name.length - label.length;
  return ranges.filter(([start]) => start >= before).map(([start, end]) => [start - before, end - before]);
};

const Facts = ({ hit }: { hit: Hit }) => {
  const text = useText();
  const list = useList();
  const { name, marks, usedBy } = hit;
  const rank = ({ documentId, shared }: Hit['topics'][number]) => (shared ? 2 : Number(documentId in marks.topics));
  const topics = [...hit.topics].sort((a, b) => rank(b) - rank(a));
  const others = topics.slice(MOST_TOPICS).map((topic) => topic.label ?? topic.name);
  return (
    <div className="facts">
      <div className="head">
        <span className="name" title={name}>
          <Marked text={name} ranges={marks.name} />
        </span>
        <OfferingFacts {...hit} />
      </div>
      <div className="summary">
        <Marked {...matchedLine(hit)} />
      </div>
      <div className="topics">
        <span>{text('relatedOfferings.usedBy', { stories: usedBy })}</span>
        {topics.slice(0, MOST_TOPICS).map((topic) => (
          <span key={topic.documentId} className="topic" data-shared={topic.shared} title={topic.name}>
            {topic.shared && <Check width="1rem" height="1rem" aria-label={text('relatedOfferings.shared')} />}
            <span>
              <Marked text={topic.label ?? topic.name} ranges={marksOfLabel(topic, marks.topics[topic.documentId])} />
            </span>
          </span>
        ))}
        {others.length > 0 && <span title={list(others)}>{text('relatedOfferings.moreTopics', { count: others.length })}</span>}
      </div>
    </div>
  );
};

interface Props {
  id: string;
  /** From 0. */
  place: number;
  total: number;
  /** Undefined while it is on its way. */
  hit: Hit | undefined;
  /** Its place among the picked ones, from 1; undefined where it is not picked. */
  picked: number | undefined;
  /** Under the cursor. */
  isActive: boolean;
  /** How far down in the list, in pixels. */
  start: number;
}

/** One offering that a search found. Made again only when something of it changed, not with each move of the list. */
export const ResultRow = memo(({ id, place, total, hit, picked, isActive, start }: Props) => {
  const text = useText();
  return (
    <Row
      id={id}
      role="option"
      aria-selected={picked !== undefined}
      aria-setsize={total}
      aria-posinset={place + 1}
      aria-label={hit ? undefined : text('loading')}
      data-active={isActive}
      style={{ transform: `translateY(${start}px)` }}
    >
      {hit && (
        <>
          <Logo {...hit} />
          <Facts hit={hit} />
          {/* For the mouse alone, as nothing in an option can have the focus: keys open the one they have reached. */}
          <span className="open" data-open title={text('relatedOfferings.open', { name: hit.name })} aria-hidden>
            <ExternalLink />
          </span>
          <div className="pick">
            {picked === undefined ? (
              <PlusCircle width="2rem" height="2rem" fill="primary600" aria-hidden />
            ) : (
              <>
                {text('relatedOfferings.pickedAt', { place: picked })}
                <CheckCircle width="2rem" height="2rem" fill="primary600" aria-hidden />
              </>
            )}
          </div>
        </>
      )}
    </Row>
  );
});
ResultRow.displayName = 'ResultRow';
