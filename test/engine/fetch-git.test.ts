import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { resolveRevision } from '../../plugins/engine/fetch/resolve-revision.ts';
import { restoreEnvironment } from '../environment.ts';
import { plumbline } from '../scripts/cli.ts';
import { tree } from '../source/tree.ts';
import { testInTurns } from '../turns.ts';
import { type GitServer, openGitServer } from './git-server.ts';
import { ownStore } from './own-store.ts';

const inTurn = testInTurns(3);

/** Other repositories, across a network that is this machine: brought by the real Git and read offline. */
let server: GitServer;
const store = ownStore();
beforeAll(async () => {
  server = await openGitServer();
});
afterAll(() => server.close());
beforeEach(() => {
  rmSync(store, { recursive: true, force: true });
  server.answers.clear();
  server.cuts.clear();
  server.guards.clear();
  server.asked.length = 0;
});

const map = (name: string, data = '{a: one}') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${data}\n`;
const application = (name: string, sources: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  ${sources}\n  destination: {server: https://kubernetes.default.svc, namespace: ${name}}\n---\n`;
const here = { 'plumbline.yaml': 'repository: {url: https://git.example.com/here.git}\n' };
const lockOf = (root: string) => readFileSync(join(root, 'plumbline.lock'), 'utf8');
const fetching = (root: string, ...args: string[]) => plumbline(['--root', root, 'fetch', ...args]);
const rows = async (root: string, where = "kind == 'ConfigMap'") => {
  const args = ['--root', root, 'table', 'resources', '--where', where, '--format', 'json'];
  const { rows } = JSON.parse((await plumbline(args)).stdout) as { rows: Record<string, string>[] };
  return rows.map(({ namespace, name }) => `${namespace}/${name}`).sort();
};
const model = async (root: string, ...args: string[]) =>
  (await plumbline(['--root', root, ...args, 'model'])).stdout;
/** Offline, cold and warm: the same bytes, and nobody is asked. */
const known = async (root: string) => {
  server.asked.length = 0;
  const cold = await model(root, '--no-cache');
  expect(await model(root)).toBe(cold);
  expect(server.asked).toEqual([]);
  return cold;
};

inTurn('an application of another repository, by a tag, a range and a branch', async () => {
  const commit = server.put(
    'apps.git',
    {
      'deploy/a.yaml': map('a'),
      'kustom/kustomization.yaml': 'namePrefix: my-\nresources: [../base]\n',
      'base/kustomization.yaml': 'resources: [b.yaml]\n',
      'base/b.yaml': map('b'),
      'unasked/c.yaml': 'c: 1\n',
    },
    { tags: ['v1.2.0', 'v1.3.0-rc.1'] },
  );
  const source = (path: string, revision: string) =>
    `source: {repoURL: ${server.url}/apps.git, path: ${path}, targetRevision: "${revision}"}`;
  const root = tree({
    ...here,
    'IT/apps.yaml': `${application('plain', source('deploy', 'v1.2.0'))}${application('built', source('kustom', '1.x'))}${application('head', source('deploy', 'main'))}`,
  });
  expect(await rows(root)).toEqual([]);
  const unverified = await plumbline(['--root', root, 'check']);
  expect(unverified.stdout).toContain('it is another repository: `plumbline fetch` brings it');
  expect((await fetching(root, '--check')).code).toBe(1);
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stderr]).toEqual([0, '']);
  const short = commit.slice(0, 12);
  expect(stdout).toBe(
    `${['1.x', 'main', 'v1.2.0'].map((one) => `brought  ${short} of ${server.url}/apps.git, asked for as ${one}\n`).join('')}3 of 3 repositories are here\n`,
  );
  expect(lockOf(root)).toMatch(
    new RegExp(
      `repository: ${server.url}/apps.git\n {4}asked: 1\\.x\n {4}commit: ${commit}\n {4}paths:\n {6}- base\n {6}- kustom\n {4}sha256: [0-9a-f]{64}\n`,
    ),
  );
  expect((await fetching(root, '--check')).code).toBe(0);
  const found = await known(root);
  expect(await rows(root)).toEqual(['built/my-b', 'head/a', 'plain/a']);
  expect(await rows(root, "written && kind == 'ConfigMap'")).toEqual([]);
  expect(found).not.toContain('.fetched');
  expect(existsSync(join(root, '.fetched'))).toBe(false);
});

