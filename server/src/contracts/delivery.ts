import { z } from 'zod';

import { MAX_ID } from './shapes';

export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 500;

const limit = z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT).describe(`How many, at most ${MAX_LIMIT}`);
const after = z
  .string()
  .regex(/^[0-9a-f]{1,255}$/, 'is no `next` of an answer')
  .optional()
  .describe('Where the next page begins: `meta.next` of the one before');
const text = z.string().min(1).max(255).optional();

export const contentsQuerySchema = z.strictObject({
  topic: text.describe('The slug of a topic'),
  offering: text.describe('The slug of an offering'),
  brand: text.describe('The publisher, such as news.example'),
  identifier: text.describe('The name of the section, such as News'),
  limit,
  after,
});
export const pageQuerySchema = z.strictObject({ limit, after });
export const noQuerySchema = z.strictObject({});
const NO_CURSOR = 'is no `cursor` of an answer';

export const syncQuerySchema = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,15}\.[0-9a-f]{12}(?:\.\d{1,15}){1,3}$/, NO_CURSOR)
    .refine((cursor) => !(Number(cursor.split('.')[3]) > MAX_ID), NO_CURSOR)
    .optional()
    .describe('`meta.cursor` of the last answer; without it everything is sent'),
  limit,
});

const nullable = z.string().nullable();
const list = z.array(z.unknown()).nullable();
const json = z.unknown().nullable();

export const imageSchema = z.object({
  documentId: z.string(),
  name: z.string(),
  alternativeText: nullable,
  caption: nullable,
  width: z.number().nullable(),
  height: z.number().nullable(),
  mime: z.string(),
  size: z.number(),
  url: z.string(),
  formats: z.record(z.string(), z.object({ url: z.string(), width: z.number(), height: z.number() })).nullable(),
});

export const topicSummarySchema = z.object({
  documentId: z.string(),
  name: z.string(),
  label: nullable,
  taxonomy: nullable,
  slug: nullable,
  path: nullable,
  parent: z.object({ documentId: z.string(), name: nullable, slug: nullable }).nullable(),
});

export const offeringSummarySchema = z.object({
  documentId: z.string(),
  name: z.string(),
  slug: nullable,
  permalink: nullable,
  path: nullable,
  offeringId: z.number().int().nullable(),
  type: z.enum(['product', 'solution', 'service']).nullable(),
  editorialStatus: z.enum(['approved', 'pending', 'archived']).nullable(),
  logo: imageSchema.nullable(),
});

export const contentSchema = z.object({
  documentId: z.string(),
  title: z.string(),
  slug: nullable,
  description: nullable,
  body: nullable,
  date: nullable,
  lastModified: nullable,
  link: nullable,
  linkOriginal: nullable,
  brand: nullable,
  featuredImageInfo: json,
  htmlMetadata: json,
  openGraphMetadata: json,
  twitterMetadata: json,
  aliases: json,
  basePath: nullable,
  identifier: nullable,
  breadcrumbs: list,
  breadcrumbLinks: list,
  authors: json,
  tags: json,
  institution: nullable,
  offering: nullable,
  via: nullable,
  viaLink: nullable,
  insightsName: nullable,
  insightsDescription: nullable,
  editorialStatus: nullable,
  searchCategory: nullable,
  masthead: nullable,
  archetype: nullable,
  layout: nullable,
  sub: nullable,
  source: nullable,
  contentCategories: nullable,
  workPackageId: z.number().int().nullable(),
  workPackageType: nullable,
  sourceName: nullable,
  /** Where it stands on the site. */
  path: nullable,
  featuredImage: imageSchema.nullable(),
  featuredPdf: imageSchema.nullable(),
  favIconImage: imageSchema.nullable(),
  createdAt: nullable,
  updatedAt: nullable,
  publishedAt: nullable,
  /** Left out where the caller may not `find` topics. */
  topics: z.array(topicSummarySchema).optional(),
  /** Left out where the caller may not `find` offerings. */
  relatedOfferings: z.array(offeringSummarySchema).optional(),
});

export const deliveredTopicSchema = topicSummarySchema.extend({
  description: nullable,
  createdAt: nullable,
  updatedAt: nullable,
  /** How many published stories have it. */
  contentCount: z.number().int(),
});

export const deliveredOfferingSchema = offeringSummarySchema.extend({
  summary: nullable,
  website: nullable,
  createdAt: nullable,
  updatedAt: nullable,
  topics: z.array(topicSummarySchema).optional(),
  contentCount: z.number().int(),
});

const meta = z.object({ next: nullable.describe('`after` of the next page; null on the last one') });
const contents = z.array(contentSchema);

export const contentsAnswerSchema = z.object({ data: contents, meta });
export const contentAnswerSchema = z.object({ data: contentSchema });
export const topicsAnswerSchema = z.object({ data: z.array(deliveredTopicSchema), meta });
export const topicAnswerSchema = z.object({ data: deliveredTopicSchema.extend({ contents }), meta });
export const offeringsAnswerSchema = z.object({ data: z.array(deliveredOfferingSchema), meta });
export const offeringAnswerSchema = z.object({ data: deliveredOfferingSchema.extend({ contents }), meta });
export const syncAnswerSchema = z.object({
  data: z.object({ items: contents, deleted: z.array(z.object({ documentId: z.string(), slug: nullable })) }),
  meta: z.object({ cursor: z.string().describe('What to send next time'), more: z.boolean().describe('Whether there is more right now') }),
});

/** `error.details.name` of what a client has to tell apart. */
export const CURSOR_EXPIRED = 'CursorExpired';
export const NOT_BUILT = 'NotBuilt';

export type ContentsQuery = z.infer<typeof contentsQuerySchema>;
export type PageQuery = z.infer<typeof pageQuerySchema>;
export type SyncQuery = z.infer<typeof syncQuerySchema>;
export type Image = z.infer<typeof imageSchema>;
export type TopicSummary = z.infer<typeof topicSummarySchema>;
export type OfferingSummary = z.infer<typeof offeringSummarySchema>;
export type Content = z.infer<typeof contentSchema>;
export type DeliveredTopic = z.infer<typeof deliveredTopicSchema>;
export type DeliveredOffering = z.infer<typeof deliveredOfferingSchema>;
export type ContentsAnswer = z.infer<typeof contentsAnswerSchema>;
export type ContentAnswer = z.infer<typeof contentAnswerSchema>;
export type TopicsAnswer = z.infer<typeof topicsAnswerSchema>;
export type TopicAnswer = z.infer<typeof topicAnswerSchema>;
export type OfferingsAnswer = z.infer<typeof offeringsAnswerSchema>;
export type OfferingAnswer = z.infer<typeof offeringAnswerSchema>;
export type SyncAnswer = z.infer<typeof syncAnswerSchema>;
