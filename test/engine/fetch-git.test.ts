import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cacheDirectory } from '../../plugins/source/index.ts';
import { plumbline } from '../scripts/cli.ts';
import { tree } from '../source/tree.ts';
import { type GitServer, openGitServer } from './git-server.ts';

/** Other repositories across a network, which is this machine: brought by the real Git, locked, read offline. */
let server: GitServer;
const store = join(cacheDirectory('/nowhere') ?? '', 'store');
beforeAll(async () => {
  server = await openGitServer();
});
afterAll(() => server.close());
beforeEach(() => {
  rmSync(store, { recursive: true, force: true });
  server.answers.clear();
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
  expect([await model(root), await model(root)]).toEqual([cold, cold]);
  expect(server.asked).toEqual([]);
  return cold;
};

test('an application of another repository, by a tag, a range and a branch', async () => {
  const commit = server.put(
    'apps.git',
    { 'deploy/a.yaml': map('a'), 'kustom/kustomization.yaml': 'namePrefix: my-\nresources: [../base]\n', 'base/kustomization.yaml': 'resources: [b.yaml]\n', 'base/b.yaml': map('b'), 'unasked/c.yaml': 'c: 1\n' },
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
