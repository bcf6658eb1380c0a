import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configJsonSchema } from '../../plugins/source/config/config-schema.ts';
import { ConfigError, loadConfig, readCommit } from '../../plugins/source/index.ts';
import { read, tree } from './tree.ts';

describe('configuration', () => {
  test('the schema for editors is the one that is read by', () => {
    const published = readFileSync(join(import.meta.dirname, '../../plumbline.schema.json'), 'utf8');
    expect(JSON.parse(published)).toEqual(configJsonSchema());
  });

  test('IT and K8s are the layers where they exist, else everything is gitops', async () => {
    const platform = tree({ 'IT/a.yaml': '', 'K8s/a.yaml': '', 'other/a.yaml': '' });
    expect((await loadConfig({ root: platform })).layers).toEqual({
      bootstrap: ['IT'],
      gitops: ['K8s'],
    });
    const other = tree({ 'apps/a.yaml': '' });
    expect((await loadConfig({ root: other })).layers).toEqual({ bootstrap: [], gitops: ['.'] });
  });

  test('what plumbline.yaml says wins over the defaults', async () => {
    const root = tree({
      'plumbline.yaml':
        'layers: {bootstrap: [boot/], gitops: [./apps]}\ndocs: pages\nrepository: {url: https://git.example.com/a.git, browse: null}\nseverity: {wave-inert: off}\n',
      'boot/a.yaml': '',
      'apps/a.yaml': '',
      'pages/index.md': '',
    });
    const config = await loadConfig({ root });
    expect(config).toEqual({
      root,
      home: root,
      file: join(root, 'plumbline.yaml'),
      docs: join(root, 'pages'),
      isDocsNamed: true,
      baseline: null,
      layers: { bootstrap: ['boot'], gitops: ['apps'] },
      repository: { urls: ['https://git.example.com/a.git'], browse: null, branches: [], submodules: [] },
      severity: { 'wave-inert': 'off' },
    });
  });

  const wrong: [string, Record<string, string>, RegExp][] = [
    [
      'an unknown key',
      { 'plumbline.yaml': 'layer: {}\n' },
      /1:1 there is no key `layer`: did you mean `layers`/,
    ],
    ['a severity that is none', { 'plumbline.yaml': 'severity: {x: loud}\n' }, /severity/],
    [
      'text that is not YAML',
      { 'plumbline.yaml': 'a: [\n' },
      /not YAML: a `\[` that is not closed opens at line 1, column 4/,
    ],
    ['a layer that does not exist', { 'plumbline.yaml': 'layers: {gitops: [nope]}\n' }, /does not exist/],
    ['pages that do not exist', { 'plumbline.yaml': 'docs: pagse\n' }, /`pagse` does not exist.*Mend `docs`/],
    ['pages that are a file', { 'plumbline.yaml': 'docs: a.md\n', 'a.md': '' }, /`a.md` is not a folder/],
    [
      'a version that YAML takes for a number',
      { 'plumbline.yaml': 'kubernetes: 1.30\n' },
      /is `1.3`: write it in quotes/,
    ],
    [
      'a version of nothing',
      { 'plumbline.yaml': 'kubernetes: stable\n' },
      /1:13 `kubernetes` is no version of Kubernetes/,
    ],
    [
      'an API that is none',
      { 'plumbline.yaml': 'kubernetes: {apiVersions: [ServiceMonitor]}\n' },
      /1:28 `kubernetes.apiVersions.0` is no API: `GROUP\/VERSION`/,
    ],
    ['a chart that is not there', { 'plumbline.yaml': 'deploy: [nope]\n' }, /folder `nope` does not exist/],
    ['a chart beyond the root', { 'plumbline.yaml': 'deploy: [{path: ../x}]\n' }, /outside the root/],
    [
      'values that are not there',
      { 'plumbline.yaml': 'deploy: [{path: ., values: [nope.yaml]}]\n' },
      /value file `nope.yaml` is no file/,
    ],
    ['a layer outside the root', { 'plumbline.yaml': 'layers: {gitops: [../x]}\n' }, /outside the root/],
  ];
  test.each(wrong)('%s is an error with help', async (_name, files, words) => {
    const error = await loadConfig({ root: tree(files) }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect(`${(error as ConfigError).message} ${(error as ConfigError).help}`).toMatch(words);
  });

  test('all that is wrong is told at once, in the order of the file, each with its place', async () => {
    const text = `layers:
  gitop: [apps]
  bootstrap: apps
docs: []
sites: https://x.example.com
site: ftp://x.example.com
slugs: githubb
repository: { url: {}, browse: 'javascript:x' }
severity:
  wave-inert: eror
values: { 'a-b': c }
generators:
  clusters:
    - { name: a, sever: https://k8s.example.com }
`;
    const error = await loadConfig({ root: tree({ 'plumbline.yaml': text }) }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as ConfigError).message.split('\n').slice(1)).toEqual([
      '  2:3 there is no key `gitop` under `layers`: did you mean `gitops`?',
      '  3:14 `layers.bootstrap` must be a list, and is `apps`',
      '  4:7 `docs` must be a text, and is a list',
      '  5:1 there is no key `sites`: did you mean `site`?',
      '  6:7 `site` is no address on the web: `ftp://x.example.com`',
      '  7:8 `slugs` cannot be `githubb`: did you mean `github`?',
      '  8:20 `repository.url` must be a text or a list, and is a map',
      '  8:32 `repository.browse` is not an address on the web: it begins with `https://` or `/`: `javascript:x`',
      '  10:15 `severity.wave-inert` cannot be `eror`: did you mean `error`?',
      '  11:11 `values.a-b` is no name that a placeholder may have: letters, digits and `_`',
      '  14:7 `generators.clusters.0.server` is missing: it is a text',
      '  14:18 there is no key `sever` under `generators.clusters.0`: did you mean `server`?',
    ]);
  });

  test('a docs folder of the call that does not exist is an error, which finds it under the root', async () => {
    const root = tree({ 'guides/a.md': '' });
    const thrown = async (docs: string) =>
      (await loadConfig({ root, docs }).catch((error: unknown) => error)) as ConfigError;
    expect(await thrown('guides')).toBeInstanceOf(ConfigError);
    expect((await thrown('guides')).help).toMatch(/from the working directory: write `--docs .*guides`/);
    expect((await thrown('nowhere')).help).toMatch(/existing folder/);
  });

  const manifests = ['K8s/a.yaml', 'K8s/b.yaml', 'K8s/c.yaml'];
  test.each([
    ['.', '.', [...manifests, 'docs/example.yaml']],
    ['.', 'K8s', [...manifests, 'docs/example.yaml']],
    ['.', 'docs', manifests],
    ['K8s', '.', manifests],
    ['K8s', 'K8s', manifests],
  ])('with the layer %s, pages under %s leave the manifests in', async (layer, docs, expected) => {
    const root = tree({
      'plumbline.yaml': `layers: {gitops: ['${layer}']}\ndocs: ${docs}\n`,
      'K8s/a.yaml': 'a: 1\n',
      'K8s/b.yaml': 'b: 1\n',
      'K8s/c.yaml': 'c: 1\n',
      'docs/example.yaml': 'c: 1\n',
      'docs/index.md': '',
    });
    const { files } = await read(root);
    expect([...files.keys()].filter((path) => /^(?:K8s|docs)\/.*yaml$/.test(path))).toEqual(expected);
  });

  test('a root that does not exist is an error', async () => {
    await expect(loadConfig({ root: '/no/such/folder' })).rejects.toBeInstanceOf(ConfigError);
  });
});

