import { z } from 'zod';

import { OFFERING_STATUSES, OFFERING_TYPES } from '../../../content-types/offering/values';

import { documentId } from './shapes';

/** Longer texts say nothing more of what a story is about. */
const MAX_TEXT = 200_000;
const MAX_PICKED = 1_000;

const range = z.tuple([z.number().int(), z.number().int()]);
const ranges = z.array(range);

const sorts = ['fit', 'name', 'mostUsed', 'newest'] as const;

const topicRefSchema = z.object({
  documentId,
  name: z.string(),
  label: z.string().nullable(),
  /** Also a topic of the story. */
  shared: z.boolean(),
});

export const offeringSchema = z.object({
  /** The row's id: what the native relation field needs in its `connect` items. */
  id: z.number().int(),
  documentId,
  /** The document id where the editor may not read names, as in Strapi's own relation field. */
  name: z.string(),
  slug: z.string().nullable(),
  permalink: z.string().nullable(),
  offeringId: z.number().int().nullable(),
  type: z.enum(OFFERING_TYPES).nullable(),
  editorialStatus: z.enum(OFFERING_STATUSES).nullable(),
  summary: z.string().nullable(),
  website: z.string().nullable(),
  logo: z.object({ url: z.string(), alternativeText: z.string().nullable() }).nullable(),
  topics: z.array(topicRefSchema),
  /** How many stories name it, drafts included. */
  usedBy: z.number().int(),
});

/** Where the words of a search stand, as [start, end) in UTF-16 units. */
const marksSchema = z.object({
  name: ranges,
  summary: ranges,
  permalink: ranges,
  /** In its digits. */
  offeringId: ranges,
  topics: z.record(z.string(), ranges),
});

export const hitSchema = offeringSchema.extend({ marks: marksSchema });

/** Why an offering is suggested. Data, not words: the panel speaks the editor's language. */
export const reasonSchema = z.discriminatedUnion('kind', [
  /** Shares these topics, rarest first. */
  z.object({ kind: z.literal('topics'), topics: z.array(z.object({ documentId, label: z.string() })) }),
  /** Words of the story that the offering's text has, strongest first, as the story spells them. */
  z.object({ kind: z.literal('text'), terms: z.array(z.string()) }),
  /** Picked for so many similar stories. */
  z.object({
    kind: z.literal('picks'),
    stories: z.number().int(),
    examples: z.array(z.object({ documentId, title: z.string() })),
  }),
  z.object({ kind: z.literal('popular'), stories: z.number().int() }),
]);

/** A story as it stands in the form; attributes that are missing are read from the stored one. */
export const storySchema = z.strictObject({
  documentId: documentId.optional(),
  title: z.string().max(MAX_TEXT).nullish(),
  description: z.string().max(MAX_TEXT).nullish(),
  body: z.string().nullish(),
  /** Document ids. */
  topics: z.array(documentId).max(MAX_PICKED).optional(),
});

export const searchRequestSchema = z.strictObject({
  q: z.string().max(1_000).optional(),
  filters: z
    .strictObject({
      topics: z.array(documentId).max(MAX_PICKED).optional(),
      types: z.array(z.enum(OFFERING_TYPES)).optional(),
      statuses: z.array(z.enum(OFFERING_STATUSES)).optional(),
      notUsed: z.boolean().optional(),
    })
    .optional(),
  sort: z.enum(sorts).optional(),
  /** Of topics that could narrow the list, only those with this in their names are told. */
  topicsLike: z.string().max(1_000).optional(),
  story: storySchema.optional(),
  start: z.number().int().min(0).optional(),
  limit: z.number().int().min(1).max(100).optional(),
});

const facetValue = z.object({ value: z.string(), count: z.number().int() });

export const searchAnswerSchema = z.object({
  data: z.array(hitSchema),
  meta: z.object({
    total: z.number().int(),
    facets: z.object({
      /** The story's own first, then by count, at most 200; those that are chosen in any case, unless others are asked for by their names. */
      topics: z.array(topicRefSchema.extend({ count: z.number().int() })),
      types: z.array(facetValue),
      statuses: z.array(facetValue),
      notUsed: z.number().int(),
    }),
  }),
});

export const suggestionSchema = z.object({ offering: offeringSchema, score: z.number(), reasons: z.array(reasonSchema) });

export const suggestionsRequestSchema = z.strictObject({
  story: storySchema,
  /** Offerings that the story has already; never suggested. */
  picked: z.array(documentId).max(MAX_PICKED).optional(),
  limit: z.number().int().min(1).max(100).optional(),
});

export const suggestionsAnswerSchema = z.object({ data: z.array(suggestionSchema) });

export const offeringsRequestSchema = z.strictObject({ documentIds: z.array(documentId).max(MAX_PICKED), story: storySchema.optional() });

/** In the order asked; unknown ones are left out. */
export const offeringsAnswerSchema = z.object({ data: z.array(offeringSchema) });

export const dismissalRequestSchema = z.strictObject({ story: documentId, offering: documentId, dismissed: z.boolean() });

export const dismissalAnswerSchema = z.object({ data: z.object({ story: documentId, offering: documentId, dismissed: z.boolean() }) });

export type Offering = z.infer<typeof offeringSchema>;
export type Hit = z.infer<typeof hitSchema>;
export type Reason = z.infer<typeof reasonSchema>;
export type Story = z.infer<typeof storySchema>;
export type SearchRequest = z.infer<typeof searchRequestSchema>;
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
export type Suggestion = z.infer<typeof suggestionSchema>;
export type SuggestionsAnswer = z.infer<typeof suggestionsAnswerSchema>;
export type OfferingsAnswer = z.infer<typeof offeringsAnswerSchema>;
export type DismissalRequest = z.infer<typeof dismissalRequestSchema>;
export type DismissalAnswer = z.infer<typeof dismissalAnswerSchema>;
