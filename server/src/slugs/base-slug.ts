import type { ContentType } from '../../../content-types';
import { isBlank } from '../../../content-types/rules/blank';
import { permalinkSlug } from '../../../content-types/rules/permalink';
import { NAMELESS_SLUGS, slugOf, storySlug } from '../../../content-types/rules/slug';

type Values = Record<string, unknown>;

const text = (value: unknown): string => (isBlank(value) ? '' : String(value));

const RULES: Record<ContentType, (values: Values) => string> = {
  'curated-content': ({ title, link }) =>
    isBlank(title) ? '' : storySlug({ title: text(title), link: text(link) }) || NAMELESS_SLUGS['curated-content'],
  topic: ({ name }) => (isBlank(name) ? '' : slugOf(text(name)) || NAMELESS_SLUGS.topic),
  offering: ({ name, permalink }) => permalinkSlug(text(permalink)) ?? (isBlank(name) ? '' : slugOf(text(name)) || NAMELESS_SLUGS.offering),
};

/** The attributes that a slug is made of. */
export const SLUG_SOURCES: Record<ContentType, string[]> = {
  'curated-content': ['title', 'link'],
  topic: ['name'],
  offering: ['name', 'permalink'],
};

/** The slug that an entry gets when its editor gives none; null as long as it has no title or name. */
export const baseSlugOf = (type: ContentType, values: Values): string | null => RULES[type](values) || null;
