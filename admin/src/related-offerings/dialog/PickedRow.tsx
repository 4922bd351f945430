import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross, Drag } from '@strapi/icons';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import type { KeyboardEvent } from 'react';
import { styled } from 'styled-components';

import type { Offering } from '../../../../server/src/contracts/picker';
import { TwoLines } from '../../texts/TwoLines';
import { useText } from '../../texts/useText';
import { OfferingFacts } from '../panel/OfferingFacts';
import type { Pick } from '../picks/value';

const Row = styled(Flex)<{ $isUp: boolean }>`
  position: relative;
  z-index: ${({ $isUp }) => ($isUp ? 1 : 'auto')};
  box-shadow: ${({ theme, $isUp }) => ($isUp ? theme.shadows.popupShadow : 'none')};
`;

const Handle = styled(IconButton)`
  cursor: grab;
  touch-action: none;
`;

interface Props {
  pick: Pick;
  offering: Offering | undefined;
  /** It was deleted since it was picked. */
  isGone: boolean;
  place: number;
  total: number;
  /** The keys have taken it up. */
  isLifted: boolean;
  /** A key that moves it. Answers true where it did. */
  onKey(event: KeyboardEvent): boolean;
  onMove(by: number): void;
  onRemove(): void;
}

/** A picked offering that can be moved: dragged by its handle, or with the keys while the handle has the focus. */
export const PickedRow = ({ pick, offering, isGone, place, total, isLifted, onKey, onMove, onRemove }: Props) => {
  const text = useText();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging, isSorting, newIndex } = useSortable({
    id: pick.documentId,
    attributes: { roleDescription: text('relatedOfferings.drag.role') },
  });
  const name = offering?.name ?? pick.name;
  const isUp = isDragging || isLifted;

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by !== undefined && event.altKey && !isLifted) {
      event.preventDefault();
      onMove(by);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      onRemove();
    } else if (onKey(event)) event.preventDefault();
  };

  return (
    <Row
      ref={setNodeRef}
      tag="li"
      $isUp={isUp}
      gap={1}
      padding={2}
      hasRadius
      background="neutral0"
      borderColor={isUp ? 'primary600' : 'neutral200'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <Handle
        {...attributes}
        {...listeners}
        aria-pressed={isUp || undefined}
        ref={setActivatorNodeRef}
        data-handle={pick.documentId}
        variant="ghost"
        size="XS"
        withTooltip={false}
        label={text('relatedOfferings.moveName', { name, place, total })}
        onKeyDown={onKeyDown}
      >
        <Drag />
      </Handle>
      <Typography variant="pi" textColor="neutral600" aria-hidden style={{ fontVariantNumeric: 'tabular-nums' }}>
        {/* As it is seen while another one, or this one, is dragged past. */}
        {isSorting ? newIndex + 1 : place}
      </Typography>
      <Box flex="1" minWidth={0} paddingLeft={1}>
        <Typography tag="p" textColor="neutral800">
          <TwoLines>{name}</TwoLines>
        </Typography>
        {offering && <OfferingFacts {...offering} />}
        {isGone && (
          <Typography variant="pi" textColor="danger600" tag="p">
            {text('relatedOfferings.gone')}
          </Typography>
        )}
      </Box>
      <IconButton variant="ghost" size="XS" withTooltip={false} label={text('relatedOfferings.remove', { name })} onClick={onRemove}>
        <Cross />
      </IconButton>
    </Row>
  );
};
