import { setImmediate as everyoneHasAsked } from 'node:timers/promises';

/**
 * Lets callers that come while one answer is under way, or within the same turn of the event loop, share the next: it is asked for after all of
 * them came, so none gets one that is older than its question.
 */
export const shareNext = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  const askForAll = async (): Promise<T> => {
    await running.catch(() => undefined);
    // SQLite answers within the turn: each request would be over before the next one is looked at.
    await everyoneHasAsked();
    next = undefined;
    const asked = ask();
    running = asked;
    return asked;
  };
  return () => (next ??= askForAll());
};
