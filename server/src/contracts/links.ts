import { z } from 'zod';

import { documentId } from './shapes';

/** As many as the Content Manager shows on ten of its longest pages. */
const MAX_STORIES = 1_000;
const MAX_LINKS = 100;

/** The relations of a story that many stories can be changed in at once. */
const linkAttributes = ['relatedOfferings', 'topics'] as const;

export const linksRequestSchema = z
  .strictObject({
    documentIds: z.array(documentId).min(1).max(MAX_STORIES),
    attribute: z.enum(linkAttributes),
    /** Put behind those that are there. */
    add: z.array(documentId).max(MAX_LINKS).default([]),
    remove: z.array(documentId).max(MAX_LINKS).default([]),
    /** Change what is published too, where the editor may publish. */
    published: z.boolean().default(true),
  })
  .refine(({ add, remove }) => add.length + remove.length > 0, { message: 'Name at least one entry to add or to remove.', path: ['add'] })
  .refine(({ add, remove }) => add.every((each) => !remove.includes(each)), {
    message: 'An entry cannot be added and removed.',
    path: ['remove'],
  });

const changedStorySchema = z.object({
  documentId,
  title: z.string(),
  /** True where what sites read changes at once. */
  isPublic: z.boolean(),
  /** True where there is a published version that stays as it is until somebody publishes. */
  isHeldBack: z.boolean(),
  added: z.array(z.string()),
  removed: z.array(z.string()),
});

export const linksResultSchema = z.object({
  /** The run, by which it can be undone; null for a preview, and where there was nothing to change. */
  run: z.number().int().nullable(),
  changed: z.array(changedStorySchema),
  /** Stories that are as they shall be already. */
  unchanged: z.number().int(),
  /** Stories that the editor may not change, or that are gone. */
  refused: z.number().int(),
});

export const linksAnswerSchema = z.object({ data: linksResultSchema });

export type LinksRequest = z.infer<typeof linksRequestSchema>;
export type LinksResult = z.infer<typeof linksResultSchema>;
export type LinksAnswer = z.infer<typeof linksAnswerSchema>;
