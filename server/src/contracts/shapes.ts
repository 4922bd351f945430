import { z } from 'zod';

export const documentId = z.string().min(1).max(255);

/** An entry by its documentId and its name or title. */
export const namedSchema = z.object({ documentId, name: z.string() });

export type Named = z.infer<typeof namedSchema>;
