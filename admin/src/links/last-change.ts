import { useSyncExternalStore } from 'react';

interface Change {
  /** By which it can be taken back. */
  run: number;
  stories: number;
}

let last: Change | null = null;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const set = (change: Change | null): void => {
  last = change;
  for (const listener of listeners) listener();
};

/** Remembered outside of the dialog that made it, for that is closed with its report by one Escape. */
export const rememberChange: (change: Change) => void = set;

/** It is taken back. */
export const forgetChange = (run: number): void => {
  if (last?.run === run) set(null);
};

/** The last change of many stories that was made in this window and not taken back. */
export const useLastChange = (): Change | null => useSyncExternalStore(subscribe, () => last);
