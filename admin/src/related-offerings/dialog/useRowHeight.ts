import { useSyncExternalStore } from 'react';

import { LOW } from './low';

/** In pixels. Every row is as high as every other: only so can the list know where the ten-thousandth one stands. */
export const HEIGHTS = { tall: 108, low: 88 };

const screen = () => window.matchMedia(LOW.replace('@media ', ''));

const subscribe = (listener: () => void) => {
  const list = screen();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
};

/** How high a result is on the screen that the editor has: on a low one its summary has one line. */
export const useRowHeight = (): number => useSyncExternalStore(subscribe, () => (screen().matches ? HEIGHTS.low : HEIGHTS.tall));
