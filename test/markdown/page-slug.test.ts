import { expect, test } from 'vitest';
import { isDraft, ownSlug } from '../../plugins/markdown/index.ts';
import { processorTime } from '../times.ts';

test('what a page says of itself is read whatever else stands in its front matter', () => {
  expect(ownSlug('---\nx: &a b\nslug: *a\n---\n')).toBe('b');
  expect(ownSlug('---\nslug: [b]\n---\n')).toBeUndefined();
  const start = processorTime();
  const deep = `hero: ${'{'.repeat(400)}${'}'.repeat(400)}`;
  expect(isDraft(`---\ndraft: true\n${deep}\n---\n`)).toBe(true);
  // Keys that are mappings, written out at each depth, take 25 s.
  expect(processorTime() - start).toBeLessThan(2);
});
