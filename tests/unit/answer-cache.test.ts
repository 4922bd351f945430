import type { Answer, Recipe } from '../../server/src/delivery/answers/answer';
import { AnswerCache } from '../../server/src/delivery/http/answer-cache';
import type { Sequence } from '../../server/src/delivery/numbering';

const MEGABYTE = 1024 * 1024;
const state = (number: number, isBehind = false): Sequence => ({ number, stamp: 'aa', changedAt: number, format: 'x', isBehind });

/** A recipe that counts how often it is made. */
const counting = (more: Partial<Recipe> = {}) => {
  const counts = { made: 0, text: 'one' };
  const whole = async (): Promise<Answer> => {
    counts.made += 1;
    await new Promise(setImmediate);
    const { text } = counts;
    return { text, etag: text, changedAt: counts.made, tags: { names: ['contents'], brief: ['contents'] } };
  };
  return Object.assign(counts, { recipe: { key: 'feed', whole, ...more } satisfies Recipe });
};

it('makes what its text tells apart once for each state of the table, whether somebody asks for it or for its ETag', async () => {
  const cache = new AnswerCache(MEGABYTE);
  const feed = counting();
  expect(await cache.etag(feed.recipe, state(1))).toBe('one');
  expect(await cache.etag(feed.recipe, state(1))).toBe('one');
  const first = await cache.answer(feed.recipe, state(1));
  expect([first!.body.toString(), feed.made]).toEqual(['one', 1]);

  // What was compressed of it is kept with it.
  const same = await cache.answer(feed.recipe, state(2));
  expect([same === first, same!.changedAt, feed.made]).toEqual([true, 2, 2]);

  feed.text = 'two';
  expect(await cache.etag(feed.recipe, state(3))).toBe('two');
  expect([(await cache.answer(feed.recipe, state(3)))!.body.toString(), feed.made]).toEqual(['two', 3]);
});

it('makes it once for all who ask at the same time', async () => {
  const cache = new AnswerCache(MEGABYTE);
  const feed = counting();
  const asked = await Promise.all([
    cache.answer(feed.recipe, state(1)),
    cache.answer(feed.recipe, state(1)),
    cache.etag(feed.recipe, state(1)),
  ]);
  expect([asked[0] === asked[1], feed.made]).toEqual([true, 1]);
  // What is not counted tells nobody whether it was there before.
  await Promise.all([cache.answer(feed.recipe, state(1, true)), cache.answer(feed.recipe, state(1, true))]);
  expect(feed.made).toBe(3);
});

it('makes it for the next who asks where it failed', async () => {
  const cache = new AnswerCache(MEGABYTE);
  const feed = counting();
  const failing = { ...feed.recipe, whole: () => Promise.reject(new Error('no database')) };
  await expect(cache.answer(failing, state(1))).rejects.toThrow('no database');
  expect((await cache.answer(feed.recipe, state(1)))!.etag).toBe('one');
});

it('keeps nothing that is asked for once', async () => {
  const cache = new AnswerCache(4_000);
  const list = counting();
  await cache.answer(list.recipe, state(1));
  for (let page = 0; page < 10; page += 1) await cache.answer(counting({ key: `sync ${page}`, isOneOff: true }).recipe, state(1));
  await cache.answer(list.recipe, state(1));
  expect(list.made).toBe(1);
});
