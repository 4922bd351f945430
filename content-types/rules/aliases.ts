import { pathKey, sitePath } from './site-path';

/** What an entry's `aliases` says: one path or a list of them. */
export const aliasesOf = (aliases: unknown): unknown[] =>
  Array.isArray(aliases) ? aliases : aliases === null || aliases === undefined ? [] : [aliases];

export type Alias = { path: string; key: string } | { problem: string };

/** One alias as a path of the site, or why it cannot lead anywhere. */
export const readAlias = (value: unknown, isOwnHost?: (host: string) => boolean): Alias => {
  const found = sitePath(value, { isOwnHost });
  if ('problem' in found) return found;
  return found.path === '/' ? { problem: 'is the home page' } : { path: found.path, key: pathKey(found.path) };
};
