import { UIDS } from '../uids';
import { OFFERING_STATUSES, OFFERING_TYPES } from './values';
import { address, extra, headline, index, slug, unique, uniqueKey, type Schema } from '../schema';

const TABLE = 'curation_offerings';

export const offering: Schema = {
  kind: 'collectionType',
  collectionName: TABLE,
  info: {
    singularName: 'offering',
    pluralName: 'offerings',
    displayName: 'Offering',
    description: 'A product, solution or service that stories point at',
  },
  // See topic/schema.ts for why there is no draft & publish.
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    name: headline(),
    slug: slug(),
    permalink: address(),
    offeringId: { type: 'integer' },
    type: { type: 'enumeration', enum: OFFERING_TYPES },
    editorialStatus: { type: 'enumeration', enum: OFFERING_STATUSES },
    summary: { type: 'text' },
    website: address(),
    logo: { type: 'media', multiple: false, allowedTypes: ['images'] },
    topics: { type: 'relation', relation: 'manyToMany', target: UIDS.topic },
    extra: extra(),
    slugKey: uniqueKey(),
    identityKey: uniqueKey(),
  },
  indexes: [index(TABLE, 'updated_at'), unique(TABLE, 'slug_key'), unique(TABLE, 'identity_key')],
};
