import { permalinkOf, permalinkSlug } from '../../../content-types/rules/permalink';
import { slugOf } from '../../../content-types/rules/slug';
import { offeringIdentities } from '../identity';
import type { Collection } from '../mapping';
import { media } from '../rules/media';
import { topicNames } from '../rules/topics';
import { headline, value } from '../rules/values';

/** Offerings that have a file of their own. */
export const offerings: Collection = {
  type: 'offering',
  says: { archetype: 'offering' },
  matches: ({ data }) => data.archetype === 'offering',
  fields: [
    value('offeringId', 'offeringId'),
    headline('name', 'name'),
    value('slug', 'slug'),
    value('permalink', 'permalink'),
    value('type', 'type'),
    value('editorialStatus', 'status'),
    value('website', 'website'),
    media('logo', 'logo'),
    topicNames('topics', 'categories'),
    value('summary', 'summary'),
  ],
  identities: (values) => offeringIdentities(values),
  complete: (values) => {
    const permalink = values.permalink ?? permalinkOf(String(values.name));
    return { ...values, permalink, slug: values.slug ?? permalinkSlug(String(permalink)) ?? slugOf(String(values.name)) };
  },
  isDraft: () => false,
  timestamps: () => ({}),
  skeleton: () => ({
    archetype: 'offering',
    offeringId: null,
    name: null,
    permalink: null,
    type: null,
    status: null,
    website: null,
    logo: null,
    categories: [],
    summary: null,
  }),
  fileName: ({ slug }) => `offerings/${String(slug)}.md`,
};
