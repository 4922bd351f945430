import { useEffect, useRef } from 'react';

/**
 * Acts on what a search found: at once where it is there, else as soon as it is, unless something else is searched for by then.
 *
 * @param search tells one search from the next
 */
export const useWhenSettled = (isSettled: boolean, search: string, act: () => void): (() => void) => {
  const awaited = useRef<string>();
  useEffect(() => {
    if (!isSettled) return;
    const isDue = awaited.current === search;
    awaited.current = undefined;
    if (isDue) act();
  });
  return () => {
    if (isSettled) act();
    else awaited.current = search;
  };
};
