import { Button } from '@strapi/design-system';
import { ClockCounterClockwise } from '@strapi/icons';
import { useLocation } from 'react-router-dom';

import { UIDS } from '../../../content-types/uids';
import { useUndoRun } from '../requests/useUndoRun';
import { useText } from '../texts/useText';

import { forgetChange, useLastChange } from './last-change';

/** Above the list of stories: takes back the last change of many of them, whose report may be closed by now. */
export const UndoLast = () => {
  const text = useText();
  const { pathname } = useLocation();
  const change = useLastChange();
  const { undo, isUndoing } = useUndoRun(forgetChange);
  if (!change || !pathname.endsWith(`/${UIDS['curated-content']}`)) return null;
  return (
    <Button size="S" variant="tertiary" startIcon={<ClockCounterClockwise />} loading={isUndoing} onClick={() => void undo(change.run)}>
      {text('links.undoLast', { count: change.stories })}
    </Button>
  );
};
