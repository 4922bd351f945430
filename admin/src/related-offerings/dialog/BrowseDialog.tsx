import { Box, Button, Flex, Modal, Searchbar, Typography, VisuallyHidden } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useDebounce } from '@strapi/strapi/admin';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { styled } from 'styled-components';

import type { Hit, Offering, SearchRequest, Story } from '../../../../server/src/contracts/picker';
import { shorten } from '../../texts/shorten';
import { useText } from '../../texts/useText';
import type { Creates } from '../access/useAccess';
import { useLasting } from '../data/useLasting';
import { usePages } from '../data/usePages';
import { MAX_LENGTH, type PickerClient } from '../data/usePickerClient';
import type { Offerings } from '../picks/useOfferings';
import type { Picks } from '../picks/usePicks';
import { useUndo } from '../picks/useUndo';
import type { Pick } from '../picks/value';

import { CreateOffering } from './CreateOffering';
import { FilterBar, MoreFilters, NO_FILTERS, type Filters, type Sort } from './Filters';
import { LOW } from './low';
import { NARROW } from './narrow';
import { PickedColumn } from './PickedColumn';
import { ResultCount } from './ResultCount';
import { Results, RESULTS_ID, type ResultsHandle } from './Results';
import { keepTabInside } from './keepTabInside';
import { useTyping } from './useTyping';

/** Shorter than a pause between two keys feels like. */
const PAUSE = 120;

const Content = styled(Modal.Content)`
  max-width: 140rem;
  height: 90vh;

  ${NARROW} {
    width: 100%;
    height: 100%;
    max-height: none;
    border-radius: 0;
  }

  ${LOW} {
    height: calc(100vh - ${({ theme }) => theme.spaces[6]});
    max-height: none;

    [data-part='header'] {
      padding-block: ${({ theme }) => theme.spaces[2]};
    }
  }
`;

const Footer = styled(Modal.Footer)`
  flex: none;
  /* As high without its button as with it. */
  min-height: 6.5rem;

  ${LOW} {
    min-height: 4.9rem;
    padding-block: ${({ theme }) => theme.spaces[2]};
  }
`;

const Controls = styled(Flex)`
  ${LOW} {
    gap: ${({ theme }) => theme.spaces[2]};
    padding-block: ${({ theme }) => theme.spaces[3]};
  }
`;

const Columns = styled(Flex)`
  flex: 1;
  min-height: 0;

  ${NARROW} {
    flex-direction: column;
    overflow-y: auto;
  }
`;

const Left = styled(Flex)`
  flex: 1;
  min-width: 0;
  min-height: 0;

  ${NARROW} {
    flex: none;
  }
`;

const Right = styled(Box)`
  flex: none;
  width: 34rem;
  min-height: 0;
  border-color: ${({ theme }) => theme.colors.neutral150};
  border-style: solid;
  border-width: 0 0 0 1px;

  ${NARROW} {
    width: auto;
    border-width: 1px 0 0;
  }
`;

interface Props {
  client: PickerClient;
  picks: Picks;
  offerings: Offerings;
  story: Story;
  /** The attributes with which an offering may be made; null where none may. */
  creates: Creates | null;
  /** Which picked one the next takes the place of; undefined where it is added. */
  replaced: Pick | undefined;
  onReplaced(): void;
  said: string;
  announce(message: string): void;
}

/** What has a topic of the one that is to be replaced. */
const likeIt = (offering: Offering | undefined): Filters =>
  offering && offering.topics.length > 0 ? { topics: offering.topics.map(({ documentId }) => documentId) } : NO_FILTERS;

