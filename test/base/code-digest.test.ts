import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeDigest, codeDigests, wholeCodeDigest } from '../../plugins/base/index.ts';
import { tree } from '../source/tree.ts';

test('what is kept is told apart by the code of the rooms that made it, and by nothing else', () => {
  const folder = tree({
    'render/a.ts': 'a',
    'render/deep/b.js': 'b',
    'render/words.txt': 'c',
    'views/c.ts': 'c',
  });
  const before = codeDigests(folder);
  writeFileSync(join(folder, 'render/words.txt'), 'others');
  expect(codeDigests(folder)).toEqual(before);
  writeFileSync(join(folder, 'render/deep/b.js'), 'others');
  expect(codeDigests(folder)).toEqual({ ...before, render: expect.not.stringMatching(before.render ?? '') });
});

test('the same whether it is written down or read', () => {
  const plugins = join(import.meta.dirname, '../../plugins');
  const { base, render } = codeDigests(plugins);
  expect(codeDigest(['base', 'render'])).toBe(`${base}${render}`);
  expect(wholeCodeDigest()).toBe(Object.values(codeDigests(plugins)).join(''));
});
