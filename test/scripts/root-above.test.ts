import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootAbove } from '../../scripts/commands/root-above.ts';
import { tree } from '../source/tree.ts';

test('whoever stands in a folder of a repository reads the repository', () => {
  const root = tree({ 'plumbline.yaml': '', '.git/HEAD': '', 'K8s/web/a.yaml': '', 'inner/.git/HEAD': '' });
  expect(rootAbove(root)).toBe('.');
  expect(rootAbove(join(root, 'K8s/web'))).toBe(root);
  // A repository within is one of its own.
  expect(rootAbove(join(root, 'inner'))).toBe('.');
  expect(rootAbove(join(tree({ 'K8s/a.yaml': '' }), 'K8s'))).toBe('.');
});
