import { z } from 'zod';

/** As large as a number of a run can get: PostgreSQL would refuse a larger one as no number of its own. */
const MAX_RUN = 2_147_483_647;

export const undoRequestSchema = z.strictObject({ run: z.coerce.number().int().positive().max(MAX_RUN) });

export const undoAnswerSchema = z.object({
  data: z.object({
    /** The undo, itself a run. */
    run: z.number().int(),
    updated: z.number().int(),
    created: z.number().int(),
    removed: z.number().int(),
    /** What was left as it is, because somebody changed it since. */
    left: z.array(z.string()),
  }),
});

export type UndoAnswer = z.infer<typeof undoAnswerSchema>;
