import { LRUCache } from 'lru-cache';

import type { Rights } from '../answers/rights';

import type { Context } from './context';

/** Tokens and people. Who is forgotten is answered once more in full. */
const KEPT = 10_000;
const SECOND = 1_000;

/**
 * Since when each caller has had the rights that it has, as far as this process knows: an answer is another one where they are others, or where
 * another process with another configuration gave it, and no date of a story tells that.
 */
export class CallerHistory {
  private readonly known = new LRUCache<string, { rights: Rights; since: number }>({ max: KEPT });

  /** @returns milliseconds since 1970, a whole second */
  since({ state }: Context, rights: Rights, now: number): number {
    const { strategy, credentials } = (state.auth ?? {}) as { strategy?: { name?: string }; credentials?: { id?: unknown } | null };
    const caller = `${strategy?.name ?? ''} ${String(credentials?.id ?? '')}`;
    const before = this.known.get(caller);
    if (before && before.rights.topics === rights.topics && before.rights.offerings === rights.offerings) return before.since;
    const since = Math.floor(now / SECOND) * SECOND;
    this.known.set(caller, { rights, since });
    return since;
  }
}
