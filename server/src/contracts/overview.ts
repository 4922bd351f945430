import { z } from 'zod';

/** How many stories lack something; null where the editor may not read what is counted. Drafts count. */
export const overviewSchema = z.object({
  stories: z.number().int(),
  withoutOfferings: z.number().int().nullable(),
  withoutTopics: z.number().int().nullable(),
  withArchivedOfferings: z.number().int().nullable(),
});

export const overviewAnswerSchema = z.object({ data: overviewSchema });

export type Overview = z.infer<typeof overviewSchema>;
export type OverviewAnswer = z.infer<typeof overviewAnswerSchema>;
