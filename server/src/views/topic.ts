import type { View } from './view';

export const topicView: View = {
  settings: { mainField: 'name', defaultSortBy: 'name', defaultSortOrder: 'ASC', pageSize: 50 },
  // The name says taxonomy and label; beside it they would push the parent off a laptop's screen.
  list: ['name', 'parent'],
  edit: [
    [['name', 12]],
    [
      ['slug', 6],
      ['parent', 6],
    ],
    [['description', 12]],
    [
      ['taxonomy', 6],
      ['label', 6],
    ],
  ],
  fields: {
    name: { label: 'Name', hint: 'Taxonomy and label, such as “Care: Telehealth”. No two topics share a name' },
    label: { label: 'Label', hint: 'What readers see. Leave empty to take what follows the colon in the name' },
    taxonomy: { label: 'Taxonomy', hint: 'The vocabulary it belongs to. Leave empty to take what precedes the colon in the name' },
    slug: { label: 'Slug', hint: 'Its name in addresses. Leave empty to get one made of the name' },
    description: { label: 'Description', hint: 'What belongs under this topic, and what does not' },
    parent: { label: 'Parent topic', hint: 'The broader topic that this one is a part of', mainField: 'name' },
  },
};
