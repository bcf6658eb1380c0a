import { describe, expect, test } from 'vitest';
import { printedModel } from '../../plugins/checks/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

const url = 'https://git.example.com/acme/platform.git';
const application = (name: string, source: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  destination: {server: https://kubernetes.default.svc, namespace: web}\n${source}`;
const configMap = (name: string, rest = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${rest}}\ndata: {from: ${name}}\n`;

async function load(files: Record<string, string>): Promise<Platform> {
  const root = tree({
    'plumbline.yaml': `layers: {gitops: [K8s]}\nrepository: {url: ${url}}\n`,
    ...files,
  });
  return loadPlatform({ root });
}

function deployed(platform: Platform, name: string): string[] {
  return platform.model.resources
    .filter((resource) => resource.application === name)
    .map(({ kind, namespace, name: own, source }) => `${kind}/${namespace}/${own} (${source})`);
}

const chart = {
  'K8s/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'K8s/shop/values.yaml': 'name: plain\nwave: "0"\n',
  'K8s/shop/values-eu.yaml': 'name: eu\n',
  'K8s/shop/templates/x.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "{{ .Release.Name }}-{{ .Values.name }}"\n  annotations: {argocd.argoproj.io/sync-wave: "{{ .Values.wave }}"}\n',
};

describe('an application of a chart of this repository', () => {
  test('deploys what Helm renders with its values, in its waves, and says where that is written', async () => {
    const platform = await load({
      ...chart,
      'K8s/app.yaml': application(
        'web',
        `  source:\n    repoURL: ${url}\n    path: K8s/shop\n    helm:\n      valueFiles: [values-eu.yaml]\n      parameters: [{name: wave, value: "4", forceString: true}]\n`,
      ),
    });
    expect(deployed(platform, 'web')).toEqual(['ConfigMap/web/web-eu (helm)']);
    const [found] = platform.model.resources.filter((resource) => resource.application === 'web');
    expect(found?.wave).toBe(4);
    expect(found?.origin).toMatchObject({ file: 'K8s/shop/templates/x.yaml', line: 1 });
    expect(found?.origin.via).toEqual([
      { file: 'K8s/app.yaml', line: 4, what: 'Application web' },
      { file: 'K8s/shop/Chart.yaml', line: 1, what: 'chart' },
    ]);
    expect(platform.model.applications[0]).toMatchObject({ sourceType: 'Helm', unverified: [] });
  });

  test('takes values from a `ref` of this repository, and is unverified where they are in another', async () => {
    const sources = (ref: string) =>
      `  sources:\n    - {repoURL: "${ref}", ref: values}\n    - repoURL: ${url}\n      path: K8s/shop\n      helm: {valueFiles: [$values/K8s/values/us.yaml]}\n`;
    const platform = await load({
      ...chart,
      'K8s/values/us.yaml': 'name: us\n',
      'K8s/apps/a.yaml': application('here', sources(url)),
      'K8s/apps/b.yaml': application('elsewhere', sources('https://git.example.com/acme/values.git')),
    });
    expect(deployed(platform, 'here')).toEqual(['ConfigMap/web/here-us (helm)']);
    expect(deployed(platform, 'elsewhere')).toEqual([]);
    const elsewhere = platform.model.applications.find(({ name }) => name === 'elsewhere');
    expect(elsewhere?.unverified.map(({ why }) => why)).toContain(
      'its value file $values/K8s/values/us.yaml is in another repository: `plumbline fetch` brings it',
    );
  });

  test('may itself render applications: they are followed', async () => {
    const platform = await load({
      ...chart,
      'K8s/apps/Chart.yaml': 'apiVersion: v2\nname: apps\nversion: 1.0.0\n',
      'K8s/apps/templates/web.yaml': application(
        '{{ .Release.Name }}-web',
        `  source: {repoURL: "${url}", path: K8s/shop}\n`,
      ),
      'K8s/root.yaml': application('root', `  source: {repoURL: "${url}", path: K8s/apps}\n`),
    });
    expect(platform.model.applications.map(({ name }) => name).toSorted()).toEqual(['root', 'root-web']);
    expect(deployed(platform, 'root-web')).toEqual(['ConfigMap/web/root-web-plain (helm)']);
  });

  test('that Helm refuses is `render-failed` in its words, and takes nothing else with it', async () => {
    const platform = await load({
      ...chart,
      'K8s/shop/templates/bad.yaml': '{{ fail "no such colour" }}\n',
      'K8s/other/x.yaml': configMap('x'),
      'K8s/apps/a.yaml': application('bad', `  source: {repoURL: "${url}", path: K8s/shop}\n`),
      'K8s/apps/b.yaml': application('good', `  source: {repoURL: "${url}", path: K8s/other}\n`),
    });
    const failed = printedModel(platform).diagnostics.filter(({ rule }) => rule === 'render-failed');
    expect(failed.map(({ actual }) => actual)).toEqual([expect.stringContaining('no such colour')]);
    expect(failed[0]?.sources[0]).toMatchObject({
      ...{ file: 'K8s/shop/templates/bad.yaml', line: 1, column: 1, endColumn: 28 },
    });
    expect(deployed(platform, 'good')).toEqual(['ConfigMap/web/x (file)']);
  });
});

test.each([
  ['templates/x.yaml', 'a: 1\n b: 2\n', 'templates/x.yaml', 1],
  ['values.yaml', 'a: 1\nb: [\n', 'values.yaml', 2],
  ['Chart.yaml', 'apiVersion: v2\nname: shop\n', 'Chart.yaml', 1],
])('a fault of a chart stands in the file that Helm names: %s', async (path, text, file, line) => {
  const platform = await load({
    ...chart,
    [`K8s/shop/${path}`]: text,
    'K8s/apps/a.yaml': application('bad', `  source: {repoURL: "${url}", path: K8s/shop}\n`),
  });
  const [fault] = printedModel(platform).diagnostics.filter(({ rule }) => rule === 'render-failed');
  expect(fault?.sources[0]).toMatchObject({ file: `K8s/shop/${file}`, line });
});

describe('an application with options of its own', () => {
  test('deploys the kustomization with them, one without deploys it as it is', async () => {
    const platform = await load({
      'K8s/base/kustomization.yaml': 'resources: [x.yaml]\n',
      'K8s/base/x.yaml': configMap('x'),
      'K8s/apps/a.yaml': application('plain', `  source: {repoURL: "${url}", path: K8s/base}\n`),
      'K8s/apps/b.yaml': application(
        'changed',
        `  source:\n    repoURL: ${url}\n    path: K8s/base\n    kustomize:\n      namePrefix: eu-\n      patches:\n        - target: {kind: ConfigMap}\n          patch: |-\n            - {op: add, path: /data/app, value: changed}\n`,
      ),
    });
    expect(deployed(platform, 'plain')).toEqual(['ConfigMap/web/x (kustomize)']);
    expect(deployed(platform, 'changed')).toEqual(['ConfigMap/web/eu-x (kustomize)']);
    const changed = platform.model.resources.find(({ name }) => name === 'eu-x');
    expect(changed?.rendered.data).toEqual({ from: 'x', app: 'changed' });
    expect(platform.model.applications.flatMap(({ unverified }) => unverified)).toEqual([]);
  });

  test('a patch of a Secret is not read: it is unverified, and the rest is rendered', async () => {
    const platform = await load({
      'K8s/base/kustomization.yaml': 'resources: [x.yaml]\n',
      'K8s/base/x.yaml': configMap('x'),
      'K8s/apps/a.yaml': application(
        'changed',
        `  source:\n    repoURL: ${url}\n    path: K8s/base\n    kustomize:\n      namePrefix: eu-\n      patches:\n        - target: {kind: Secret}\n          patch: |-\n            - {op: add, path: /stringData/key, value: planted-value}\n`,
      ),
    });
    expect(deployed(platform, 'changed')).toEqual(['ConfigMap/web/eu-x (kustomize)']);
    expect(printedModel(platform).diagnostics).toEqual([]);
    expect(platform.model.applications[0]?.unverified.map(({ what }) => what)).toEqual([
      'a patch of a Secret among the options of the application',
    ]);
    expect(JSON.stringify(platform.model)).not.toContain('planted-value');
  });

  test('`.argocd-source.yaml` in its folder changes the source', async () => {
    const platform = await load({
      'K8s/base/kustomization.yaml': 'resources: [x.yaml]\n',
      'K8s/base/x.yaml': configMap('x'),
      'K8s/base/.argocd-source.yaml': 'kustomize: {nameSuffix: -all}\n',
      'K8s/base/.argocd-source-one.yaml': 'kustomize: {namePrefix: one-}\n',
      'K8s/apps/a.yaml': application('one', `  source: {repoURL: "${url}", path: K8s/base}\n`),
      'K8s/apps/b.yaml': application('two', `  source: {repoURL: "${url}", path: K8s/base}\n`),
    });
    expect(deployed(platform, 'one')).toEqual(['ConfigMap/web/one-x-all (kustomize)']);
    expect(deployed(platform, 'two')).toEqual(['ConfigMap/web/x-all (kustomize)']);
  });
});

describe('a directory', () => {
  test('gives what include, exclude and recurse leave, JSON too; jsonnet is unverified', async () => {
    const platform = await load({
      'K8s/dir/a.yaml': configMap('a'),
      'K8s/dir/b.json': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } }),
      'K8s/dir/c.jsonnet': '{}',
      'K8s/dir/sub/d.yaml': configMap('d'),
      'K8s/dir/sub/skip.yaml': configMap('skip'),
      'K8s/apps/a.yaml': application(
        'all',
        `  source: {repoURL: "${url}", path: K8s/dir, directory: {recurse: true, exclude: "sub/skip*"}}\n`,
      ),
    });
    expect(deployed(platform, 'all').toSorted()).toEqual([
      'ConfigMap/web/a (file)',
      'ConfigMap/web/b (file)',
      'ConfigMap/web/d (file)',
    ]);
    expect(platform.model.applications[0]?.unverified.map(({ what }) => what)).toEqual([
      'jsonnet K8s/dir/c.jsonnet',
    ]);
  });
});
