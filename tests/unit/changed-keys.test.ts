import { uniqueKeys } from '../../content-types/rules/unique-keys';
import { changedKeys } from '../../server/src/unique-keys/changed-keys';

const never = () => Promise.reject(new Error('the stored row was read'));
const stored = (row: object) => () => Promise.resolve({ ...row });

test('what touches no key reads and changes nothing', async () => {
  expect(await changedKeys('curated-content', { title: 'A', slug: undefined }, never)).toEqual({});
});

test('the slug of a row whose state is known needs no reading', async () => {
  const { slugKey } = uniqueKeys('curated-content', { slug: 'a' }, 'published');
  expect(await changedKeys('curated-content', { slug: 'A', publishedAt: new Date() }, never)).toEqual({ slugKey });
  expect(await changedKeys('topic', { slug: 'a' }, never)).toHaveProperty('slugKey');
});

test('the slug of a row whose state is not known does', async () => {
  const { slugKey } = uniqueKeys('curated-content', { slug: 'a' }, 'published');
  expect(await changedKeys('curated-content', { slug: 'a' }, stored({ slug: 'b', publishedAt: '2026-01-01' }))).toEqual({ slugKey });
});

test('half an identity is completed from the row', async () => {
  const row = { offeringId: 1, permalink: '/offering/a' };
  const key = (values: object) => ({ identityKey: uniqueKeys('offering', { ...row, ...values }, 'draft').identityKey });
  expect(await changedKeys('offering', { permalink: '/offering/b' }, stored(row))).toEqual(key({}));
  expect(await changedKeys('offering', { offeringId: null }, stored(row))).toEqual(key({ offeringId: null }));
  expect(await changedKeys('offering', { offeringId: null, permalink: null }, never)).toEqual({ identityKey: null });
});
