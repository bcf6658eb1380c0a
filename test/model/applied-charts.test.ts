import { describe, expect, it } from 'vitest';
import { chartsOfNobody, loadPlatform } from '../../plugins/platform/index.ts';
import { undeployedOf } from '../../plugins/starlight/pages/undeployed.ts';
import { tree } from '../source/tree.ts';

const url = 'https://git.example.com/platform.git';
const configuration = `repository: { url: ${url} }\n`;
const files = {
  'root/Chart.yaml': 'apiVersion: v2\nname: root\nversion: 0.1.0\n',
  'root/values.yaml': 'enabled: false\nrevision: HEAD\n',
  'root/production.yaml': 'enabled: true\n',
  'root/templates/shop.yaml': `{{- if .Values.enabled }}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: {{ .Release.Namespace }} }
spec:
  project: default
  source: { repoURL: ${url}, path: apps/shop, targetRevision: {{ .Values.revision }} }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
{{- end }}
`,
  'apps/shop/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
  'apps/left/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: left, namespace: left }\n',
  'charts/left/Chart.yaml': 'apiVersion: v2\nname: left\nversion: 0.1.0\n',
  'tests/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: test, namespace: test }\n',
};
const named = `${configuration}deploy:
  - { path: root, namespace: argocd, values: [root/production.yaml] }
`;

describe('a chart that no Application points at', () => {
  it('is rendered where the configuration says that somebody applies it, and what it holds deploys', async () => {
    const platform = await loadPlatform({ root: tree({ ...files, 'plumbline.yaml': named }) });
    const [shop] = platform.model.applications;
    expect(shop).toMatchObject({
      name: 'shop',
      namespace: 'argocd',
      origin: { file: 'root/templates/shop.yaml' },
    });
    expect(platform.resource('ConfigMap/shop/shop')?.application).toBe('shop');
    expect(platform.model.unverified).toEqual([]);
    expect(chartsOfNobody(platform)).toEqual(['charts/left']);
  });

  it('deploys nothing where nothing is said of it', async () => {
    const platform = await loadPlatform({ root: tree({ ...files, 'plumbline.yaml': configuration }) });
    expect(platform.model.applications).toEqual([]);
    expect(chartsOfNobody(platform)).toEqual(['charts/left', 'root']);
  });

  it('is not verified where Helm refuses it', async () => {
    const broken = {
      ...files,
      'root/templates/shop.yaml': '{{ .Values.none.of }}\n',
      'plumbline.yaml': named,
    };
    const { model, diagnostics } = await loadPlatform({ root: tree(broken) });
    expect(model.unverified.map(({ what }) => what)).toEqual(['helm chart at root']);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['render-failed']);
  });
});

it('what nothing deploys is told, but for what is meant for no cluster', async () => {
  const platform = await loadPlatform({ root: tree({ ...files, 'plumbline.yaml': named }) });
  expect(undeployedOf(platform).map(({ path, what }) => [path, what])).toEqual([
    ['apps/left', 'folder'],
    ['charts/left', 'chart'],
  ]);
});

it('gives each cluster the Applications that a chart makes with values of its own', async () => {
  const app = (name: string, path: string, more = '') =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: ${url}, path: ${path}, targetRevision: HEAD${more}}\n  destination: {server: https://kubernetes.default.svc, namespace: shop}\n`;
  const waved = (kind: string, name: string, wave: string, spec = '') =>
    `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata: {name: ${name}, annotations: {argocd.argoproj.io/sync-wave: "${wave}"}}\n${spec}`;
  const web =
    'spec: {selector: {}, template: {spec: {containers: [{name: web, envFrom: [{configMapRef: {name: settings}}]}]}}}\n';
  const root = tree({
    'plumbline.yaml': configuration,
    'boot/Chart.yaml': 'apiVersion: v2\nname: boot\nversion: 0.1.0\n',
    'boot/templates/all.yaml': app('all', 'clusters/{{ .Values.cluster }}/apps'),
    'clusters/a/apps/before.yaml': [1, 2]
      .map((at) => waved('ConfigMap', `before-${at}`, `${at}`))
      .join('---\n'),
    ...Object.fromEntries(
      ['a', 'b'].flatMap((cluster) => [
        [
          `clusters/${cluster}/boot.yaml`,
          app('boot', 'boot', `, helm: {valuesObject: {cluster: ${cluster}}}`),
        ],
        [
          `clusters/${cluster}/apps/settings.yaml`,
          waved('ConfigMap', 'settings', cluster === 'a' ? '3' : '1', 'data: {}\n'),
        ],
        [`clusters/${cluster}/apps/web.yaml`, waved('Deployment', 'web', cluster === 'a' ? '4' : '2', web)],
      ]),
    ),
  });
  const { model, diagnostics } = await loadPlatform({ root });
  expect(model.applications.map(({ name, sources }) => `${name} ${sources[0]?.path}`)).toEqual([
    'all clusters/a/apps',
    'all clusters/b/apps',
    'boot boot',
    'boot boot',
  ]);
  // Neither repeats the other, nor has the other's waves, nor is any of it deployed by nobody.
  expect(diagnostics).toEqual([]);
  const [first, second] = model.applications;
  expect([first?.order.flat().length, second?.order.flat().length]).toEqual([4, 2]);
});
