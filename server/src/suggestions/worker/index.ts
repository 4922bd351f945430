import { parentPort } from 'node:worker_threads';
import v8 from 'node:v8';

import { Engine } from '../index/engine';
import type { Question, Reply } from './protocol';

/** The thread in which the index lives: what it computes holds nobody else's requests up. */
const engine = new Engine();

/** Of this thread alone. */
const bytes = (): number => {
  const { used_heap_size: heap, external_memory: external } = v8.getHeapStatistics();
  return heap + external;
};

const answer = ({ method, args }: Question): unknown => {
  if (method === 'bytes') return bytes();
  return (engine[method] as (...args: unknown[]) => unknown)(...args);
};

parentPort?.on('message', (question: Question) => {
  let reply: Reply;
  try {
    reply = { id: question.id, answer: answer(question) };
  } catch (error) {
    reply = { id: question.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort!.postMessage(reply);
});
