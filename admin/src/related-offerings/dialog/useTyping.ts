import { useEffect, useRef, type ChangeEvent } from 'react';

/** Tells what was done last, so that it is what Ctrl+Z takes back: a change of the picks, or one of the text in the search box. */
export const useTyping = (changes: number) => {
  /** How many changes of the picks are older than the text. */
  const older = useRef(0);
  useEffect(() => {
    older.current = Math.min(older.current, changes);
  });
  return {
    onType({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) {
      const isTakenBack = (nativeEvent as InputEvent).inputType === 'historyUndo' && target.value === '';
      older.current = isTakenBack ? 0 : changes;
    },
    /** The browser can take back nothing of a text that a script wrote. */
    onWritten() {
      older.current = 0;
    },
    isLast: () => older.current === changes,
  };
};
