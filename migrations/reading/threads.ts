import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

import type { PortableMapping } from '../mappings';
import type { FileReading, ReadingOptions } from './read-batch';

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

/** With fewer readings than the batch has paths, the rest has to be asked for. */
export type Answer = { number: number; readings: FileReading[] } | { number: number; error: unknown };

/**
 * Reads files in several threads. No more is in memory than what the threads have ahead of them.
 *
 * @returns what the files came to, in the order of the batches; of a batch with large files, in parts
 * @throws what a thread throws, or an error where one ends early
 */
export async function* readInThreads(task: Task, batches: readonly (readonly string[])[], threads: number): AsyncGenerator<FileReading[]> {
  const file = createRequire(import.meta.url).resolve(MODULE);
  const answers = new Map<number, Answer>();
  let failure: Error | undefined;
  let wake = () => {};
  // Flags such as --require are for the app's own process.
  const workers = Array.from({ length: threads }, () => new Worker(file, { execArgv: [], name: 'curation-reading', workerData: task }));
  for (const worker of workers) {
    worker.on('message', (answer: Answer) => {
      answers.set(answer.number, answer);
      wake();
    });
    const fail = (error: Error) => {
      failure ??= error;
      wake();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`a thread that reads files ended with exit code ${code}`)));
  }

  const send = (number: number, paths = batches[number]) => {
    if (paths) workers[number % threads]!.postMessage({ number, paths } satisfies Batch);
  };
  const receive = async (number: number): Promise<FileReading[]> => {
    while (!answers.has(number) && !failure) await new Promise<void>((resolve) => (wake = resolve));
    const answer = answers.get(number);
    if (!answer) throw failure!;
    if ('error' in answer) throw answer.error;
    answers.delete(number);
    return answer.readings;
  };
  try {
    for (let number = 0; number < threads * AHEAD; number += 1) send(number);
    for (const [number, batch] of batches.entries()) {
      for (let at = 0; at < batch.length;) {
        const readings = await receive(number);
        at += readings.length;
        if (at < batch.length) send(number, batch.slice(at));
        else send(number + threads * AHEAD);
        yield readings;
      }
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
