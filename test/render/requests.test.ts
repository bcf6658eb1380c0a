import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { build, findEngine, run } from '../../plugins/render/engines/find-engine.ts';
import { withoutNetwork } from '../../plugins/render/engines/no-network.ts';
import { findHelm } from '../../plugins/render/engines/run-helm.ts';
import { cacheDirectory, openCache } from '../../plugins/source/index.ts';
import { tree } from '../source/tree.ts';

/** Servers on this machine, which no proxy keeps an engine from; what they are asked, and who connects. */
const asked: string[] = [];
let connections = 0;
const [server, sixth] = ['127.0.0.1', '::1'].map(() => {
  const one = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('{}');
  });
  return one.on('connection', () => {
    connections += 1;
  });
}) as [Server, Server];
const listen = (one: Server, host: string) =>
  new Promise<void>((done) => one.once('error', () => done()).listen(0, host, done));
beforeAll(async () => {
  await listen(server, '127.0.0.1');
  await listen(sixth, '::1');
});
afterAll(() => {
  server.close();
  if (sixth.listening) sixth.close();
});

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
    'K8s/charts/whole/charts/.keep': '',
    'K8s/charts/whole/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'packed/inner/Chart.yaml': chart('inner'),
    'packed/inner/values.schema.json': schema(address),
    'packed/inner/templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
  });
  packed(root, 'packed/inner', 'K8s/charts/whole/charts/inner-1.0.0.tgz');
  const { model, diagnostics } = await loadPlatform({ root });
  expect(asked).toEqual([]);
  expect(connections).toBe(0);
  const why = model.unverified.map((one) => one.why).join('\n');
  expect(why).toContain(`${address}/schema.json`);
  // The chart is rendered, and nobody tried in vain: in a namespace that is what an engine would say.
  expect(model.resources.map(({ id }) => id)).toContain('ConfigMap/app/a');
  expect(why + JSON.stringify(diagnostics)).not.toMatch(/dial |connect:|lookup |unreachable|refused/);
});

/** What is taken out of every input before an engine sees it, given to the engines as it is. */
test('no engine reaches anybody with an input that asks for it, where the system has network namespaces', async (context) => {
  const before = await withoutNetwork();
  const cache = openCache(cacheDirectory('/nowhere'));
  const addresses = [
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...(sixth.listening ? [`http://[::1]:${(sixth.address() as AddressInfo).port}`] : []),
  ];
  const root = tree({
    ...Object.fromEntries(
      addresses.flatMap((address, index) => [
        [`k${index}/kustomization.yaml`, `resources: ["${address}/a.yaml"]\n`],
        [`c${index}/Chart.yaml`, chart('c')],
        [`c${index}/values.schema.json`, schema(address)],
      ]),
    ),
  });
  const home = join(root, 'home');
  mkdirSync(home);
  const helm = await findHelm(cache, root);
  const engine = await findEngine(cache, root);
  const leak = async (words?: readonly string[]) => {
    connections = 0;
    for (const index of addresses.keys()) {
      await run('Helm', helm.path, ['template', 'c', join(root, `c${index}`)], home, 20_000, words);
      const folder = join(root, `k${index}`);
      await (words === undefined
        ? build(engine, folder, home, [], 20_000)
        : run('kustomize', engine.path, [...engine.build, folder], home, 20_000, words));
    }
    return connections;
  };
  // Both ask both: so it is the namespace that holds them.
  expect(await leak([])).toBeGreaterThanOrEqual(2 * addresses.length);
  context.skip(before.length === 0, 'this system lets nobody make a network namespace');
  expect(await leak()).toBe(0);
});
