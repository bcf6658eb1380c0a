import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBuildRun } from '../../plugins/starlight/run/build-run.ts';
import { tree } from '../source/tree.ts';
import { siteOptions } from './site-options.ts';

function buildOf(root: string) {
  const run = startBuildRun({
    ...siteOptions(root),
    ...{ command: 'build', errors: 'fail', routed: Promise.resolve() },
    logger: { info() {}, warn() {}, error() {} },
  });
  onTestFinished(() => run.dispose());
  return run;
}

const files = {
  'web/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'docs/one.md': '---\ntitle: One\n---\n\nText.\n',
};

test('the engines that drew the pages rest before the pages are bundled', async () => {
  const run = buildOf(tree(files));
  const { d2 } = await run.engine();
  let rested = 0;
  d2.rest = async () => {
    rested += 1;
  };
  await run.loaded();
  expect(rested).toBe(1);
});

test('what renders the pages is told the commit that they were checked at', async () => {
  const root = tree(files);
  const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words]);
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'first');
  const run = buildOf(root);
  const { commit } = await run.checked();
  expect(commit).toMatch(/^[0-9a-f]{12}$/);
  rmSync(join(root, '.git'), { recursive: true });
  expect((await run.engine()).platform.model.commit).toBe(commit);
});

test('a page lies where its links lead, those of the folders on the way to it as its own', () => {
  const root = tree({
    'beside/two.md': '# Two\n',
    'repo/docs/one.md': '# One\n',
    'repo/docs/out.md': '-> ../../beside/two.md',
    'repo/linked': '-> docs',
    'repo/away': '-> ../beside',
  });
  const run = buildOf(join(root, 'repo'));
  const within = ['docs/one.md', 'linked/one.md', 'linked/../docs/one.md', 'docs/none.md'];
  const beyond = ['docs/out.md', 'linked/out.md', 'away/two.md', 'docs/../../beside/two.md'];
  for (const path of within) expect(run.isWithin(join(root, 'repo', path)), path).toBe(true);
  for (const path of beyond) expect(run.isWithin(join(root, 'repo', path)), path).toBe(false);
});
