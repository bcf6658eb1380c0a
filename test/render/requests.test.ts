import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

/** A server on this machine, which no proxy keeps an engine from; what it is asked for. */
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end('{}');
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => new Promise<unknown>((done) => server.close(done)));

const chart = (name: string, more = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`;
const application = (path: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: app, namespace: argocd}\nspec: {project: default, source: {repoURL: https://git.example.com/a.git, path: ${path}}, destination: {server: https://kubernetes.default.svc, namespace: app}}\n`;
const schema = (address: string) => JSON.stringify({ $ref: `${address}/schema.json` });

/** A chart as `helm package` makes it. */
function packed(root: string, folder: string, target: string): void {
  execFileSync('tar', [
    '-czf',
    join(root, target),
    '-C',
    join(root, folder, '..'),
    folder.split('/').at(-1) ?? '',
  ]);
}

test('no engine asks anybody for anything', async () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const plugin = (kind: string, line: string) =>
    `- |-\n  apiVersion: builtin\n  kind: ${kind}\n  metadata: {name: made}\n  ${line}\n`;
  const root = tree({
    'plumbline.yaml': 'repository: {url: https://git.example.com/a.git}\n',
    'K8s/app.yaml': application('K8s/charts/whole'),
    'K8s/k/kustomization.yaml': `resources: ["${address}/a.yaml"]\nconfigMapGenerator: [{name: m, files: ["x=${address}/f"]}]\npatches: [{path: "${address}/p"}]\nopenapi: {path: "${address}/o"}\nhelmCharts: [{name: inner, valuesFile: "${address}/v"}]\ngenerators:\n${plugin('ConfigMapGenerator', `files: ["x=${address}/g"]`)}transformers:\n${plugin('PatchTransformer', `path: ${address}/t`)}`,
    'K8s/k/charts/inner/Chart.yaml': chart('inner'),
    'K8s/k/charts/inner/values.schema.json': schema(address),
    'K8s/charts/whole/Chart.yaml': chart(
      'whole',
      'dependencies: [{name: inner, version: 1.0.0, repository: ""}]\n',
    ),
    'K8s/charts/whole/charts/none': '',
    'K8s/charts/whole/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'packed/inner/Chart.yaml': chart('inner'),
    'packed/inner/values.schema.json': schema(address),
    'packed/inner/templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
  });
  packed(root, 'packed/inner', 'K8s/charts/whole/charts/inner-1.0.0.tgz');
  const { model } = await loadPlatform({ root, cache: false });
  expect(asked).toEqual([]);
  expect(model.unverified.map(({ why }) => why).join('\n')).toContain(`${address}/schema.json`);
});
