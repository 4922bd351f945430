import { useText } from '../../texts/useText';

import type { Picks } from './usePicks';

/** Takes back the last change of the picked offerings and says which: twice the same text would be announced once. */
export const useUndo = ({ changes, undo }: Picks, announce: (message: string) => void): (() => void) => {
  const text = useText();
  return () => {
    const last = changes.at(-1);
    if (!last) return;
    undo();
    announce(text(`relatedOfferings.undone.${last.kind}`, { name: last.name, place: last.place }));
  };
};