inTurn('tags of one component of a repository, by a version and a range', async () => {
  const tags = ['a/1.0.0', 'b/1.0.0', 'b/1.0.1', 'b/1.1.0-rc.1', '1.0.5', 'v1.0.6'];
  const commit = server.put('tagged.git', { 'deploy/a.yaml': map('a') }, { tags });
  const source = (revision: string, tagPrefix: string) =>
    `source: {repoURL: ${server.url}/tagged.git, path: deploy, targetRevision: "${revision}", tagPrefix: ${tagPrefix}}`;
  const root = tree({
    ...here,
    'IT/apps.yaml': `${application('range', source('1.0.*', 'b/'))}${application('version', source('1.0.0', 'a/'))}${application('branch', source('main', 'a/'))}${application('none', source('2.x', 'a/'))}`,
  });
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stderr]).toEqual([3, expect.stringContaining('`a/2.x`')]);
  expect(stdout).toContain(
    `brought  ${commit.slice(0, 12)} of ${server.url}/tagged.git, asked for as b/1.0.*\n`,
  );
  expect(lockOf(root)).toContain(`asked: 1.0.*\n    tagPrefix: b/\n    commit: ${commit}\n`);
  expect(await rows(root)).toEqual(['branch/a', 'range/a', 'version/a']);
  expect(await fetching(root, '--locked')).toMatchObject({ stdout: expect.stringContaining('3 of 4') });
});

test('what tags begin with counts for versions and ranges alone', () => {
  const refs = ['heads/main', ...['a/1.0.0', 'a/1.0.1', 'a/2.0.0-rc.1', '1.0.9'].map((tag) => `tags/${tag}`)];
  const commits = refs.map((_, index) => String(index).repeat(40));
  const listed = refs.map((ref, index) => `${commits[index]}\trefs/${ref}`).join('\n');
  const found = (revision: string | null, prefix?: string) => {
    const commit = resolveRevision(revision, `${commits[0]}\tHEAD\n${listed}`, prefix);
    return commit === null ? null : refs[commits.indexOf(commit)];
  };
  expect(found('1.0.*', 'a/')).toBe('tags/a/1.0.1');
  expect(found('1.0.0', 'a/')).toBe('tags/a/1.0.0');
  expect(found('>=1.0.0-0', 'a/')).toBe('tags/a/2.0.0-rc.1');
  expect(found('1.0.*')).toBe('tags/1.0.9');
  expect([found('main', 'a/'), found('HEAD', 'a/'), found(null, 'a/')]).toEqual(Array(3).fill('heads/main'));
  expect([found('>=1.0.0-0, <3', 'a/'), found('*-0', 'a/')]).toEqual(['tags/a/1.0.1', 'tags/a/2.0.0-rc.1']);
  expect([found('3.x', 'a/'), found('1.0.9', 'a/'), found('1.0.1')]).toEqual([null, null, null]);
});

