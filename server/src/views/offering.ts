import type { View } from './view';

export const offeringView: View = {
  settings: { mainField: 'name', defaultSortBy: 'name', defaultSortOrder: 'ASC', pageSize: 20 },
  list: ['name', 'type', 'editorialStatus', 'offeringId', 'topics'],
  edit: [
    [['name', 12]],
    [
      ['type', 6],
      ['editorialStatus', 6],
    ],
    [['topics', 12]],
    [['summary', 12]],
    [
      ['website', 6],
      ['logo', 6],
    ],
    [
      ['slug', 6],
      ['offeringId', 6],
    ],
    [['permalink', 12]],
  ],
  fields: {
    name: { label: 'Name', hint: 'What the product, solution or service is called' },
    slug: { label: 'Slug', hint: 'Its name in addresses. Leave empty to get one made of the permalink or the name' },
    permalink: { label: 'Permalink', hint: 'Its address in the catalogue, such as /offering/flow. Kept exactly as given' },
    offeringId: {
      label: 'Catalogue number',
      hint: 'Its number in the catalogue. An import finds the offering by it; no two offerings share one',
    },
    type: { label: 'Type', hint: 'A product to buy, a solution of several parts, or a service' },
    editorialStatus: {
      label: 'Editorial status',
      hint: 'Approved offerings may be shown, pending ones are being checked, archived ones are gone',
    },
    summary: { label: 'Summary', hint: 'What it does and for whom, in a few sentences' },
    website: { label: 'Website', hint: 'Where readers learn more, at its maker’s' },
    logo: { label: 'Logo', hint: 'Best on a plain or transparent background' },
    topics: { label: 'Topics', hint: 'What it is about, most important first', mainField: 'name' },
  },
};
