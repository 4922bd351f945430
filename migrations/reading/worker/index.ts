import { parentPort, workerData } from 'node:worker_threads';

import { fromPortable } from '../../mappings';
import { BatchReader } from '../read-batch';
import type { Answer, Batch, Task } from '../threads';

/** A thread that reads files for an import. */
const { folder, mapping, options } = workerData as Task;
const reader = new BatchReader(folder, fromPortable(mapping), options);

parentPort?.on('message', ({ number, paths }: Batch) => {
  let answer: Answer;
  try {
    answer = { number, readings: reader.read(paths) };
  } catch (error) {
    answer = { number, error };
  }
  parentPort!.postMessage(answer);
});
