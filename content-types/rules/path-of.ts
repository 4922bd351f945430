import type { ContentType } from '../uids';
import { isBlank } from './blank';
import { sitePath } from './site-path';

type Values = Record<string, unknown>;

const joined = (start: unknown, slug: unknown): unknown =>
  isBlank(slug) ? null : [start, slug].filter((part) => !isBlank(part)).join('/');

const RULES: Record<ContentType, (values: Values) => unknown> = {
  'curated-content': ({ basePath, slug }) => joined(basePath, slug),
  topic: ({ slug }) => joined('topic', slug),
  offering: ({ permalink }) => permalink,
};

/** Where an entry stands on the site, in the one form of a path; null where it has no place of its own. */
export const pathOf = (type: ContentType, values: Values): string | null => {
  const found = sitePath(RULES[type](values));
  return 'path' in found && found.path !== '/' ? found.path : null;
};
