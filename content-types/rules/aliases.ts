import { isBlank } from './blank';
import { pathKey, sitePath } from './site-path';

/** What an entry's `aliases` says: one path or a list of them. A blank text means none, as everywhere. */
export const aliasesOf = (aliases: unknown): unknown[] => {
  if (Array.isArray(aliases)) return aliases;
  return isBlank(aliases) ? [] : [aliases];
};

export type Alias = { path: string; key: string } | { problem: string; isForeign?: true };

/** One alias as a path of the site, or why it cannot lead anywhere. */
export const readAlias = (value: unknown, isOwnHost?: (host: string) => boolean): Alias => {
  const found = sitePath(value, { isOwnHost });
  if ('problem' in found) return found;
  return found.path === '/' ? { problem: 'is the home page' } : { path: found.path, key: pathKey(found.path) };
};
