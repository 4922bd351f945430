import type { Host } from '../../../../migrations/apply/host';

import { currentSequence, type Sequence } from '../numbering';

/**
 * How far the table has come, asked of the database for each request, because another node may have written. Requests that come in while one
 * question is under way share the next: it is asked after all of them came.
 */
export const createGeneration = (host: Host): (() => Promise<Sequence>) => {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Sequence> | undefined;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        const asked = currentSequence(host);
        running = asked;
        return asked;
      });
    return next;
  };
};
