import { createRequire } from 'node:module';
import { setImmediate as breathe } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import type { PortableMapping } from '../mappings';
import type { BatchReader, FileReading, ReadingOptions } from './read-batch';

/** As package.json exports it: the built file, wherever the package is installed. */
const MODULE = 'strapi-plugin-curation/reading-worker';
/** Batches that one thread has ahead of it, so that it need not wait for the next. */
const AHEAD = 2;

/** What a thread is started with. */
export interface Task {
  folder: string;
  mapping: PortableMapping;
  options: ReadingOptions;
}

export interface Batch {
  number: number;
  paths: readonly string[];
}

/** With fewer readings than the batch has paths, the rest is still to be read. */
export type Answer = { number: number; readings: FileReading[] } | { number: number; error: unknown };

/**
 * Reads files in several threads, this one among them wherever it would wait for the others. No more is in memory than what each has ahead of
 * it.
 *
 * @param own reads here
 * @param threads how many there are besides
 * @returns what the files came to, in the order of the batches; of a batch with large files, in parts
 * @throws what a thread throws, or an error where one ends early
 */
export async function* readInThreads(
  task: Task,
  own: BatchReader,
  batches: readonly (readonly string[])[],
  threads: number,
): AsyncGenerator<FileReading[]> {
  const file = createRequire(import.meta.url).resolve(MODULE);
  const answers = new Map<number, Answer>();
  let failure: Error | undefined;
  let wake = () => {};
  /** The first batch that nobody has, and the first that nobody may have yet. */
  let [next, end] = [0, 0];

  // Flags such as --require are for the app's own process.
  const workers = Array.from({ length: threads }, () => ({
    thread: new Worker(file, { execArgv: [], name: 'curation-reading', workerData: task }),
    waiting: 0,
  }));
  const send = (worker: (typeof workers)[number]) => {
    for (; worker.waiting < AHEAD && next < end; worker.waiting += 1) {
      worker.thread.postMessage({ number: next, paths: batches[next]! } satisfies Batch);
      next += 1;
    }
  };
  for (const worker of workers) {
    worker.thread.on('message', (answer: Answer) => {
      answers.set(answer.number, answer);
      worker.waiting -= 1;
      send(worker);
      wake();
    });
    const fail = (error: Error) => {
      failure ??= error;
      wake();
    };
    worker.thread.on('error', fail);
    worker.thread.on('exit', (code) => fail(new Error(`a thread that reads files ended with exit code ${code}`)));
  }

  const receive = async (number: number): Promise<FileReading[]> => {
    while (!answers.has(number) && !failure) {
      if (next < end) {
        const mine = next++;
        answers.set(mine, { number: mine, readings: own.read(batches[mine]!) });
        await breathe();
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    const answer = answers.get(number);
    if (!answer) throw failure!;
    if ('error' in answer) throw answer.error;
    answers.delete(number);
    return answer.readings;
  };
  try {
    for (const [number, batch] of batches.entries()) {
      end = Math.min(batches.length, number + (threads + 1) * AHEAD);
      workers.forEach(send);
      for (let at = 0; at < batch.length;) {
        const readings = at === 0 ? await receive(number) : own.read(batch.slice(at));
        at += readings.length;
        yield readings;
        if (at < batch.length) await breathe();
      }
    }
  } finally {
    await Promise.all(workers.map(({ thread }) => thread.terminate()));
  }
}
