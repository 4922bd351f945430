import { isBlank } from '../../../content-types/rules/blank';
import { topicIdentities } from '../identity';
import type { Collection } from '../mapping';
import { BODY, place } from '../rules/sources';
import { topicName, topicValues } from '../rules/topics';
import { body, value } from '../rules/values';

const description = value('description', 'description');

/** Topics that have a file of their own. */
export const topics: Collection = {
  type: 'topic',
  says: { archetype: 'topic' },
  matches: ({ data }) => data.archetype === 'topic',
  fields: [
    value('name', 'name'),
    value('label', 'label'),
    value('taxonomy', 'taxonomy'),
    value('slug', 'slug'),
    topicName('parent', 'parent'),
    {
      ...description,
      sources: [...description.places.map(place), BODY],
      // Older files describe a topic below the front matter.
      read: (reader) => description.read(reader) ?? body.read(reader),
      write: (writer, current) =>
        isBlank(writer.get(['description'])) && !writer.isNew ? body.write(writer, current) : description.write(writer, current),
    },
  ],
  identities: ({ name }) => topicIdentities(name),
  complete: (values) => {
    const derived = topicValues(String(values.name));
    return {
      ...values,
      label: values.label ?? derived.label!,
      taxonomy: values.taxonomy ?? derived.taxonomy!,
      slug: values.slug ?? derived.slug!,
    };
  },
  isDraft: () => false,
  timestamps: () => ({}),
  skeleton: () => ({ archetype: 'topic', name: null, slug: null, parent: null, description: null }),
  fileName: ({ slug }) => `topics/${String(slug)}.md`,
};