/** The dialog's inside; mounted anew each time, so that it opens as if for the first time. */
const Browser = ({
  client,
  picks,
  offerings,
  story,
  creates,
  replaced,
  onReplaced,
  announce,
  onDragging,
  onCreating,
}: Omit<Props, 'said'> & { onDragging(is: boolean): void; onCreating(cancel: (() => void) | undefined): void }) => {
  const text = useText();
  const [q, setQ] = useState('');
  const [filters, setFilters] = useState<Filters>(() => likeIt(replaced && offerings.get(replaced.documentId)));
  const [sort, setSort] = useState<Sort>('fit');
  const [active, setActive] = useState<string>();
  /** What was searched for and filtered when a new offering was begun. */
  const [before, setBefore] = useState<{ q: string; filters: Filters }>();
  const isCreating = before !== undefined;
  const [isSaving, setIsSaving] = useState(false);
  const searchBox = useRef<HTMLInputElement>(null);
  const results = useRef<ResultsHandle>(null);

  // As it was when the dialog opened: the list must not be sorted anew below the editor's hand.
  const [asked] = useState(story);
  const words = q.trim().slice(0, MAX_LENGTH);
  const settled = useDebounce(words, PAUSE);
  const search = useMemo<SearchRequest>(
    () => ({ story: asked, sort, filters, ...(settled && { q: settled }) }),
    [asked, sort, filters, settled],
  );
  const pages = usePages(client, search);
  const isSettled = settled === words && !pages.isLoading;
  const isSearching = useLasting(!isSettled);

  const typing = useTyping(picks.changes.length);
  const write = (next: string) => {
    setQ(next);
    typing.onWritten();
  };
  const take = (pick: Pick) => {
    const { name } = pick;
    if (replaced) {
      picks.replace(replaced.documentId, pick);
      announce(text('relatedOfferings.replaced', { name, replaced: replaced.name }));
      onReplaced();
    } else {
      picks.add(pick);
      announce(text('relatedOfferings.added', { name, count: picks.list.length + 1 }));
    }
  };
  const tellPlace = ({ documentId, name }: Hit) =>
    announce(text('relatedOfferings.alreadyPicked', { name, place: picks.list.findIndex((pick) => pick.documentId === documentId) + 1 }));
  const toggle = (hit: Hit) => {
    const { documentId, name } = hit;
    if (!picks.has(documentId)) {
      offerings.learn(hit);
      take(hit);
    } else if (replaced) {
      tellPlace(hit);
    } else {
      picks.remove(documentId);
      announce(text('relatedOfferings.removed', { name, count: picks.list.length - 1 }));
    }
  };
  const focusSearch = useCallback(() => searchBox.current?.focus(), []);
  const startCreating = () => {
    setBefore({ q, filters });
    // The list shows what there is of that name, whatever it was narrowed by.
    setFilters(NO_FILTERS);
  };
  const endCreating = () => {
    setBefore(undefined);
    focusSearch();
  };
  const cancelCreating = () => {
    if (!before || isSaving) return;
    write(before.q);
    setFilters(before.filters);
    endCreating();
  };
  useEffect(() => {
    onCreating(isCreating ? cancelCreating : undefined);
  });
  const takeExisting = (hit: Hit) => {
    if (!picks.has(hit.documentId)) toggle(hit);
    endCreating();
  };
  const onCreated = (offering: Pick) => {
    take(offering);
    pages.reload();
    endCreating();
  };
  const undo = useUndo(picks, announce);
  const undoByKey = (event: KeyboardEvent) => {
    const isUndo = event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const { target } = event;
    const isOfText = target === searchBox.current ? typing.isLast() : target instanceof HTMLInputElement && target.value !== '';
    // What is picked is not to be seen beside the form.
    if (!isUndo || isOfText || isCreating || picks.changes.length === 0) return;
    event.preventDefault();
    undo();
  };

  return (
    <>
      <Columns alignItems="stretch" onKeyDown={undoByKey}>
        <Left direction="column" alignItems="stretch">
          <Controls
            direction="column"
            alignItems="stretch"
            gap={3}
            padding={4}
            borderColor="neutral150"
            borderStyle="solid"
            borderWidth="0 0 1px"
          >
            <Searchbar
              ref={searchBox}
              name="q"
              autoFocus
              autoComplete="off"
              value={q}
              onChange={(event) => {
                setQ(event.target.value);
                typing.onType(event);
              }}
              onClear={() => write('')}
              clearLabel={text('relatedOfferings.clearSearch')}
              placeholder={text('relatedOfferings.searchHint')}
              role="combobox"
              aria-expanded
              aria-autocomplete="list"
              aria-controls={RESULTS_ID}
              aria-activedescendant={active}
              onKeyDown={(event) => results.current?.onKey(event)}
            >
              {text('relatedOfferings.search')}
            </Searchbar>
            <FilterBar
              client={client}
              search={search}
              filters={filters}
              onFilters={setFilters}
              sort={sort}
              onSort={setSort}
              facets={pages.meta?.facets}
            />
            <Flex justifyContent="space-between" gap={2} wrap="wrap">
              <Flex gap={5} wrap="wrap">
                <ResultCount count={pages.failed === 'list' ? undefined : pages.meta?.total} isSearching={isSearching} />
                <MoreFilters filters={filters} onFilters={setFilters} facets={pages.meta?.facets} onCleared={focusSearch} />
              </Flex>
              {creates && !isCreating && (
                <Button variant="ghost" size="S" startIcon={<Plus />} onClick={startCreating}>
                  {text('relatedOfferings.create')}
                </Button>
              )}
            </Flex>
          </Controls>
          <Results
            ref={results}
            pages={pages}
            search={JSON.stringify([words, filters, sort])}
            isSettled={isSettled}
            isSearching={isSearching}
            picks={picks}
            onToggle={toggle}
            onFoundPicked={tellPlace}
            onActive={setActive}
            onCreate={creates && !isCreating ? startCreating : undefined}
            onFocusLost={focusSearch}
          />
        </Left>
        <Right padding={4} background="neutral100">
          {isCreating && creates ? (
            <CreateOffering
              client={client}
              creates={creates}
              name={words}
              onName={write}
              isSaving={isSaving}
              onSaving={setIsSaving}
              isPicked={picks.has}
              onExisting={takeExisting}
              onCreated={onCreated}
              onCancel={cancelCreating}
            />
          ) : (
            <PickedColumn picks={picks} offerings={offerings} announce={announce} onDragging={onDragging} onFocusLost={focusSearch} />
          )}
        </Right>
      </Columns>
      <Footer gap={4}>
        <Typography variant="pi" textColor="neutral600">
          {text(isCreating ? 'relatedOfferings.new.keys' : replaced ? 'relatedOfferings.keys.replace' : 'relatedOfferings.keys')}
        </Typography>
        {/* The form has buttons of its own, and what stands in it must not be lost by this one. */}
        {!isCreating && (
          <Modal.Close>
            <Button>{text('dialog.done')}</Button>
          </Modal.Close>
        )}
      </Footer>
    </>
  );
};

