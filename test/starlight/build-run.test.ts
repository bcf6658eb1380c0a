import { expect, onTestFinished, test } from 'vitest';
import { startBuildRun } from '../../plugins/starlight/run/build-run.ts';
import { tree } from '../source/tree.ts';
import { siteOptions } from './site-options.ts';

test('the engines that drew the pages rest before the pages are bundled', async () => {
  const root = tree({
    'web/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'docs/one.md': '---\ntitle: One\n---\n\nText.\n',
  });
  const run = startBuildRun({
    ...siteOptions(root),
    ...{ command: 'build', errors: 'fail', routed: Promise.resolve() },
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
