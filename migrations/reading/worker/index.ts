import { parentPort, workerData } from 'node:worker_threads';

import { fromPortable } from '../../mappings';
import { BatchReader } from '../read-batch';
import type { Answer, Batch, Task } from '../threads';

/** A thread that reads files for an import. */
const { folder, mapping, options } = workerData as Task;
const reader = new BatchReader(folder, fromPortable(mapping), options);

parentPort?.on('message', ({ number, paths }: Batch) => {
  try {
    const readings = reader.read(paths);
    const bytes = readings.find(({ record }) => record)?.record!.content.buffer as ArrayBuffer | undefined;
    parentPort!.postMessage({ number, readings } satisfies Answer, bytes ? [bytes] : []);
  } catch (error) {
    parentPort!.postMessage({ number, error } satisfies Answer);
  }
});
