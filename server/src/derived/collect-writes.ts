import { AsyncLocalStorage } from 'node:async_hooks';

import type { Core } from '@strapi/strapi';

import { CONTENT_TYPES, type ContentType } from '../../../content-types';
import { againAfterDeadlock } from '../documents/after-deadlock';

import { derivedOf } from '.';

type Written = Map<ContentType, Set<string>>;

/** A call that writes, and what it has written. It ends before all that it set off: an app may write behind it, and nobody waits for that. */
interface Call {
  written: Written | undefined;
}

const calls = new AsyncLocalStorage<Call>();
const collected = (): Written | undefined => calls.getStore()?.written;

/** Refreshes what follows from entries that were written: when the call that writes them is done, or at once where there is none. */
export const noteWritten = async (strapi: Core.Strapi, type: ContentType, documentIds: readonly string[]): Promise<void> => {
  const written = collected();
  if (!written) {
    const refresh = async () => {
      await strapi.db.transaction(({ trx }) => derivedOf(strapi).refresh(trx, { type, documentIds }));
    };
    const refreshOrAgain = (): Promise<void> => againAfterDeadlock(strapi, refresh, refreshOrAgain);
    return refreshOrAgain();
  }
  const known = written.get(type) ?? new Set<string>();
  documentIds.forEach((documentId) => known.add(documentId));
  written.set(type, known);
};

/**
 * Makes a call and the refresh of all that it wrote one transaction. A call writes an entry row by row, many times over; what follows from it
 * is made once, at its end.
 */
export const refreshingOnce = async <T>(strapi: Core.Strapi, call: () => Promise<T>): Promise<T> => {
  if (collected()) return call();
  return strapi.db.transaction(async ({ trx }) => {
    const written: Written = new Map();
    const own: Call = { written };
    const result = await calls.run(own, call).finally(() => (own.written = undefined));
    for (const type of CONTENT_TYPES) {
      const documentIds = [...(written.get(type) ?? [])];
      await derivedOf(strapi).refresh(trx, { type, documentIds });
    }
    return result;
  }) as Promise<T>;
};
