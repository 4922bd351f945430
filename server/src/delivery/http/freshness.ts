/** What a client already has: the ETags that it names, or the date. */
export interface Conditions {
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
}

const TAG = /(?:W\/)?"([^"]*)"/g;

/** An ETag names one encoding of an answer; which one makes no difference to whether it is the latest. */
const withoutEncoding = (tag: string): string => tag.replace(/-(?:br|gzip)$/, '');

/** True where the client has this answer already. ETags count before dates, which cannot tell two changes of one second apart. */
export const isFresh = ({ ifNoneMatch, ifModifiedSince }: Conditions, etag: string, changedAt: number): boolean => {
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch.trim() === '*' || [...ifNoneMatch.matchAll(TAG)].some(([, tag]) => withoutEncoding(tag!) === etag);
  }
  const since = Date.parse(ifModifiedSince ?? '');
  return Number.isFinite(since) && Math.floor(changedAt / 1_000) * 1_000 <= since;
};
