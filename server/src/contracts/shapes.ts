import { z } from 'zod';

/** PostgreSQL compares an `id` with no greater number: it is an error there, and not just nobody's. */
export const MAX_ID = 2_147_483_647;

export const documentId = z.string().min(1).max(255);

/** An entry by its documentId and its name or title. */
export const namedSchema = z.object({ documentId, name: z.string() });

export type Named = z.infer<typeof namedSchema>;
