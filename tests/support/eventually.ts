import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** Asks again until the answer is what a user is to see; then, or after a while, says so with jest's own words. */
export const eventually = async <T>(read: () => Promise<T> | T, expected: T, milliseconds = 60_000): Promise<void> => {
  const end = Date.now() + milliseconds;
  let found = await read();
  while (!isDeepStrictEqual(found, expected) && Date.now() < end) {
    await wait(50);
    found = await read();
  }
  expect(found).toEqual(expected);
};
