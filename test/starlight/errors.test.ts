import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBuildRun } from '../../plugins/starlight/run/build-run.ts';
import { onErrors } from '../../plugins/starlight/site/on-errors.ts';
import { plumbline } from '../scripts/cli.ts';
import { tree } from '../source/tree.ts';

const root = tree({
  'K8s/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'docs/one.md': '# One\n\nThere are :fact[two]{count="kind == \'ConfigMap\'"} maps.\n',
});

test('faults end a build, or are told, or are those of a baseline', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-baseline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await expect(build('fail')).rejects.toThrow(
    'The pages and the manifests disagree: one fault, listed above.',
  );
  expect(await build('warn')).toEqual([
    'warn 1 fault, listed above, and the build goes on: `errors` is `warn`',
  ]);
  expect(() => onErrors({ baseline: 'gone.json' }, folder)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('--update-baseline') }),
  );
  const file = join(folder, 'known.json');
  await plumbline(['check', '--root', root, '--baseline', file, '--update-baseline']);
  expect(await build({ baseline: 'known.json' }, folder)).toEqual([
    'info 1 fact on 1 page: all true but 1 fault of the baseline',
  ]);
});

test('left out, `errors` is the baseline of plumbline.yaml', async () => {
  const config = join(root, 'plumbline.yaml');
  onTestFinished(() => rmSync(config, { force: true }));
  await expect(build(undefined)).rejects.toThrow('one fault');
  writeFileSync(config, 'baseline: old.json\n');
  await expect(build(undefined)).rejects.toThrow('`plumbline.yaml` does not exist');
  await plumbline(['check', '--root', root, '--update-baseline']);
  expect(await build(undefined)).toEqual(['info 1 fact on 1 page: all true but 1 fault of the baseline']);
});

/** What a build with the option logs. */
async function build(errors: Parameters<typeof onErrors>[0], siteRoot = root): Promise<string[]> {
  const said: string[] = [];
  const log = (level: string) => (text: string) => void said.push(`${level} ${text}`);
  const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
  const facts = {
    isOwn: true,
    ...address,
    publicDir: join(root, 'public'),
    routes: [],
    locales: [''],
    others: [],
  };
  const run = startBuildRun({
    command: 'build',
    root,
    docs: join(root, 'docs'),
    address,
    facts,
    routed: Promise.resolve(),
    resources: false,
    rules: false,
    untrusted: false,
    whole: null,
    words: { languages: { '': 'en' }, dictionaries: {} },
    written: [],
    color: false,
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    ...onErrors(errors, siteRoot),
  });
  await run.ready();
  await run.dispose();
  return said;
}
