import type { Host } from '../apply/host';
import { EXIT, UserError } from '../errors';
import { tell } from './output';

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/**
 * Lets a signal end a run between two transactions, where all that is written is whole. Strapi's own way, which this takes the place of, stops
 * in the midst of a run and passes for success.
 *
 * @returns the host through which the run is to write
 */
export const interruptible = (host: Host): Host => {
  let received: keyof typeof CODES | undefined;
  let hasWritten = false;
  for (const signal of Object.keys(CODES) as (keyof typeof CODES)[]) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (!hasWritten || received) {
        tell(hasWritten ? 'Interrupted.' : 'Interrupted. Nothing was written.');
        process.exit(CODES[signal]);
      }
      received = signal;
      tell('Interrupted: the transaction that is under way is finished first. Once more ends at once.');
    });
  }
  return {
    ...host,
    async transaction(work, isRepeatable) {
      if (received) throw new UserError('Interrupted. What was written is whole; run it again for the rest.', CODES[received]);
      hasWritten = true;
      return host.transaction(work, isRepeatable);
    },
  };
};
