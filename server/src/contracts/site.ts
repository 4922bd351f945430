import { z } from 'zod';

/** What a site asks that an address of its own leads to. */
export const resolveQuerySchema = z.strictObject({
  path: z.string('is missing: which path is to be resolved?').describe('A path or an address of the site, such as /news/story'),
});

export const resolveAnswerSchema = z.object({
  data: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['content', 'topic', 'offering']), slug: z.string() }),
    z.object({ kind: z.literal('redirect'), status: z.literal(301), to: z.string() }),
  ]),
});

const REDIRECT_FORMATS = ['json', 'netlify', 'nginx', 'next'] as const;

export const redirectsQuerySchema = z.strictObject({
  format: z.enum(REDIRECT_FORMATS).default('json').describe('What is to read them; netlify and nginx are answered as plain text'),
});

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
  topic: z.string().min(1).optional().describe('The slug of the one topic that the feed is to be about'),
});

export const sitemapQuerySchema = z.strictObject({
  page: z.coerce.number().int().positive().optional().describe('Which part, where there are more than 50,000 pages'),
});

/** https://www.jsonfeed.org/version/1.1/, as far as it is used here. */
export const jsonFeedSchema = z.object({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string(),
  home_page_url: z.string().optional(),
  feed_url: z.string().optional(),
  description: z.string().optional(),
  language: z.string().optional(),
  items: z.array(
    z.object({
      id: z.string(),
      url: z.string().optional(),
      external_url: z.string().optional().describe('The page that was curated'),
      title: z.string().optional(),
      content_html: z.string().optional(),
      content_text: z.string().optional(),
      summary: z.string().optional(),
      image: z.string().optional(),
      date_published: z.string().optional(),
      date_modified: z.string().optional(),
      authors: z.array(z.object({ name: z.string() })).optional(),
      tags: z.array(z.string()).optional(),
    }),
  ),
});

/** What is no JSON. Strapi's description of an API has no place for other media types. */
export const rssSchema = z.string().describe('RSS 2.0, as application/rss+xml');
export const atomSchema = z.string().describe('Atom, as application/atom+xml');
export const sitemapSchema = z.string().describe('A sitemap, or the index of its parts, as application/xml');

export type ResolveAnswer = z.infer<typeof resolveAnswerSchema>;
export type RedirectsAnswer = z.infer<typeof redirectsAnswerSchema>;
