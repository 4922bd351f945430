import { useAuth } from '@strapi/strapi/admin';
import { useSyncExternalStore } from 'react';

interface Change {
  /** Who made it: somebody else may log in in the same window. */
  user: number | string | undefined;
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

/** The last change of many stories that the editor made in this window and did not take back. */
export const useLastChange = (): Change | null => {
  const change = useSyncExternalStore(subscribe, () => last);
  const user = useAuth('LastChange', (auth) => auth.user?.id);
  return change?.user === user ? change : null;
};
