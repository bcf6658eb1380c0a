import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDevRun } from '../../plugins/starlight/run/dev-run.ts';
import { tree } from '../source/tree.ts';

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

test('a page that comes or goes while a whole repository is served is found', async () => {
  const root = tree({ 'web/a.yaml': map, 'docs/one.md': '# One\n' });
  const run = serve(root);
  const files = async () => (await run.repository())?.pages.map(({ file }) => file);
  await run.ready();
  expect(await run.findPages()).toBe(false);
  writeFileSync(join(root, 'docs/two.md'), '# Two\n');
  writeFileSync(join(root, 'web/README.md'), '# Web\n');
  expect(await run.findPages()).toBe(true);
  expect(await files()).toEqual(['docs/one.md', 'docs/two.md', 'web/README.md']);
  rmSync(join(root, 'docs/one.md'));
  expect(await run.findPages()).toBe(true);
  expect(await files()).toEqual(['docs/two.md', 'web/README.md']);
});

test('of a repository without a manifest there is no site', async () => {
  await expect(serve(tree({ 'docs/one.md': '# One\n' })).ready()).rejects.toMatchObject({
    message: expect.stringContaining('there is no manifest under'),
    hint: expect.stringContaining('--root DIR'),
  });
});

function serve(root: string): ReturnType<typeof startDevRun> {
  const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
  const run = startDevRun({
    command: 'dev',
    root,
    docs: undefined,
    address,
    facts: {
      isOwn: true,
      ...address,
      publicDir: join(root, 'public'),
      routes: [],
      locales: [''],
      others: [],
    },
    routed: Promise.resolve(),
    resources: true,
    rules: false,
    status: false,
    untrusted: true,
    whole: { title: 'Shop', pictures: join(root, '.pictures') },
    words: { languages: { '': 'en' }, dictionaries: {} },
    written: [],
    known: null,
    color: false,
    errors: 'warn',
    logger: { info() {}, warn() {}, error() {} },
  });
  onTestFinished(() => run.dispose());
  return run;
}
