import { z } from 'zod';

import { documentId, namedSchema } from './shapes';

export const usedInRequestSchema = z.strictObject({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(10),
});

/** One story that names an offering. */
export const usedInStorySchema = z.object({
  documentId,
  title: z.string(),
  date: z.string().nullable(),
  status: z.enum(['draft', 'published', 'modified']),
});

/** The newest first. */
export const usedInAnswerSchema = z.object({
  data: z.array(usedInStorySchema),
  meta: z.object({ pagination: z.object({ page: z.number(), pageSize: z.number(), pageCount: z.number(), total: z.number() }) }),
});

/** A merge into a topic that can be taken back. */
const mergeSchema = z.object({ run: z.number().int(), source: namedSchema, user: z.string(), date: z.string().nullable() });

/** Null where the editor may not read what is counted. */
export const topicUsageAnswerSchema = z.object({
  data: z.object({
    stories: z.number().int().nullable(),
    offerings: z.number().int().nullable(),
    topics: z.number().int(),
    /** The newest first; empty where the editor may not merge. */
    merges: z.array(mergeSchema),
  }),
});

export type UsedInStory = z.infer<typeof usedInStorySchema>;
export type UsedInAnswer = z.infer<typeof usedInAnswerSchema>;
export type TopicUsage = z.infer<typeof topicUsageAnswerSchema>['data'];
export type TopicUsageAnswer = z.infer<typeof topicUsageAnswerSchema>;
