import { Box, Flex, IconButton, Link, Loader, TextButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useEffect, useRef } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { styled } from 'styled-components';

import { entryPage } from '../../addresses';
import { TwoLines } from '../../texts/TwoLines';
import { useText } from '../../texts/useText';
import type { Offerings } from '../picks/useOfferings';
import type { Picks } from '../picks/usePicks';
import type { Pick as Picked } from '../picks/value';

import { LoadFailed } from '../../requests/LoadFailed';
import { OfferingFacts } from './OfferingFacts';
import { UndoLine } from './UndoLine';

interface Props {
  picks: Picks;
  offerings: Offerings;
  canChange: boolean;
  announce(message: string): void;
  /** Looks for what could take its place. */
  onReplace(pick: Picked): void;
  /** What had the focus goes, and nothing takes its place. */
  onFocusLost(): void;
}

const List = styled.ol`
  display: flex;
  flex-direction: column;
  gap: ${({ theme }) => theme.spaces[3]};
  /* Of thirty, some: what stands below them stays in reach. */
  max-height: 40rem;
  overflow: hidden auto;
  padding: 2px;
`;

const Name = styled(Link<typeof RouterLink>)`
  font-size: ${({ theme }) => theme.fontSizes[2]};
  line-height: ${({ theme }) => theme.lineHeights[3]};

  span {
    font-size: inherit;
    line-height: inherit;
  }
`;

const Place = styled(Typography)`
  flex: none;
  min-width: 1.6rem;
  font-variant-numeric: tabular-nums;
`;

const PickedItem = ({
  pick,
  place,
  offerings,
  canChange,
  onReplace,
  onRemove,
}: Pick<Props, 'offerings' | 'canChange'> & { pick: Picked; place: number; onReplace(): void; onRemove(): void }) => {
  const text = useText();
  const offering = offerings.get(pick.documentId);
  const name = offering?.name ?? pick.name;
  return (
    <Flex tag="li" gap={1} alignItems="flex-start">
      <Place variant="pi" textColor="neutral600" aria-hidden paddingTop="2px">
        {place}
      </Place>
      <Box flex="1" minWidth={0}>
        <Name
          tag={RouterLink}
          to={entryPage('offering', pick.documentId)}
          target="_blank"
          rel="noopener"
          aria-label={text('relatedOfferings.open', { name })}
        >
          <TwoLines>{name}</TwoLines>
        </Name>
        {offering && <OfferingFacts {...offering} />}
        {offerings.isGone(pick.documentId) && (
          <Typography variant="pi" textColor="danger600" tag="p">
            {text('relatedOfferings.gone')}
          </Typography>
        )}
        {offering?.editorialStatus === 'archived' && (
          <Typography variant="pi" textColor="danger600" tag="p">
            {text('relatedOfferings.archivedWarning')}
          </Typography>
        )}
        {canChange && offering?.editorialStatus === 'archived' && (
          <TextButton onClick={onReplace} aria-label={text('relatedOfferings.replaceName', { name })}>
            {text('relatedOfferings.replace')}
          </TextButton>
        )}
      </Box>
      {canChange && (
        <IconButton
          data-remove
          variant="ghost"
          size="XS"
          label={text('relatedOfferings.remove', { name })}
          withTooltip={false}
          onClick={onRemove}
        >
          <Cross />
        </IconButton>
      )}
    </Flex>
  );
};

/** The offerings that the story has, in order. */
const Items = ({ picks, offerings, canChange, announce, onReplace, onFocusLost }: Props) => {
  const text = useText();
  const shown = useRef<HTMLOListElement>(null);
  const last = picks.list.at(-1)?.documentId;
  const { length } = picks.list;
  const before = useRef({ last, length });
  useEffect(() => {
    // What was added behind those that there is room for would not be seen.
    const isAdded = last !== before.current.last && length > before.current.length;
    if (isAdded) shown.current?.scrollTo({ top: shown.current.scrollHeight });
    before.current = { last, length };
  }, [last, length]);
  const removed = useRef<{ documentId: string; at: number }>();
  useEffect(() => {
    // The form tells of a change a moment after it was made; until then the list is the old one.
    if (!removed.current || picks.has(removed.current.documentId)) return;
    const { at } = removed.current;
    removed.current = undefined;
    const buttons = shown.current?.querySelectorAll<HTMLButtonElement>('[data-remove]') ?? [];
    const next = buttons[Math.min(at, buttons.length - 1)];
    if (next) next.focus();
    else onFocusLost();
  });
  const remove = (pick: Picked, at: number) => {
    removed.current = { documentId: pick.documentId, at };
    picks.remove(pick.documentId);
    announce(text('relatedOfferings.removed', { name: pick.name, count: picks.list.length - 1 }));
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="space-between" minHeight="2rem">
        <Typography variant="sigma" tag="h3" textColor="neutral600">
          {text('relatedOfferings.pickedCount', { count: picks.list.length })}
        </Typography>
        {canChange && <UndoLine picks={picks} announce={announce} onFocusLost={onFocusLost} />}
      </Flex>
      {picks.list.length === 0 ? (
        <Typography variant="pi" textColor="neutral600">
          {text('relatedOfferings.none')}
        </Typography>
      ) : (
        <List ref={shown} aria-label={text('relatedOfferings.picked')}>
          {picks.list.map((pick, at) => (
            <PickedItem
              key={pick.documentId}
              pick={pick}
              place={at + 1}
              offerings={offerings}
              canChange={canChange}
              onReplace={() => onReplace(pick)}
              onRemove={() => remove(pick, at)}
            />
          ))}
        </List>
      )}
    </Flex>
  );
};

/** The same, once they are there. */
export const PickedList = (props: Props) => {
  const text = useText();
  const whole = useRef<HTMLDivElement>(null);
  const { isLoading, error, retry } = props.picks;
  const askAgain = () => {
    retry();
    whole.current?.focus();
  };
  return (
    <div ref={whole} tabIndex={-1}>
      {isLoading ? (
        <Loader small>{text('loading')}</Loader>
      ) : error !== undefined ? (
        <LoadFailed error={error} message={text('relatedOfferings.picksFailed')} isUnsaved={props.picks.isUnsaved} onRetry={askAgain} />
      ) : (
        <Items {...props} />
      )}
    </div>
  );
};
