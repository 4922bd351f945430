import { UIDS } from '../uids';
import { extra, index, line, slug, unique, uniqueKey, type Schema } from '../schema';

const TABLE = 'curation_topics';

export const topic: Schema = {
  kind: 'collectionType',
  collectionName: TABLE,
  info: {
    singularName: 'topic',
    pluralName: 'topics',
    displayName: 'Topic',
    description: 'A term of a taxonomy that stories and offerings are filed under',
  },
  // A relation to a target with draft & publish is dropped from the published row while the target is a draft (strapi#25361).
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    name: { type: 'string', required: true },
    label: line(),
    taxonomy: line(),
    slug: slug(),
    description: { type: 'text' },
    parent: { type: 'relation', relation: 'manyToOne', target: UIDS.topic },
    extra: extra(),
    nameKey: uniqueKey(),
    slugKey: uniqueKey(),
  },
  indexes: [index(TABLE, 'updated_at'), unique(TABLE, 'name_key'), unique(TABLE, 'slug_key')],
};
