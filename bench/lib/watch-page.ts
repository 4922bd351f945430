import type { Page } from 'playwright-core';

/** What one thing that an editor did cost, in milliseconds. */
export interface Smoothness {
  /** From frame to frame while it went on. */
  frames: number[];
  /** From each key to the paint that shows it. */
  keys: number[];
  /** Tasks that held the page's thread for more than 50. */
  longTasks: number[];
}

interface Watch extends Smoothness {
  stop(): void;
}

declare global {
  interface Window {
    curationWatch: Watch;
  }
}

/** Runs in the page. */
const startWatching = () => {
  const watch: Watch = { frames: [], keys: [], longTasks: [], stop: () => {} };
  let isOn = true;
  let before = performance.now();
  const onFrame = () => {
    const now = performance.now();
    watch.frames.push(now - before);
    before = now;
    if (isOn) requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);

  // The time stamp is of the key itself: what it waited for its turn counts. A message comes after the paint that follows the frame.
  const onKey = ({ timeStamp }: KeyboardEvent) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => watch.keys.push(performance.now() - timeStamp);
      port2.postMessage(null);
    });
  addEventListener('keydown', onKey, true);

  const observer = new PerformanceObserver((list) => watch.longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  watch.stop = () => {
    isOn = false;
    removeEventListener('keydown', onKey, true);
    observer.disconnect();
  };
  window.curationWatch = watch;
};

/** Does something in a page, and tells how smoothly it went for who sat before it. */
export const watchPage = async (page: Page, work: () => Promise<unknown>): Promise<Smoothness> => {
  await page.evaluate(startWatching);
  await work();
  return page.evaluate(() => {
    window.curationWatch.stop();
    const { frames, keys, longTasks } = window.curationWatch;
    return { frames, keys, longTasks };
  });
};
