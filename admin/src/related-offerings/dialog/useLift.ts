import { useEffect, useState, type KeyboardEvent } from 'react';

import { useText } from '../../texts/useText';
import type { Picks } from '../picks/usePicks';
import type { Pick } from '../picks/value';

/** What the keys have taken up, and the places from which and to which it goes. */
interface Lifted {
  documentId: string;
  from: number;
  to: number;
}

interface Props {
  picks: Picks;
  announce(message: string): void;
  /** Told when something is taken up, and when it is down again. The same function each time. */
  onLifted(isLifted: boolean): void;
  /** Told when an offering gets another place in the list that is shown. */
  onPlaced(pick: Pick, place: number): void;
}

/**
 * Moves a picked offering by keys alone: Space takes it up, arrows move it, Space puts it down, Escape puts it back. What is written down is one
 * move, when it is over.
 *
 * Not by the sensor of the library that drags: that measures the list first, and a key that is pressed before it is done with that is lost.
 */
export const useLift = ({ picks, announce, onLifted, onPlaced }: Props) => {
  const text = useText();
  const [taken, setTaken] = useState<Lifted>();
  const { list } = picks;
  const { length: total } = list;
  // Something else may have changed the list since.
  const lifted = taken && list[taken.from]?.documentId === taken.documentId ? taken : undefined;
  if (taken && !lifted) setTaken(undefined);
  const isLifted = lifted !== undefined;

  useEffect(() => {
    if (!isLifted) return;
    onLifted(true);
    return () => onLifted(false);
  }, [isLifted, onLifted]);

  const tell = (what: 'grabbed' | 'over' | 'dropped' | 'cancelled', { name }: Pick, at: number) =>
    announce(text(`relatedOfferings.drag.${what}`, { name, place: at + 1, total }));

  const putDown = (pick: Pick, { from, to }: Lifted) => {
    setTaken(undefined);
    tell('dropped', pick, to);
    if (to !== from) picks.move(pick.documentId, to);
  };

  return {
    lifted,
    /** The list as it is while something is up. */
    shown: lifted ? list.toSpliced(lifted.from, 1).toSpliced(lifted.to, 0, list[lifted.from]!) : list,
    /** @returns true where the key meant something here */
    onKey(event: KeyboardEvent, pick: Pick, at: number): boolean {
      const own = lifted?.documentId === pick.documentId ? lifted : undefined;
      const isSwitch = event.key === ' ' || event.key === 'Enter';
      if (!own) {
        if (!isSwitch) return false;
        setTaken({ documentId: pick.documentId, from: at, to: at });
        tell('grabbed', pick, at);
        return true;
      }
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by !== undefined) {
        const to = own.to + by;
        if (to < 0 || to >= total) return true;
        setTaken({ ...own, to });
        onPlaced(pick, to);
        tell('over', pick, to);
        return true;
      }
      if (event.key === 'Escape') {
        setTaken(undefined);
        onPlaced(pick, own.from);
        tell('cancelled', pick, own.from);
        return true;
      }
      if (isSwitch || event.key === 'Tab') putDown(pick, own);
      return isSwitch;
    },
  };
};
