import { closestCenter, DndContext, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Flex, Typography } from '@strapi/design-system';
import { memo, useLayoutEffect, useRef } from 'react';
import { styled } from 'styled-components';

import { useText } from '../../texts/useText';
import { UndoLine } from '../panel/UndoLine';
import type { Offerings } from '../picks/useOfferings';
import type { Picks } from '../picks/usePicks';
import type { Pick } from '../picks/value';

import { PickedRow } from './PickedRow';
import { useLift } from './useLift';
import { useSortableTexts } from './useSortableTexts';

/** So far must the pointer go before a press is a drag. */
const DRAG_STARTS = { distance: 4 };

const List = styled.ol`
  display: flex;
  flex: 1;
  flex-direction: column;
  gap: ${({ theme }) => theme.spaces[1]};
  min-height: 0;
  overflow: hidden auto;
  padding: 2px;
`;

interface Props {
  picks: Picks;
  offerings: Offerings;
  announce(message: string): void;
  /** Escape then puts the offering back where it was, and must not close the dialog. The same function each time. */
  onDragging(isDragging: boolean): void;
  /** What had the focus goes, and nothing takes its place. */
  onFocusLost(): void;
}

/** The picked offerings in the dialog, in order. Not made again while somebody types or scrolls beside them. */
export const PickedColumn = memo(({ picks, offerings, announce, onDragging, onFocusLost }: Props) => {
  const text = useText();
  const { list } = picks;
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: DRAG_STARTS }));
  const accessibility = useSortableTexts(list);

  const element = useRef<HTMLOListElement>(null);
  /** What was moved or removed, and the place whose handle gets the focus once the list shows it: React takes it away with the element. */
  const changed = useRef<{ documentId: string; place: number; isRemoved: boolean }>();
  const onPlaced = ({ documentId }: Pick, place: number) => {
    changed.current = { documentId, place, isRemoved: false };
  };
  const { lifted, shown, onKey } = useLift({ picks, announce, onLifted: onDragging, onPlaced });
  useLayoutEffect(() => {
    if (!changed.current) return;
    const { documentId, place, isRemoved } = changed.current;
    const at = shown.findIndex((pick) => pick.documentId === documentId);
    if (isRemoved ? at !== -1 : at !== place) return;
    changed.current = undefined;
    const handles = element.current?.querySelectorAll<HTMLButtonElement>('[data-handle]') ?? [];
    const next = handles[Math.min(place, handles.length - 1)];
    if (next) {
      next.focus();
      // What has the focus already is not brought into sight with it.
      next.closest('li')!.scrollIntoView({ block: 'nearest' });
    } else onFocusLost();
  });

  const move = (pick: Pick, to: number) => {
    if (to < 0 || to >= list.length) return;
    onPlaced(pick, to);
    picks.move(pick.documentId, to);
    announce(text('relatedOfferings.drag.dropped', { name: pick.name, place: to + 1, total: list.length }));
  };
  const remove = (pick: Pick, at: number) => {
    changed.current = { documentId: pick.documentId, place: at, isRemoved: true };
    picks.remove(pick.documentId);
    announce(text('relatedOfferings.removed', { name: pick.name, count: list.length - 1 }));
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    onDragging(false);
    const to = list.findIndex(({ documentId }) => documentId === over?.id);
    if (to !== -1) picks.move(String(active.id), to);
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={3} height="100%" minHeight={0}>
      <Flex justifyContent="space-between" minHeight="2rem">
        <Typography variant="sigma" tag="h3" textColor="neutral600">
          {text('relatedOfferings.pickedCount', { count: list.length })}
        </Typography>
        <UndoLine picks={picks} announce={announce} onFocusLost={onFocusLost} />
      </Flex>
      {list.length === 0 ? (
        <Typography variant="pi" textColor="neutral600">
          {text('relatedOfferings.noneInDialog')}
        </Typography>
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={closestCenter}
          accessibility={accessibility}
          onDragStart={() => onDragging(true)}
          onDragEnd={onDragEnd}
          onDragCancel={() => onDragging(false)}
        >
          <SortableContext items={shown.map(({ documentId }) => documentId)} strategy={verticalListSortingStrategy}>
            <List ref={element} aria-label={text('relatedOfferings.picked')}>
              {shown.map((pick, at) => (
                <PickedRow
                  key={pick.documentId}
                  pick={pick}
                  offering={offerings.get(pick.documentId)}
                  isGone={offerings.isGone(pick.documentId)}
                  place={at + 1}
                  total={list.length}
                  isLifted={pick.documentId === lifted?.documentId}
                  onKey={(event) => onKey(event, pick, at)}
                  onMove={(by) => move(pick, at + by)}
                  onRemove={() => remove(pick, at)}
                />
              ))}
            </List>
          </SortableContext>
        </DndContext>
      )}
    </Flex>
  );
});
PickedColumn.displayName = 'PickedColumn';
