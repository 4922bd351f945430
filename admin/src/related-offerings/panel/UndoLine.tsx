import { TextButton } from '@strapi/design-system';
import { ClockCounterClockwise } from '@strapi/icons';
import { useEffect, useRef } from 'react';

import { useText } from '../../texts/useText';
import type { Picks } from '../picks/usePicks';
import { useUndo } from '../picks/useUndo';

interface Props {
  picks: Picks;
  announce(message: string): void;
  /** It took back the last there was and goes, and the focus needs another place. */
  onFocusLost(): void;
}

/** Takes back the last change of the picked offerings; shown while there is one that is not saved. */
export const UndoLine = ({ picks, announce, onFocusLost }: Props) => {
  const text = useText();
  const undo = useUndo(picks, announce);
  const isUsed = useRef(false);
  const canUndo = picks.changes.length > 0;
  // Not a layout effect: what gets the focus may stand further down, and its ref would not be set yet.
  useEffect(() => {
    if (isUsed.current && !canUndo) onFocusLost();
    isUsed.current = false;
  });
  if (!canUndo) return null;
  return (
    <TextButton
      startIcon={<ClockCounterClockwise />}
      onClick={() => {
        isUsed.current = true;
        undo();
      }}
    >
      {text('undo.button')}
    </TextButton>
  );
};
