import { z } from 'zod';

import { documentId, namedSchema } from './shapes';

export const mergeRequestSchema = z.strictObject({
  /** The topic that goes. */
  source: documentId,
  /** The topic that takes its place. */
  target: documentId,
});

export const mergePreviewSchema = z.object({
  source: namedSchema,
  target: namedSchema,
  /** How many stories, offerings and narrower topics will name the target in place of the source; drafts count. */
  stories: z.number().int(),
  offerings: z.number().int(),
  topics: z.number().int(),
  /** How many others name both, and will lose the source. */
  both: z.object({ stories: z.number().int(), offerings: z.number().int() }),
  /** Some of all these stories, the newest first; of those alone that the editor may read. */
  examples: z.array(namedSchema),
});

export const mergePreviewAnswerSchema = z.object({ data: mergePreviewSchema });

export const mergeAnswerSchema = z.object({ data: z.object({ run: z.number().int(), updated: z.number().int() }) });

export type MergeRequest = z.infer<typeof mergeRequestSchema>;
export type MergePreview = z.infer<typeof mergePreviewSchema>;
export type MergePreviewAnswer = z.infer<typeof mergePreviewAnswerSchema>;
export type MergeAnswer = z.infer<typeof mergeAnswerSchema>;
