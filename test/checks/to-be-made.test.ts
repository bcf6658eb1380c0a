import { expect, test } from 'vitest';
import { isGone, isToBeMade, sentenceBefore } from '../../plugins/checks/to-be-made.ts';

test('what a sentence says of a path is read beside it, and not in all of a page that names thousands', () => {
  const words = 'word '.repeat(2000);
  expect(isToBeMade('Read on. Create the file ')).toBe(true);
  expect(isToBeMade(`Create ${words}the file `)).toBe(false);
  expect(isGone(' has been removed. More.')).toBe(true);
  expect(isGone(` with ${words}has been removed. More.`)).toBe(false);
  expect(sentenceBefore(`First. ${words}`).length).toBeLessThan(words.length);
});
