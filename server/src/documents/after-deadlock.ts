import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

const ATTEMPTS = 8;
const PAUSE_MS = 20;

const attempts = new AsyncLocalStorage<number>();

/** MySQL and MariaDB, then PostgreSQL. */
export const isDeadlock = (error: unknown): boolean =>
  ['ER_LOCK_DEADLOCK', '40P01'].includes(String((error as { code?: unknown } | null)?.code));

/**
 * Makes a write again that a database chose to give up. InnoDB does so to most of the parallel requests that want one key, before it can
 * tell them that it is taken: each holds the lock that the others wait for. Inside an outer transaction nothing is left to go on with.
 */
export const againAfterDeadlock = async <T>(strapi: Core.Strapi, write: () => Promise<T>, again: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    const attempt = attempts.getStore() ?? 0;
    if (!isDeadlock(error) || attempt === ATTEMPTS || strapi.db.inTransaction()) throw error;
    await wait(Math.random() * PAUSE_MS * 2 ** attempt);
    return attempts.run(attempt + 1, again);
  }
};
