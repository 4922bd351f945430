import { UIDS } from '../uids';
import { address, extra, headline, index, line, slug, unique, uniqueKey, type Schema } from '../schema';

const TABLE = 'curation_curated_contents';

export const curatedContent: Schema = {
  kind: 'collectionType',
  collectionName: TABLE,
  info: {
    singularName: 'curated-content',
    pluralName: 'curated-contents',
    displayName: 'Curated content',
    description: "One story found elsewhere: its link, a summary in the editor's words, its topics and related offerings",
  },
  options: { draftAndPublish: true },
  pluginOptions: { 'content-manager': { visible: true }, 'content-type-builder': { visible: false } },
  attributes: {
    title: headline(),
    slug: slug(),
    description: { type: 'text' },
    body: { type: 'richtext' },
    date: { type: 'date' },
    lastModified: { type: 'datetime' },

    link: address(),
    linkOriginal: address(),
    brand: line(),

    // One direction only: with the reverse kept too, publishing a topic that 5,000 stories use took 11 to 16 seconds.
    topics: { type: 'relation', relation: 'manyToMany', target: UIDS.topic },
    relatedOfferings: { type: 'relation', relation: 'manyToMany', target: UIDS.offering },

    featuredImage: { type: 'media', multiple: false, allowedTypes: ['images'] },
    featuredImageInfo: { type: 'json' },
    featuredPdf: { type: 'media', multiple: false, allowedTypes: ['files'] },
    favIconImage: { type: 'media', multiple: false, allowedTypes: ['images'] },

    htmlMetadata: { type: 'json' },
    openGraphMetadata: { type: 'json' },
    twitterMetadata: { type: 'json' },

    aliases: { type: 'json' },
    basePath: line(),
    identifier: line(),
    breadcrumbs: { type: 'json' },
    breadcrumbLinks: { type: 'json' },

    authors: { type: 'json' },
    tags: { type: 'json' },
    institution: line(),
    offering: line(),
    via: line(),
    viaLink: address(),
    insightsName: line(),
    insightsDescription: { type: 'text' },

    editorialStatus: line(),
    searchCategory: line(),
    masthead: line(),
    archetype: line(),
    layout: line(),
    sub: line(),
    source: line(),
    contentCategories: line(),

    workPackageId: { type: 'integer' },
    workPackageType: line(),
    sourceName: line(),

    extra: extra(),
    slugKey: uniqueKey(),
  },
  indexes: [index(TABLE, 'updated_at'), unique(TABLE, 'slug_key')],
};
