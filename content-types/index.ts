import { curatedContent } from './curated-content/schema';
import { offering } from './offering/schema';
import type { Schema } from './schema';
import { topic } from './topic/schema';
import { UIDS, type ContentType } from './uids';

export * from './uids';
export type { Attribute, Schema } from './schema';

export const SCHEMAS: Record<ContentType, Schema> = { 'curated-content': curatedContent, topic, offering };

/** The type that a relation leads to: stories name topics and offerings, and nothing names a story. */
export const targetOf = (type: ContentType, attribute: string): 'topic' | 'offering' =>
  SCHEMAS[type].attributes[attribute]!.target === UIDS.topic ? 'topic' : 'offering';
