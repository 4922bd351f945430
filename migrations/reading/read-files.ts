import os from 'node:os';
import { setImmediate as breathe } from 'node:timers/promises';

import { portable } from '../mappings';
import type { Mapping } from '../mappings/mapping';
import { inChunks } from '../spool/in-chunks';
import { BatchReader, type FileReading, type ReadingOptions } from './read-batch';
import { readInThreads } from './threads';

/** Files between two moments in which a server can answer others, and that go from one thread to another at once. */
const FILES_AT_A_TIME = 20;
/** To start threads takes as long as to read some hundred files. */
const ENOUGH_FOR_THREADS = 1_000;
/** More of them would wait for the one that takes what they read; that one is counted too. */
const MOST_THREADS = 4;

/**
 * First and second station: reads files, many of them in several threads.
 *
 * @param paths relative to the folder
 * @returns what each of them came to, in their order, a few at a time
 */
export async function* readFiles(
  folder: string,
  paths: readonly string[],
  mapping: Mapping,
  options: ReadingOptions,
): AsyncGenerator<FileReading[]> {
  const batches = [...inChunks(paths, FILES_AT_A_TIME)];
  const reader = new BatchReader(folder, mapping, options);
  const others = Math.min(MOST_THREADS, os.availableParallelism()) - 1;
  const carried = portable(mapping);
  if (carried && others > 0 && paths.length >= ENOUGH_FOR_THREADS) {
    yield* readInThreads({ folder, mapping: carried, options }, reader, batches, others);
    return;
  }
  for (const batch of batches) {
    for (let at = 0; at < batch.length;) {
      await breathe();
      const readings = reader.read(batch.slice(at));
      at += readings.length;
      yield readings;
    }
  }
}
