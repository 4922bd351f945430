import type { KeyboardEvent } from 'react';

const STOPS = 'a[href], button, input, select, textarea, [tabindex]';

const isStop = (element: HTMLElement) => element.tabIndex >= 0 && !element.matches(':disabled') && element.getClientRects().length > 0;

/** Goes from the last stop of a dialog to its first, and back: the dialog's own way rests for as long as a choosing field lives that came after it. */
export const keepTabInside = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'Tab') return;
  const { currentTarget: dialog, shiftKey: isBack } = event;
  const stops = [...dialog.querySelectorAll<HTMLElement>(STOPS)].filter(isStop);
  const [end, beginning] = isBack ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  const { activeElement } = document;
  if (activeElement !== end && !(isBack && activeElement === dialog)) return;
  event.preventDefault();
  beginning?.focus();
};
