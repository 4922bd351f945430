import { z } from 'zod';

/** What a site asks that an address of its own leads to. */
export const resolveQuerySchema = z.strictObject({ path: z.string('is missing: which path is to be resolved?') });

export const resolveAnswerSchema = z.object({
  data: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['content', 'topic', 'offering']), slug: z.string() }),
    z.object({ kind: z.literal('redirect'), status: z.literal(301), to: z.string() }),
  ]),
});

const REDIRECT_FORMATS = ['json', 'netlify', 'nginx', 'next'] as const;

export const redirectsQuerySchema = z.strictObject({ format: z.enum(REDIRECT_FORMATS).default('json') });

export const redirectsAnswerSchema = z.object({
  data: z.array(
    z.object({
      /** Both as they stand in an address: percent-encoded. */
      from: z.string(),
      to: z.string(),
      status: z.literal(301),
      kind: z.enum(['slug', 'alias', 'merge']),
    }),
  ),
  meta: z.object({ total: z.number().int() }),
});

export const feedQuerySchema = z.strictObject({
  /** The slug of the one topic that the feed is to be about. */
  topic: z.string().min(1).optional(),
});

export const sitemapQuerySchema = z.strictObject({ page: z.coerce.number().int().positive().optional() });

export type ResolveAnswer = z.infer<typeof resolveAnswerSchema>;
export type RedirectsAnswer = z.infer<typeof redirectsAnswerSchema>;
