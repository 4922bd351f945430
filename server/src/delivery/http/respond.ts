import type { CurationConfig } from '../../config';
import type { Recipe } from '../answers/answer';
import type { Sequence } from '../numbering';

import type { AnswerCache } from './answer-cache';
import type { Context } from './context';
import { isWorthEncoding, preferredEncoding, type Encoding } from './encodings';
import { isFresh, lastModifiedOf } from './freshness';

interface Sending {
  cache: AnswerCache;
  sequence: Sequence;
  /** See caller-history.ts. */
  since: number;
  config: CurationConfig['delivery'];
  type?: string;
}

/** Who came without a token or a login: what the public sees may be kept by caches between here and there. */
const isAnonymous = ({ state, headers }: Context): boolean => {
  const { credentials } = (state.auth ?? {}) as { credentials?: unknown };
  return !credentials && headers.authorization === undefined;
};

const cacheControl = (ctx: Context, { isOneOff }: Recipe, { maxAge, staleWhileRevalidate }: CurationConfig['delivery']): string => {
  if (!isAnonymous(ctx)) return 'private, no-cache';
  return isOneOff ? 'public, no-cache' : `public, max-age=${maxAge}, stale-while-revalidate=${staleWhileRevalidate}`;
};

const encodingOf = (ctx: Context, bytes: number): Encoding =>
  isWorthEncoding(bytes) ? preferredEncoding(ctx.get('Accept-Encoding')) : 'identity';

/** Sends an answer as caches want it, or says that the client has it. Where there is no such entry it is a 404. */
export const respond = async (ctx: Context, recipe: Recipe, { cache, sequence, since, config, type }: Sending): Promise<void> => {
  const conditions = { ifNoneMatch: ctx.get('If-None-Match') || undefined, ifModifiedSince: ctx.get('If-Modified-Since') || undefined };
  ctx.vary('Authorization');
  ctx.vary('Accept-Encoding');
  if (conditions.ifNoneMatch) {
    const etag = await cache.etag(recipe, sequence);
    if (etag !== undefined && isFresh(conditions, etag, 0)) {
      ctx.set('Cache-Control', cacheControl(ctx, recipe, config));
      ctx.set('ETag', conditions.ifNoneMatch.includes(`"${etag}`) ? namedTag(conditions.ifNoneMatch, etag) : `"${etag}"`);
      ctx.status = 304;
      return;
    }
  }
  const ready = await cache.answer(recipe, sequence);
  if (!ready) {
    ctx.set('Cache-Control', 'no-store');
    ctx.notFound();
    return;
  }
  const encoding = encodingOf(ctx, ready.body.length);
  ctx.set('ETag', `"${ready.etag}${encoding === 'identity' ? '' : `-${encoding}`}"`);
  ctx.set('Last-Modified', lastModifiedOf(ready.changedAt, Date.now(), since).toUTCString());
  ctx.set('Cache-Control', cacheControl(ctx, recipe, config));
  ctx.set(ready.tagHeaders);
  if (isFresh(conditions, ready.etag, ready.changedAt, since)) {
    ctx.status = 304;
    return;
  }
  ctx.status = 200;
  ctx.type = type ?? 'application/json; charset=utf-8';
  // Strapi's own compression would send other bytes under the same ETag.
  ctx.compress = false;
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
  ctx.body = await cache.encoded(ready, encoding);
};

/** The tag as the client sent it, encoding included: that is the copy it may go on using. */
function namedTag(ifNoneMatch: string, etag: string): string {
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].map(([tag]) => tag).find((tag) => tag.startsWith(`"${etag}`))!;
}
