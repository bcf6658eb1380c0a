import { expect, test } from 'vitest';
import { whileSame } from '../../plugins/base/index.ts';

test('what is worked out stays while all that it is made of is the very same', () => {
  const kept = whileSame<object, number>();
  let times = 0;
  const ask = (key: object, ...parts: unknown[]) => kept(key, parts, () => ++times);
  const [a, b, part] = [{}, {}, {}];
  expect([ask(a, part, 1), ask(a, part, 1)]).toEqual([1, 1]);
  // An equal part is not the same, nor is one more, one less, or another sequence.
  expect([ask(a, {}, 1), ask(a, part, 1, null), ask(a, part), ask(a, 1, part)]).toEqual([2, 3, 4, 5]);
  expect([ask(b, 1, part), ask(a, 1, part)]).toEqual([6, 5]);
});
