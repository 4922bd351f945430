import { useEffect, useRef, type RefObject } from 'react';

/**
 * Puts the focus on an element once it is there, and again whenever the occasion changes: what had the focus is gone then, and keys would go
 * nowhere.
 */
export const useFocus = <E extends HTMLElement>(occasion?: unknown): RefObject<E> => {
  const element = useRef<E>(null);
  useEffect(() => {
    // After the dialog has put the focus on its first button: only from then on does it keep it from the menu that it was opened by.
    const timer = setTimeout(() => element.current?.focus());
    return () => clearTimeout(timer);
  }, [occasion]);
  return element;
};