inTurn('values and charts of other repositories, with what they lie beside', async () => {
  server.put('values.git', { 'shop/prod.yaml': 'replicas: 7\n', 'other.yaml': 'a: 1\n' });
  server.put('charts.git', {
    'charts/shop/Chart.yaml':
      'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: lib, version: 1.0.0, repository: "file://../lib"}]\n',
    'charts/shop/templates/map.yaml': map('{{ .Release.Name }}', '{replicas: "{{ .Values.replicas }}"}'),
    'charts/shop/templates/secret.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {word: hunter2hunter2}\n',
    'charts/lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\n',
    'charts/lib/templates/map.yaml': map('of-lib'),
    'charts/common.yaml': 'replicas: 1\n',
  });
  const root = tree({
    ...here,
    'K8s/chart/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
    'K8s/chart/templates/map.yaml': map('own', '{replicas: "{{ .Values.replicas }}"}'),
    'IT/apps.yaml': [
      application(
        'shop',
        `sources: [{repoURL: ${server.url}/charts.git, path: charts/shop, helm: {valueFiles: [../common.yaml, $values/shop/prod.yaml]}}, {repoURL: ${server.url}/values.git, ref: values}]`,
      ),
      application(
        'own',
        `sources: [{repoURL: "https://git.example.com/here.git", path: K8s/chart, helm: {valueFiles: [$values/shop/prod.yaml]}}, {repoURL: ${server.url}/values.git, ref: values}]`,
      ),
    ].join(''),
  });
  const { code, stdout } = await fetching(root);
  expect([code, stdout.split('\n').at(-2)]).toEqual([0, '2 of 2 repositories are here']);
  expect(lockOf(root)).toContain(
    'paths:\n      - charts/common.yaml\n      - charts/lib\n      - charts/shop\n',
  );
  expect(lockOf(root)).toContain('paths:\n      - shop/prod.yaml\n');
  const found = await known(root);
  expect(await rows(root)).toEqual(['own/own', 'shop/of-lib', 'shop/shop']);
  expect(found.match(/"replicas": "7"/g)).toHaveLength(2);
  expect(found).not.toContain('hunter2');
  // It stands where it is asked for; what is of this repository stands where it is written.
  const place = async (name: string) =>
    (
      await plumbline([
        '--root',
        root,
        'table',
        'resources',
        '--where',
        `name == '${name}'`,
        '--columns',
        'file',
      ])
    ).stdout;
  expect(await place('own')).toContain('K8s/chart/templates/map.yaml');
});

