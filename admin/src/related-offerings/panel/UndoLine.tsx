import { TextButton } from '@strapi/design-system';
import { ClockCounterClockwise } from '@strapi/icons';

import { useText } from '../../texts/useText';
import type { Picks } from '../picks/usePicks';

/** Takes back the last change of the picked offerings; shown while there is one that is not saved. */
export const UndoLine = ({ picks, announce }: { picks: Picks; announce(message: string): void }) => {
  const text = useText();
  if (!picks.canUndo) return null;
  const undo = () => {
    picks.undo();
    announce(text('relatedOfferings.undone'));
  };
  return (
    <TextButton startIcon={<ClockCounterClockwise />} onClick={undo}>
      {text('relatedOfferings.undo')}
    </TextButton>
  );
};
