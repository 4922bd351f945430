import { numberedSlug } from '../../content-types/rules/numbered-slug';
import { baseSlugOf } from '../../server/src/slugs/base-slug';

test.each([
  ['curated-content', { title: 'A & B', link: 'https://www.example.co.uk/x' }, 'exampleco-a-and-b'],
  ['curated-content', { title: '¿?' }, 'story'],
  ['curated-content', { link: 'https://example.com/x' }, null],
  ['topic', { name: '遠隔医療' }, '遠隔医療'],
  ['topic', { name: ' ' }, null],
  ['offering', { permalink: '/offering/a---b', name: 'Other' }, 'a---b'],
  ['offering', { permalink: '/', name: 'Other' }, 'other'],
  ['offering', {}, null],
] as const)('%s %j: %s', (type, values, slug) => {
  expect(baseSlugOf(type, values)).toBe(slug);
});

test('numbers start at two', () => {
  expect([1, 2, 3].map((n) => numberedSlug('news', n))).toEqual(['news', 'news-2', 'news-3']);
});

test('no slug outgrows its column, and no character is halved', () => {
  const slug = numberedSlug('𝒜'.repeat(200), 12);
  expect(slug.length).toBeLessThanOrEqual(255);
  expect(slug).toMatch(/^(𝒜)+-12$/u);
});