inTurn('remote bases and files of kustomizations, by the real kustomize', async () => {
  server.put(
    'bases.git',
    {
      'web/kustomization.yaml': `nameSuffix: -x\nresources: [web.yaml, ../shared, ${server.url}/second.git?ref=v1]\ncomponents: [part]\n`,
      'web/web.yaml': map('web'),
      'web/part/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - target: {name: web}\n    patch: |-\n      - {op: add, path: /data/part, value: was-here}\n',
      'shared/kustomization.yaml': 'resources: [shared.yaml]\n',
      'shared/shared.yaml': map('shared'),
    },
    { tags: ['v1'] },
  );
  server.put(
    'second.git',
    { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': map('second') },
    { tags: ['v1'] },
  );
  server.answers.set('/raw/crd.yaml', (_, response) => void response.end(map('raw')));
  const root = tree({
    ...here,
    'K8s/web/kustomization.yaml': `namespace: web\nresources:\n  - ${server.url}/bases.git//web?ref=v1&timeout=90s\n  - ${server.url}/raw/crd.yaml\npatches:\n  - target: {name: web}\n    patch: |-\n      - {op: add, path: /data/mine, value: too}\n`,
    'IT/app.yaml': application('web', 'source: {repoURL: "https://git.example.com/here.git", path: K8s/web}'),
  });
  expect(await rows(root)).toEqual([]);
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\n').at(-2)).toBe('2 of 2 repositories, 1 of 1 file are here');
  const found = await known(root);
  expect(await rows(root)).toEqual(['web/raw', 'web/second-x', 'web/shared-x', 'web/web-x']);
  expect(found).toMatch(/"mine": "too"/);
  expect(found).toMatch(/"part": "was-here"/);
  expect(found).not.toContain('.fetched');
  const objects = (
    JSON.parse(found) as {
      resources: { name: string; origin: { file: string; line: number; fetched: string } }[];
    }
  ).resources;
  const origin = (name: string) => objects.find((one) => one.name === name)?.origin;
  expect(origin('web-x')).toMatchObject({
    file: 'K8s/web/kustomization.yaml',
    line: 3,
    fetched: `${server.url}/bases.git at v1`,
  });
  expect(origin('second-x')).toMatchObject({
    file: 'K8s/web/kustomization.yaml',
    line: 3,
    fetched: `${server.url}/second.git at v1`,
  });
  expect(origin('raw')).toMatchObject({ line: 4, fetched: `${server.url}/raw/crd.yaml` });
  // What a person here gets wrong about it is told as ever.
  writeFileSync(
    join(root, 'K8s/web/kustomization.yaml'),
    readFileSync(join(root, 'K8s/web/kustomization.yaml'), 'utf8').replace(
      '- target: {name: web}\n    patch: |-\n      - {op: add, path: /data/mine, value: too}',
      '- patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: nobody}}"',
    ),
  );
  const { stdout: report } = await plumbline(['--root', root, 'check']);
  expect(report).toContain('error[render-failed]');
  expect(report).toMatch(/K8s\/web\/kustomization\.yaml:\d+/);
});

inTurn('keeps the commit until it is told to move, and uses nothing of other content', async () => {
  const first = server.put('moving.git', { 'a.yaml': map('old') }, { tags: ['v1'] });
  const root = tree({
    ...here,
    'IT/app.yaml': application(
      'one',
      `source: {repoURL: ${server.url}/moving.git, path: ., targetRevision: v1}`,
    ),
  });
  await fetching(root);
  const second = server.put('moving.git', { 'a.yaml': map('new') }, { tags: ['v1'] });
  expect((await fetching(root)).stdout).toBe('1 of 1 repository is here\n');
  rmSync(store, { recursive: true });
  expect(await fetching(root, '--locked')).toMatchObject({ code: 0 });
  expect(await rows(root)).toEqual(['one/old']);
  expect((await fetching(root, '--update', 'moving')).stdout).toBe(
    `moved    ${second.slice(0, 12)} of ${server.url}/moving.git, asked for as v1, was ${first.slice(0, 12)}\n1 of 1 repository is here\n`,
  );
  expect(await rows(root)).toEqual(['one/new']);
  // A tag of a release is no branch.
  const released = tree({
    ...here,
    'IT/app.yaml': application(
      'one',
      `source: {repoURL: ${server.url}/moving.git, path: ., targetRevision: v1.0.0}`,
    ),
  });
  server.put('moving.git', { 'a.yaml': map('old') }, { tags: ['v1.0.0'] });
  await fetching(released);
  server.put('moving.git', { 'a.yaml': map('new') }, { tags: ['v1', 'v1.0.0'] });
  expect((await fetching(released, '--update')).stdout).toContain(': the tag of a release was moved\n');
  // Of another content nothing is used, wherever it comes from.
  const lock = lockOf(root);
  const digest = /sha256: ([0-9a-f]{64})/.exec(lock)?.[1] ?? '';
  writeFileSync(join(store, 'git', digest, 'a.yaml'), map('planted'));
  const { stdout } = await plumbline(['--root', root, 'check']);
  expect(stdout).toMatch(/error\[lock-mismatch\].*\n[\s\S]*plumbline\.lock:\d+/);
  expect(stdout).toContain(`expected  sha256 ${digest}`);
  expect(await rows(root)).toEqual([]);
  rmSync(store, { recursive: true });
  writeFileSync(join(root, 'plumbline.lock'), lock.replace(digest, 'a'.repeat(64)));
  const { code, stderr } = await fetching(root, '--locked');
  expect([code, stderr]).toEqual([1, expect.stringContaining('is not what was locked')]);
  expect(existsSync(join(store, 'git'))).toBe(false);
  // Kept in the repository it is no manifest of it.
  writeFileSync(join(root, 'plumbline.lock'), lock);
  writeFileSync(join(root, 'plumbline.yaml'), `${here['plumbline.yaml']}layers: {gitops: [.]}\n`);
  await fetching(root, '--vendor', join(root, 'vendor'));
  expect(
    existsSync(join(root, 'vendor', `moving-${second.slice(0, 12)}-${digest.slice(0, 8)}`, 'a.yaml')),
  ).toBe(true);
  expect(await rows(root)).toEqual(['one/new']);
  // What was there before is gone once it moved.
  server.put('moving.git', { 'a.yaml': map('newer') }, { tags: ['v1'] });
  await fetching(root, '--update');
  expect(readdirSync(join(root, 'vendor'))).toEqual([expect.not.stringContaining(second.slice(0, 12))]);
  expect(await rows(root)).toEqual(['one/newer']);
});

inTurn('a proxy that the surroundings name is asked for single files, too', async () => {
  const tunnels: string[] = [];
  const proxy = createServer().on('connect', ({ url = '' }, socket) => {
    tunnels.push(url);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const to = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.pipe(to).pipe(socket);
    for (const one of [socket, to]) one.on('error', () => undefined);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const before = { ...process.env };
  try {
    process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    server.answers.set('/map.yaml', (_, response) => response.end(map('tunnelled')));
    const root = tree({
      ...here,
      'K8s/kustomization.yaml': 'resources: [http://files.example.invalid/map.yaml]\n',
    });
    const { code, stderr } = await fetching(root);
    expect([code, stderr, tunnels]).toEqual([0, '', ['files.example.invalid:80']]);
  } finally {
    restoreEnvironment(before);
    proxy.closeAllConnections();
    proxy.close();
  }
});

inTurn('runs nothing of it, takes nothing from outside of it, and fails alone', async () => {
  server.put('hostile.git', {
    '.gitattributes': '*.yaml filter=lfs\n*.yaml export-subst\n',
    '.gitmodules': '[submodule "s"]\n\tpath = sub\n\turl = /etc\n',
    sub: `submodule:${'a'.repeat(40)}`,
    'hooks/post-checkout': '#!/bin/sh\ntouch /tmp/never\n',
    'a.yaml': map('plain', '{a: $Format:%H$}'),
    'in.yaml': 'link:lib/b.yaml',
    'lib/b.yaml': map('linked'),
    'out.yaml': 'link:/etc/passwd',
    'up.yaml': 'link:../../../../etc/passwd',
    'large.yaml': map('large', '{a: git-lfs}'),
    'pointer.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 1\n',
    'big.yaml': `# ${'x'.repeat(6 * 2 ** 20)}\n`,
  });
  server.answers.set('/private.git', (_, response) => {
    response.statusCode = 401;
    response.setHeader('www-authenticate', 'Basic realm="x"');
    response.end();
  });
  server.answers.set('/silent.git', () => undefined);
  const names = ['hostile', 'private', 'nowhere'];
  const asking = server.url.replace('://', '://me:hidden@');
  const source = (name: string) => application(name, `source: {repoURL: ${asking}/${name}.git, path: .}`);
  const root = tree({
    ...here,
    'IT/apps.yaml': `${names.map(source).join('')}${application('empty', `source: {repoURL: ${server.url}/hostile.git, path: nothing/here, targetRevision: main}`)}${application('program', 'source: {repoURL: "ext::sh -c touch% /tmp/never", path: .}')}${application('own', 'source: {repoURL: /etc, path: .}')}`,
  });
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stdout.split('\n').at(-2)]).toEqual([3, '1 of 4 repositories are here']);
  expect(stderr).toMatch(
    /hostile\.git at main: nothing\/here cannot be fetched: its commit \w+ holds nothing at `nothing\/here`/,
  );
  const why = (name: string) =>
    new RegExp(`error: the repository ${server.url}/${name}.git cannot be fetched: (.*)`).exec(stderr)?.[1];
  expect(why('private')).toMatch(/could not read Username|Authentication failed/);
  expect(stderr).toContain(`\`git ls-remote ${server.url}/private.git\``);
  expect(why('nowhere')).toMatch(/not found/);
  expect(await rows(root)).toEqual(['hostile/large', 'hostile/linked', 'hostile/plain']);
  expect(`${stdout}${stderr}${lockOf(root)}`).not.toContain('hidden');
  expect(existsSync('/tmp/never')).toBe(false);
  expect(await model(root)).toContain('$Format:%H$');
  const silent = tree({ ...here, 'IT/app.yaml': source('silent') });
  expect((await fetching(silent, '--timeout', '1')).stderr).toContain('it did not answer within 1 seconds');
});

inTurn('a generator that reads another repository, and what its applications ask for in turn', async () => {
  server.put('deep.git', { 'x/a.yaml': map('deep'), 'y/a.yaml': map('unasked') });
  server.put('fleet.git', {
    'apps/one/a.yaml': `${map('one')}---\n${application('deep', `source: {repoURL: ${server.url}/deep.git, path: x}`)}`,
    'apps/two/a.yaml': map('two'),
    'envs/eu.yaml': 'name: eu\nfolder: apps/two\n',
    'unasked/big.yaml': map('unasked'),
  });
  const set = (name: string, generator: string, path: string, app: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  goTemplate: true\n  generators:\n    - git: {repoURL: ${server.url}/fleet.git, revision: main, ${generator}}\n  template:\n    metadata: {name: '${app}'}\n    spec:\n      project: default\n      source: {repoURL: ${server.url}/fleet.git, targetRevision: main, path: '${path}'}\n      destination: {server: https://kubernetes.default.svc, namespace: '${app}'}\n---\n`;
  const root = tree({
    ...here,
    'IT/sets.yaml': `${set('folders', 'directories: [{path: apps/*}]', '{{.path.path}}', '{{.path.basename}}')}${set('files', 'files: [{path: envs/*.yaml}]', '{{.folder}}', '{{.name}}')}`,
  });
  expect(await rows(root, "kind == 'Application'")).toEqual([]);
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stderr, stdout.split('\n').at(-2)]).toEqual([0, '', '2 of 2 repositories are here']);
  expect(lockOf(root)).toContain('paths:\n      - apps\n      - envs\n');
  expect((await fetching(root, '--check')).code).toBe(0);
  await known(root);
  expect(await rows(root)).toEqual(['deep/deep', 'eu/two', 'one/one', 'two/two']);
});

inTurn('sources of Flux that are other repositories', async () => {
  server.put(
    'flux.git',
    {
      'built/kustomization.yaml': 'resources: [a.yaml]\n',
      'built/a.yaml': map('built', '{a: "${WHO}"}'),
      'plain/b.yaml': map('plain'),
      'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'chart/templates/c.yaml': map('of-chart', '{a: "{{ .Values.a }}"}'),
      'chart/values.yaml': 'a: 1\n',
    },
    { branch: 'master', tags: ['v1.0.0', '1.4.0', '2.0.0'] },
  );
  const source = (name: string, ref: string) =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}, namespace: flux}\nspec: {interval: 1h, url: ${server.url}/flux.git${ref}}\n---\n`;
  const kustomization = (name: string, from: string, more = '') =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux}\nspec: {interval: 1h, prune: true, path: ./${name}, sourceRef: {kind: GitRepository, name: ${from}}${more}}\n---\n`;
  const root = tree({
    ...here,
    'K8s/flux.yaml': [
      source('range', ', ref: {semver: 1.x}'),
      source('exact', ', ref: {semver: 1.0.0}'),
      source('default', ''),
      kustomization('built', 'range', ', targetNamespace: web, postBuild: {substitute: {WHO: somebody}}'),
      kustomization('plain', 'default', ', targetNamespace: web'),
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: rel, namespace: flux}\nspec: {interval: 1h, chart: {spec: {chart: ./chart, sourceRef: {kind: GitRepository, name: exact}}}}\n',
    ].join(''),
  });
  expect(await rows(root)).toEqual([]);
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stderr, stdout.split('\n').at(-2)]).toEqual([0, '', '3 of 3 repositories are here']);
  const found = await known(root);
  expect(await rows(root)).toEqual(['flux/of-chart', 'web/built', 'web/plain']);
  expect(found).toContain('"a": "somebody"');
  expect(found).not.toContain('.fetched');
});

