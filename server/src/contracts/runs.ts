import { z } from 'zod';

import { MAX_ID } from './shapes';

export const undoRequestSchema = z.strictObject({ run: z.coerce.number().int().positive().max(MAX_ID) });

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
