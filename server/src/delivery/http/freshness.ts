/** What a client already has: the ETags that it names, or the date. */
export interface Conditions {
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
}

const SECOND = 1_000;
/** Changes that follow each other within one second share a date, and the clocks of two nodes differ by somewhat less than this. */
const SETTLING = 5 * SECOND;

const TAG = /(?:W\/)?"([^"]*)"/g;

/** An ETag names one encoding of an answer; which one makes no difference to whether it is the latest. */
const withoutEncoding = (tag: string): string => tag.replace(/-(?:br|gzip)$/, '');

/** The second at whose end a change is over: who asked before may have got what was there before it. */
const secondOf = (changedAt: number): number => Math.ceil(changedAt / SECOND) * SECOND;

/**
 * The date that is sent with an answer. While another change may still get the same date, it is one with which the answer is sent once more.
 *
 * @param since when the caller was first answered so; see caller-history.ts
 */
export const lastModifiedOf = (changedAt: number, now: number, since = 0): Date => {
  const second = secondOf(changedAt);
  return new Date(Math.max(since, second + SETTLING <= now ? second : second - SECOND));
};

/** True where the client has this answer already. ETags count before dates, which tell seconds apart and no more. */
export const isFresh = ({ ifNoneMatch, ifModifiedSince }: Conditions, etag: string, changedAt: number, since = 0): boolean => {
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch.trim() === '*' || [...ifNoneMatch.matchAll(TAG)].some(([, tag]) => withoutEncoding(tag!) === etag);
  }
  const date = Date.parse(ifModifiedSince ?? '');
  return Number.isFinite(date) && Math.max(secondOf(changedAt), since) <= date;
};
