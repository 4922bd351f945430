import { curatedContent } from './curated-content/schema';
import { offering } from './offering/schema';
import type { Schema } from './schema';
import { topic } from './topic/schema';
import type { ContentType } from './uids';

export * from './uids';
export type { Attribute, Schema } from './schema';

export const SCHEMAS: Record<ContentType, Schema> = { 'curated-content': curatedContent, topic, offering };
