import type { Core } from '@strapi/strapi';

interface Params {
  documentId?: string;
  data?: Record<string, unknown>;
  status?: 'draft' | 'published';
  populate?: string[];
}

interface Document {
  documentId: string;
  slug: string | null;
  [attribute: string]: unknown;
}

type Documents = Record<'create' | 'update' | 'findOne', (params: Params) => Promise<Document>> &
  Record<'clone' | 'publish' | 'unpublish' | 'discardDraft' | 'delete', (params: Params) => Promise<{ entries: Document[] }>>;

/** The Document Service with attributes of any name: an app generates types of its own for them, a plugin has none. */
export const documents = (strapi: Core.Strapi, type: 'curated-content' | 'topic' | 'offering'): Documents =>
  strapi.documents(`plugin::curation.${type}`) as unknown as Documents;
