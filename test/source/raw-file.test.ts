import { appendFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readUnlessKnown } from '../../plugins/source/raw-file.ts';
import { tree } from './tree.ts';

test('a file that nobody has written for a while is read once', () => {
  const path = 'package.json';
  const first = readUnlessKnown(path, path, undefined);
  expect(readUnlessKnown(path, path, first)).toBe(first);
});

test('a file is read again where its entry says otherwise', () => {
  const root = tree({ 'a.yaml': 'kind: A\n' });
  const path = join(root, 'a.yaml');
  const first = readUnlessKnown('a.yaml', path, undefined);
  appendFileSync(path, '# more\n');
  const second = readUnlessKnown('a.yaml', path, { ...first, stamp: 'of another' });
  expect(second.bytes?.toString()).toBe('kind: A\n# more\n');
});

test('a file that was only just written is read again whatever its entry says', () => {
  const root = tree({ 'a.yaml': 'kind: A\n' });
  const path = join(root, 'a.yaml');
  // Its content may be said to be as old as one likes; when its entry was written it is not.
  utimesSync(path, 1, 1);
  const first = readUnlessKnown('a.yaml', path, undefined);
  expect(first.stamp).toBeUndefined();
  expect(readUnlessKnown('a.yaml', path, first)).not.toBe(first);
});