/** Everything there is, searched and filtered, beside what is picked. */
export const BrowseDialog = ({ said, ...props }: Props) => {
  const text = useText();
  const { replaced } = props;
  const isDragging = useRef(false);
  const onDragging = useCallback((is: boolean) => {
    isDragging.current = is;
  }, []);
  const cancelCreating = useRef<() => void>();
  const isListOpen = useRef(false);
  return (
    <Content
      aria-describedby={undefined}
      onKeyDown={keepTabInside}
      // Before the field has the key: afterwards its list is closed, and nothing tells that the key was meant for that.
      onKeyDownCapture={({ target }) => {
        isListOpen.current = (target as Element).matches(`[role=combobox][aria-expanded=true]:not([aria-controls=${RESULTS_ID}])`);
      }}
      // What stands in the form would be lost by a click beside the dialog, and by its cross: that one gives up the form alone.
      onInteractOutside={(event) => {
        if (cancelCreating.current) event.preventDefault();
      }}
      onClickCapture={(event) => {
        if (!cancelCreating.current || !(event.target as Element).closest('[data-part=header] button')) return;
        event.stopPropagation();
        cancelCreating.current();
      }}
      onEscapeKeyDown={(event) => {
        // It ends what is under way first.
        if (!isDragging.current && !isListOpen.current && !cancelCreating.current) return;
        event.preventDefault();
        if (!isDragging.current && !isListOpen.current) cancelCreating.current?.();
      }}
    >
      <Modal.Header data-part="header" closeLabel={text('relatedOfferings.close')}>
        <Modal.Title>
          {replaced ? text('relatedOfferings.replaceName', { name: shorten(replaced.name) }) : text('relatedOfferings.dialog')}
        </Modal.Title>
      </Modal.Header>
      <Browser {...props} onDragging={onDragging} onCreating={(cancel) => (cancelCreating.current = cancel)} />
      <VisuallyHidden>
        <div role="status">{said}</div>
      </VisuallyHidden>
    </Content>
  );
};