inTurn('a server that breaks off midway costs its own repository, and nothing of it is kept', async () => {
  for (const name of ['whole', 'pack', 'refs', 'silent']) server.put(`${name}.git`, { 'a.yaml': map(name) });
  const packAt = (body: Buffer) => body.indexOf('PACK');
  // In the middle of the pack; before it; and before anything that comes after what the server can do.
  server.cuts.set('pack.git', (body) => (packAt(body) < 0 ? body.length : packAt(body) + 40));
  server.cuts.set('refs.git', (body) => (packAt(body) < 0 ? body.length : 0));
  server.cuts.set('silent.git', (body) => (body.includes('# service=') ? body.length : 0));
  const root = tree({
    ...here,
    'IT/apps.yaml': ['whole', 'pack', 'refs', 'silent']
      .map((name) => application(name, `source: {repoURL: ${server.url}/${name}.git, path: .}`))
      .join(''),
  });
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stdout.split('\n').at(-2)]).toEqual([3, '1 of 4 repositories are here']);
  const told = stderr.split('\n').filter((line) => line.startsWith('error: '));
  expect(told).toHaveLength(3);
  for (const name of ['pack', 'refs', 'silent'])
    expect(told).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `/${name}\\.git cannot be fetched: .*(early EOF|transfer closed|unexpected|hung up|reply)`,
        ),
      ),
    );
  expect(lockOf(root)).toContain('whole.git');
  expect(lockOf(root)).not.toMatch(/(pack|refs|silent)\.git/);
  // Once the server is whole again, the rest comes.
  server.cuts.clear();
  expect((await fetching(root)).stdout).toContain('4 of 4 repositories are here');
  expect(await rows(root)).toEqual(['pack/pack', 'refs/refs', 'silent/silent', 'whole/whole']);
});

