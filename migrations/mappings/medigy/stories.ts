import { isBlank } from '../../../content-types/rules/blank';
import { hostOf } from '../../../content-types/rules/brand';
import { breadcrumbLinksOf, breadcrumbsOf } from '../../../content-types/rules/breadcrumbs';
import { storySlug } from '../../../content-types/rules/slug';
import { sameJson, type JsonObject } from '../../source/json';
import { timestampsOf } from '../dates';
import { storyIdentity } from '../identity';
import type { Collection } from '../mapping';
import { saysDraft, writeDraft } from '../rules/draft';
import { media } from '../rules/media';
import { relatedOfferings } from '../rules/offerings';
import { storyTopics } from '../rules/topics';
import { body, derived, headline, list, value } from '../rules/values';
import { describeCut } from './description';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const isKnownPlace = (record: JsonObject, rule: (record: JsonObject) => unknown, attribute: string): boolean =>
  sameJson(record[attribute], rule(record));

/** The stories themselves: 44 keys, each of them in an attribute or derived from one. */
export const stories: Collection = {
  type: 'curated-content',
  matches: () => true,
  fields: [
    headline('title', 'title'),
    value('slug', 'slug'),
    value('description', 'description'),
    body,
    value('date', 'date'),
    value('lastModified', 'lastMod'),

    value('link', 'link.href', 'href', 'openProjectCustomFields.cleanUrl'),
    value('linkOriginal', 'link.original', 'original', 'openProjectCustomFields.sourceUrl'),
    value('brand', 'link.brand'),

    storyTopics,
    relatedOfferings,

    value('featuredImageInfo', 'featuredImage'),
    media('featuredImage', 'featuredImage'),
    media('featuredPdf', 'featuredPdf'),
    media('favIconImage', 'favIconImage'),

    value('htmlMetadata', 'htmlMetaData'),
    value('openGraphMetadata', 'openGraphMetaData'),
    value('twitterMetadata', 'twitterMetaData'),

    list('aliases', 'aliases'),
    value('basePath', 'basePath'),
    value('identifier', 'identifier'),
    derived('breadcrumbs', 'breadcrumbs', breadcrumbsOf, ['title', 'identifier']),
    derived('breadcrumbLinks', 'breadcrumbLinks', breadcrumbLinksOf, ['basePath']),

    list('authors', 'author'),
    list('tags', 'tags'),
    value('institution', 'institution'),
    value('offering', 'offering'),
    value('via', 'via'),
    value('viaLink', 'viaLink'),
    value('insightsName', 'insights_name'),
    value('insightsDescription', 'insights_description'),

    value('editorialStatus', 'status'),
    value('searchCategory', 'searchCategory'),
    value('masthead', 'mastHead'),
    value('archetype', 'archetype'),
    value('layout', 'layOut'),
    value('sub', 'sub'),
    value('source', 'source'),
    value('contentCategories', 'contentCategories'),

    value('workPackageId', 'id', 'featuredImage.workPackage'),
    value('workPackageType', 'openProjectWorkPackageType'),
    value('sourceName', 'mdName'),
  ],
  identities: ({ workPackageId }, reader) => {
    const id = workPackageId ?? reader.get(['id']);
    return [storyIdentity(typeof id === 'object' ? undefined : id)].filter((identity) => identity !== undefined);
  },
  complete: (values) => {
    const link = text(values.link);
    return {
      ...values,
      slug: values.slug ?? storySlug({ title: String(values.title), link }),
      brand: values.brand ?? hostOf(link),
      breadcrumbs: isKnownPlace(values, breadcrumbsOf, 'breadcrumbs') ? null : values.breadcrumbs!,
      breadcrumbLinks: isKnownPlace(values, breadcrumbLinksOf, 'breadcrumbLinks') ? null : values.breadcrumbLinks!,
    };
  },
  isDraft: (reader) => saysDraft(reader.get(['draft'])),
  setDraft: (writer, isDraft) => writeDraft(writer, ['draft'], isDraft),
  timestamps: ({ date, lastModified }, reader) => timestampsOf(text(reader.get(['date'])) ?? text(date), text(lastModified)),
  lint: (reader) => {
    const description = text(reader.get(['description']));
    const repaired = description && describeCut(description, reader.file.body);
    if (repaired && !isBlank(repaired)) {
      reader.report('content/description-cut', ['description'], `The description is cut from the body. Repaired: "${repaired}"`);
    }
  },
  skeleton: () => ({
    aliases: null,
    archetype: 'curated-content',
    author: [],
    basePath: null,
    breadcrumbLinks: null,
    breadcrumbs: null,
    categories: [],
    categorySlug: [],
    categoryUrl: [],
    categoryLabel: [],
    contentCategories: null,
    institution: null,
    offering: null,
    layOut: null,
    date: null,
    description: null,
    favIconImage: null,
    featuredImage: null,
    featuredPdf: null,
    htmlMetaData: null,
    id: null,
    identifier: null,
    lastMod: null,
    link: { brand: null, href: null, original: null },
    href: null,
    original: null,
    mastHead: null,
    mdName: null,
    openGraphMetaData: null,
    openProjectCustomFields: { cleanUrl: null, medigyTopics: [], sourceUrl: null },
    openProjectWorkPackageType: null,
    searchCategory: null,
    slug: null,
    source: null,
    status: '',
    sub: null,
    tags: [],
    title: null,
    via: null,
    insights_description: null,
    insights_name: null,
    viaLink: null,
    relatedOfferings: [],
    twitterMetaData: null,
  }),
  fileName: ({ sourceName, slug }) => text(sourceName) ?? `${String(slug)}.md`,
};
