import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBuildRun } from '../../plugins/starlight/run/build-run.ts';
import { tree } from '../source/tree.ts';

test('the engines that drew the pages rest before the pages are bundled', async () => {
  const root = tree({
    'web/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'docs/one.md': '---\ntitle: One\n---\n\nText.\n',
  });
  const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
  const site = { ...address, publicDir: join(root, 'public'), routes: [], locales: [''], others: [] };
  const run = startBuildRun({
    ...{ command: 'build', errors: 'fail', root, docs: undefined, address, routed: Promise.resolve() },
    ...{ facts: { isOwn: true, ...site }, resources: false, rules: false, status: false, untrusted: false },
    words: { languages: { '': 'en' }, dictionaries: {} },
    ...{ whole: null, written: [], known: null, color: false },
    logger: { info() {}, warn() {}, error() {} },
  });
  onTestFinished(() => run.dispose());
  const { d2 } = await run.engine();
  let rested = 0;
  d2.rest = async () => {
    rested += 1;
  };
  await run.loaded();
  expect(rested).toBe(1);
});
