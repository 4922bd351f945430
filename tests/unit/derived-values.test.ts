import { derivedValues } from '../../server/src/documents/derived-values';

const name = 'Medigy: Telehealth';
const derived = { name, label: 'Telehealth', taxonomy: 'Medigy' };

test.each([
  ['a new topic', { name }, undefined, { label: 'Telehealth', taxonomy: 'Medigy' }],
  ['a new topic with a label', { name, label: 'Own' }, undefined, { taxonomy: 'Medigy' }],
  ['a new topic in no taxonomy', { name: 'Telehealth' }, undefined, { label: 'Telehealth' }],
  ['a topic without a name', { label: '' }, undefined, {}],
  ['a new name', { name: 'News: Care' }, derived, { label: 'Care', taxonomy: 'News' }],
  ['a new name in a form that sends all', { ...derived, name: 'News: Care' }, derived, { label: 'Care', taxonomy: 'News' }],
  ['a new name beside a new label', { name: 'News: Care', label: 'Own' }, derived, { taxonomy: 'News' }],
  ['a new name of a topic with a label of its own', { name: 'News: Care' }, { ...derived, label: 'Own' }, { taxonomy: 'News' }],
  ['the same name again', derived, derived, {}],
  ['an undefined name', { name: undefined, description: 'x' }, derived, {}],
  ['another attribute of a topic that lacks its label', { slug: 'x' }, { ...derived, label: null }, {}],
])('%s', (_, data, stored, values) => {
  expect(derivedValues('topic', data, stored)).toEqual(values);
});

test.each([
  ['a link', { link: 'https://www.example.com/a' }, undefined, { brand: 'example.com' }],
  ['what is no link', { link: 'see below' }, undefined, {}],
  ['a link that goes', { link: null }, { link: 'https://example.com/a', brand: 'example.com' }, { brand: null }],
])('a story with %s', (_, data, stored, values) => {
  expect(derivedValues('curated-content', data, stored)).toEqual(values);
});
