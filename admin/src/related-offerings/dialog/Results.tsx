import { Box, Button, EmptyStateLayout, Flex, Loader, Typography } from '@strapi/design-system';
import { useVirtualizer } from '@tanstack/react-virtual';
import { forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useHref } from 'react-router-dom';
import { styled } from 'styled-components';

import type { Hit } from '../../../../server/src/contracts/picker';
import { entryPage } from '../../addresses';
import { useWayOut } from '../../requests/useWayOut';
import type { TextKey } from '../../texts/getTranslation';
import { useText } from '../../texts/useText';
import type { Pages } from '../data/usePages';
import type { Picks } from '../picks/usePicks';

import { NARROW } from './narrow';
import { ResultRow } from './ResultRow';
import { HEIGHTS, useRowHeight } from './useRowHeight';
import { useWhenSettled } from './useWhenSettled';

/** Rows beyond both edges that are ready before they are scrolled to. */
const OVERSCAN = 4;
/** Of a list that is about to be replaced. */
const DIMMED = 0.5;
export const RESULTS_ID = 'curation-picker-results';

const optionId = (place: number) => `${RESULTS_ID}-${place}`;

const Scroller = styled(Box)`
  overflow-y: auto;
  isolation: isolate;
  outline-offset: -2px;
  overscroll-behavior: contain;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }

  /* Two rows at least, and never more than what is around it can make way for. */
  ${NARROW} {
    flex: none;
    max-height: max(${2 * HEIGHTS.tall}px, 50vh);
    overscroll-behavior: auto;
  }
`;

export interface ResultsHandle {
  /** Moves through the results or picks one, where the key says so; also called from the search box. */
  onKey(event: KeyboardEvent): void;
}

interface Props {
  pages: Pages;
  /** What is searched for and how; the pages may still be those of another search. */
  search: string;
  isSettled: boolean;
  /** The editor waits for another list long enough to be told that this one is not it. */
  isSearching: boolean;
  picks: Picks;
  onToggle(hit: Hit): void;
  /** One that was searched for is picked already. */
  onFoundPicked(hit: Hit): void;
  /** Tells which result is under the cursor, so that the search box can point assistive technology at it. */
  onActive(optionId: string | undefined): void;
  /** Makes one of what was searched for; undefined where the editor may not. */
  onCreate?(): void;
  /** What had the focus goes, and there is no list to take it. */
  onFocusLost(): void;
}

const placeOf = (picks: Picks, documentId: string) => {
  const at = picks.list.findIndex((pick) => pick.documentId === documentId);
  return at === -1 ? undefined : at + 1;
};

