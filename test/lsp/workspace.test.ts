import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../plugins/lsp/workspace.ts';
import { tree } from '../source/tree.ts';

/** What is left to do is not begun again: that would go on without end, and let nothing else happen. */
test('a workspace that is closed ends, also while it works, with more to do', async () => {
  const root = tree({
    'web/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'docs/one.md': '# One\n',
    'docs/two.md': '# Two\n',
  });
  const told: string[] = [];
  const workspace = openWorkspace({
    root,
    docs: undefined,
    cache: false,
    onReading: () => undefined,
    onPage: (path) => told.push(path),
    onPlatform: () => {
      // Both are typed in while the first of them is looked at.
      workspace.edit(join(root, 'docs/one.md'), '# One!\n');
      workspace.edit(join(root, 'docs/two.md'), '# Two!\n');
      workspace.filesChanged();
      void workspace.close();
    },
    onFailure: (error) => {
      throw error;
    },
  });
  workspace.start();
  await workspace.settled();
  await workspace.close();
  expect(told).toEqual([]);
});