inTurn(
  'a server that wants a password is asked with what a credential helper knows, and nobody is prompted',
  async () => {
    server.put('open.git', { 'a.yaml': map('open') });
    server.put('closed.git', { 'a.yaml': map('closed') });
    const login = `Basic ${Buffer.from('me:hunter2hunter2').toString('base64')}`;
    server.guards.set('closed.git', login);
    const root = tree({
      ...here,
      'IT/apps.yaml': ['open', 'closed']
        .map((name) => application(name, `source: {repoURL: ${server.url}/${name}.git, path: .}`))
        .join(''),
    });
    const refused = await fetching(root);
    expect([refused.code, refused.stdout.split('\n').at(-2)]).toEqual([3, '1 of 2 repositories are here']);
    expect(refused.stderr).toMatch(
      /^error: the repository \S+closed\.git cannot be fetched: .*(terminal prompts disabled|Authentication failed)/m,
    );
    expect(refused.stderr).toContain('asked for at IT/apps.yaml:');
    expect(refused.stderr).toContain('Git asks as you');
    expect(await rows(root)).toEqual(['open/open']);
    const before = { ...process.env };
    try {
      Object.assign(process.env, {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `credential.${server.url}.helper`,
        GIT_CONFIG_VALUE_0: '!f() { echo username=me; echo password=hunter2hunter2; }; f',
      });
      const { code, stdout, stderr } = await fetching(root);
      expect([code, stderr]).toEqual([0, '']);
      expect(`${stdout}${lockOf(root)}`).not.toContain('hunter2');
    } finally {
      restoreEnvironment(before);
    }
    expect(await rows(root)).toEqual(['closed/closed', 'open/open']);
  },
);