describe('Git', () => {
  const git = (root: string, ...parameters: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters], {
      stdio: 'pipe',
    });

  test('the commit, and whether tracked manifests differ from it', async () => {
    const root = tree({ 'K8s/a.yaml': 'a: 1\n', 'docs/x.md': 'x\n' });
    expect(await readCommit(root, ['K8s'])).toBeNull();
    git(root, 'init', '-q', '-b', 'trunk');
    expect(await readCommit(root, ['K8s'])).toBeNull();
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'first');
    git(root, 'remote', 'add', 'origin', 'https://robot:token@github.com/acme/idp.git');
    expect(await readCommit(root, ['K8s'])).toMatch(/^[0-9a-f]{12}$/);
    writeFileSync(join(root, 'docs/x.md'), 'y\n');
    writeFileSync(join(root, 'K8s/new.yaml'), 'b: 1\n');
    expect(await readCommit(root, ['K8s'])).toMatch(/^[0-9a-f]{12}$/);
    writeFileSync(join(root, 'K8s/a.yaml'), 'a: 2\n');
    expect(await readCommit(root, ['K8s'])).toMatch(/^[0-9a-f]{12}-dirty$/);
    expect((await loadConfig({ root })).repository).toEqual({
      urls: ['https://github.com/acme/idp.git'],
      browse: 'https://github.com/acme/idp/blob/{commit}/{file}#L{line}',
      branches: ['trunk'],
      submodules: [],
    });
    git(root, 'checkout', '-q', '--detach');
    // As a clone and an action have it: the remote's branches, and its default by its own name.
    git(root, 'update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    git(root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    git(root, 'branch', '-q', '-D', 'trunk');
    expect((await loadConfig({ root })).repository.branches).toEqual(['trunk']);
  });
});
