import { openStory } from '../../admin/src/related-offerings/picks/openStory';

it('takes a translation that is not made yet for a new story, and every other one as it is', () => {
  const saved = { activeTab: 'draft', documentId: 'a', document: { documentId: 'a', locale: 'en' } } as const;
  expect(openStory(saved)).toEqual(saved);
  expect(openStory({ activeTab: 'draft' })).toEqual({ activeTab: 'draft' });
  expect(openStory({ activeTab: 'draft', documentId: 'a', document: {} })).toEqual({ activeTab: 'draft' });
});
