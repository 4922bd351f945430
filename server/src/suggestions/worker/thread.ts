import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

import type { Answer, Arguments, Method, Reply } from './protocol';

/** As package.json exports it: the built file, wherever the package is installed. */
const MODULE = 'strapi-plugin-curation/suggestions-worker';

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

export interface Thread {
  ask<Name extends Method>(method: Name, ...args: Arguments<Name>): Promise<Answer<Name>>;
  stop(): Promise<void>;
}

/**
 * Starts the thread of the index.
 *
 * @param onEnd called when it ended and nobody stopped it; what it knew is gone
 */
export const startThread = (onEnd: (error: Error) => void): Thread => {
  // Flags such as --require are for the app's own process.
  const worker = new Worker(createRequire(import.meta.url).resolve(MODULE), { execArgv: [], name: 'curation-suggestions' });
  // A command that loads Strapi and ends must not wait for it.
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let isStopped = false;

  const end = (error: Error) => {
    if (isStopped) return;
    isStopped = true;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    onEnd(error);
  };
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => end(new Error(`the thread of the suggestions ended with exit code ${code}`)));
  worker.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) asked?.reject(new Error(reply.error));
    else asked?.resolve(reply.answer);
  });

  return {
    ask: (method, ...args) =>
      new Promise((resolve, reject) => {
        if (isStopped) {
          reject(new Error('the thread of the suggestions has ended'));
          return;
        }
        last += 1;
        waiting.set(last, { resolve: resolve as Waiting['resolve'], reject });
        worker.postMessage({ id: last, method, args });
      }),
    async stop() {
      isStopped = true;
      for (const { reject } of waiting.values()) reject(new Error('Strapi is stopping'));
      waiting.clear();
      await worker.terminate();
    },
  };
};
