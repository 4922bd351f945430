import { useEffect } from 'react';

const ENDS = ['keydown', 'pointerdown', 'click'] as const;

/**
 * Keeps the dialog open while something is written: nobody would be told what came of it. Strapi's dialogs close at Escape, at their cross and at
 * a click beside them, and ask nobody; so none of these gets as far as that.
 */
export const useHeldOpen = (isWriting: boolean): void => {
  useEffect(() => {
    if (!isWriting) return undefined;
    const swallow = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
    };
    for (const type of ENDS) window.addEventListener(type, swallow, true);
    return () => {
      for (const type of ENDS) window.removeEventListener(type, swallow, true);
    };
  }, [isWriting]);
};