/** The list of offerings that a search found: as long as they are many, with only what is on the screen in the page. */
export const Results = forwardRef<ResultsHandle, Props>((props, ref) => {
  const { pages, search, isSettled, isSearching, picks, onToggle, onFoundPicked, onActive, onCreate, onFocusLost } = props;
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const total = pages.meta?.total ?? 0;
  const [cursor, setCursor] = useState<{ list?: string; place: number }>({ place: 0 });
  // Another list, and the cursor is at its beginning again.
  const active = cursor.list === pages.key ? Math.min(cursor.place, total - 1) : 0;

  const rowHeight = useRowHeight();
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;

  const { look } = pages;
  useEffect(() => look(first, last), [first, last, look]);

  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [pages.key]);

  const activeId = total > 0 ? optionId(active) : undefined;
  useEffect(() => onActive(activeId), [activeId, onActive]);

  const actOnActive = (inList: boolean) => {
    const hit = pages.failed === 'list' ? undefined : pages.at(active);
    if (!hit) return;
    // Who typed a name means to have it. Only who went to a result is sure to mean that one.
    if (picks.has(hit.documentId) && !inList && cursor.list !== pages.key) onFoundPicked(hit);
    else onToggle(hit);
  };
  const pickFirst = useWhenSettled(isSettled, search, () => actOnActive(false));
  const goTo = (place: number) => {
    const next = Math.max(0, Math.min(place, total - 1));
    setCursor({ list: pages.key, place: next });
    virtualizer.scrollToIndex(next);
    // Where all of the dialog scrolls, the list may be out of sight.
    scroller.current?.scrollIntoView({ block: 'nearest' });
  };
  const pageOf = useHref(entryPage('offering', ''));
  const open = (hit: Hit | undefined) => {
    if (hit) window.open(`${pageOf}${hit.documentId}`, '_blank', 'noopener');
  };
  const retry = () => {
    pages.retry();
    if (scroller.current) scroller.current.focus();
    else onFocusLost();
  };
  const wayOutOf = useWayOut();
  const wayOut = (key: TextKey) => wayOutOf(pages.error, { message: text(key), isUnsaved: picks.isUnsaved, retry });
  const onKey = (event: KeyboardEvent) => {
    // Of an input method: it takes one of the characters that are proposed.
    if (event.nativeEvent.isComposing) return;
    const screenful = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight));
    const inList = event.currentTarget === scroller.current;
    const moves: Record<string, number | undefined> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + screenful,
      PageUp: active - screenful,
      // In the search box these two belong to its text.
      ...(inList && { Home: 0, End: total - 1 }),
    };
    const move = moves[event.key];
    const isEnter = event.key === 'Enter';
    if (isEnter && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (isSettled) open(pages.at(active));
      return;
    }
    const isPick = isEnter || (inList && event.key === ' ' && !event.ctrlKey && !event.metaKey);
    if (move === undefined && !isPick) return;
    event.preventDefault();
    if (move === undefined && inList && isSettled) actOnActive(true);
    else if (move === undefined) pickFirst();
    else if (isSettled) goTo(move);
  };
  useImperativeHandle(ref, () => ({ onKey }));
  // For all rows: a handler of its own would be another one each time, and each row made again.
  const onClick = ({ target, detail }: MouseEvent) => {
    // The second one of a double click would take back what the first one did.
    if (detail > 1) return;
    const position = (target as Element).closest('[role=option]')?.getAttribute('aria-posinset');
    if (!position) return;
    const place = Number(position) - 1;
    setCursor({ list: pages.key, place });
    const hit = pages.at(place);
    if ((target as Element).closest('[data-open]')) open(hit);
    else if (hit) onToggle(hit);
  };

  if (pages.failed === 'list') {
    const { message, label, onClick: act } = wayOut('relatedOfferings.searchFailed');
    return (
      <Box padding={4} role="alert">
        <EmptyStateLayout
          content={message}
          action={
            <Button variant="secondary" onClick={act}>
              {label}
            </Button>
          }
        />
      </Box>
    );
  }
  if (!pages.meta) {
    return (
      <Flex flex="1" justifyContent="center">
        <Loader>{text('loading')}</Loader>
      </Flex>
    );
  }
  const opacity = isSearching ? DIMMED : 1;
  const ofPart = wayOut('relatedOfferings.partFailed');
  return (
    <>
      {total === 0 && (
        <Box padding={4} style={{ opacity }}>
          <EmptyStateLayout
            content={text('relatedOfferings.noResults')}
            action={
              onCreate && (
                <Button variant="secondary" onClick={onCreate}>
                  {text('relatedOfferings.create')}
                </Button>
              )
            }
          />
        </Box>
      )}
      <Scroller
        ref={scroller}
        id={RESULTS_ID}
        role="listbox"
        aria-label={text('relatedOfferings.results')}
        aria-multiselectable
        aria-busy={!isSettled}
        aria-activedescendant={activeId}
        tabIndex={total > 0 ? 0 : -1}
        onKeyDown={onKey}
        onClick={onClick}
        flex={total > 0 ? '1' : '0'}
        minHeight={0}
        style={{ opacity }}
      >
        {/* Below the outline of the list, which would lie under its rows. */}
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative', zIndex: -1 }}>
          {rows.map(({ index, start }) => {
            const hit = pages.at(index);
            return (
              <ResultRow
                key={index}
                id={optionId(index)}
                place={index}
                total={total}
                hit={hit}
                picked={hit && placeOf(picks, hit.documentId)}
                isActive={index === active}
                start={start}
              />
            );
          })}
        </div>
      </Scroller>
      {pages.failed === 'part' && (
        <Flex role="alert" justifyContent="space-between" gap={4} paddingTop={2} paddingBottom={2} paddingLeft={4} paddingRight={4}>
          <Typography variant="pi" textColor="danger600">
            {ofPart.message}
          </Typography>
          <Button variant="secondary" size="S" onClick={ofPart.onClick}>
            {ofPart.label}
          </Button>
        </Flex>
      )}
    </>
  );
});
Results.displayName = 'Results';
