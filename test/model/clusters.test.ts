import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { openCache } from '../../plugins/source/index.ts';
import { tree } from '../source/tree.ts';

const url = 'https://git.example.com/a.git';
const here = 'https://kubernetes.default.svc';
const application = (name: string, source: string, server = here) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: {project: default, source: {repoURL: ${url}, ${source}}, destination: {server: "${server}", namespace: ${name}}}\n---\n`;
const crd = (group: string, kind: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${kind.toLowerCase()}s.${group}}\nspec:\n  group: ${group}\n  scope: Namespaced\n  names: {kind: ${kind}, plural: ${kind.toLowerCase()}s}\n  versions: [{name: v1, served: true, storage: true}, {name: v1alpha1, served: false, storage: false}]\n`;
const map = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${more}`;
const has = (api: string, body: string) =>
  `{{- if .Capabilities.APIVersions.Has "${api}" }}\n${body}{{- end }}\n`;
const chart = (folder: string, files: Record<string, string>) => ({
  [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder.split('/').at(-1)}\nversion: 1.0.0\n`,
  [`${folder}/values.yaml`]: 'own: 1\n',
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])),
});
const monitor =
  'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: {{ .Release.Name }}}\n';
const monitored = {
  'templates/monitor.yaml': has('monitoring.coreos.com/v1/ServiceMonitor', monitor),
  'templates/map.yaml': map('{{ .Release.Name }}'),
};

const repository = {
  'plumbline.yaml': `repository: {url: ${url}}\n`,
  'K8s/apps/all.yaml': [
    application('shop', 'path: K8s/shop'),
    application('inflated', 'path: K8s/inflated'),
    application('elsewhere', 'path: K8s/shop', 'https://other.example.com'),
    application(
      'told',
      'path: K8s/shop, helm: {apiVersions: [a.example.com/v1]}',
      'https://other.example.com',
    ),
    application('operator', 'path: K8s/operator'),
    application('stack', 'path: K8s/stack'),
    application('flips', 'path: K8s/flips'),
  ].join(''),
  ...chart('K8s/shop', monitored),
  ...chart('K8s/inflated/charts/inner', monitored),
  'K8s/inflated/kustomization.yaml': 'helmCharts: [{name: inner, releaseName: inner}]\n',
  // Brings the API, and only where another one is served that a third chart brings.
  ...chart('K8s/operator', {
    'templates/crd.yaml': has('example.com/v1', crd('monitoring.coreos.com', 'ServiceMonitor')),
  }),
  ...chart('K8s/stack', { 'crds/thing.yaml': crd('example.com', 'Thing') }),
  // What it brings hangs on whether it is there.
  ...chart('K8s/flips', {
    'templates/crd.yaml': `{{- if not (.Capabilities.APIVersions.Has "flip.example.com/v1") }}\n${crd('flip.example.com', 'Flip')}{{- end }}\n`,
    'templates/map.yaml': map('flips'),
  }),
  // Nobody deploys it.
  'K8s/left/crd.yaml': crd('a.example.com', 'Left'),
};
const load = (root: string, cache = openCache(null)) => loadPlatform({ root, cache });
const askingIn = ({ model }: Awaited<ReturnType<typeof load>>) =>
  model.unverified
    .filter(({ why }) => why.startsWith('it asks'))
    .map((one) => [one.what, one.why.match(/`[^`]+`/)?.[0], one.kind === 'chart' ? one.kinds : null])
    .sort();

describe('a chart that asks what its cluster serves', () => {
  test('is told what the platform brings to that cluster, the same warm and cold', async () => {
    const root = tree(repository);
    const cache = tree({ 'empty.txt': '' });
    const cold = await load(root, openCache(cache));
    const monitors = cold.model.resources.filter(({ kind }) => kind === 'ServiceMonitor');
    expect(monitors.map(({ name, application }) => [name, application]).sort()).toEqual([
      ['inner', 'inflated'],
      ['shop', 'shop'],
    ]);
    expect(askingIn(cold)).toEqual([
      ['helm chart at K8s/flips', '`flip.example.com/v1`', ['CustomResourceDefinition']],
      ['helm chart at K8s/shop', '`monitoring.coreos.com/v1/ServiceMonitor`', ['ServiceMonitor']],
    ]);
    expect(cold.resource('ConfigMap/flips/flips')).toBeDefined();
    // Rendered again: those that are told of an API, and what it hangs on; `stack` asks for none.
    const kept = readdirSync(cache, { recursive: true }).filter((path) => /^chart\/..\/./.test(String(path)));
    expect(kept.length).toBe(9);
    const warm = await load(root, openCache(cache));
    expect(JSON.stringify(warm.model)).toBe(JSON.stringify(cold.model));
    rmSync(cache, { recursive: true });
  });

  test('is told what the configuration lists, and that there is nothing else', async () => {
    const root = tree({
      ...repository,
      'plumbline.yaml': `repository: {url: ${url}}\nkubernetes: {version: "1.31", apiVersions: []}\n`,
      'K8s/shop/templates/map.yaml': map(
        '{{ .Release.Name }}',
        'data: {asked: {{ .Capabilities.KubeVersion.Version }}}\n',
      ),
      'K8s/inflated/charts/inner/templates/map.yaml': map(
        'inner',
        'data: {asked: {{ .Capabilities.KubeVersion.Version }}}\n',
      ),
    });
    const platform = await load(root);
    expect(askingIn(platform)).toEqual([
      ['helm chart at K8s/flips', '`flip.example.com/v1`', ['CustomResourceDefinition']],
    ]);
    for (const id of ['ConfigMap/shop/shop', 'ConfigMap/inflated/inner'])
      expect(platform.resource(id)?.rendered, id).toMatchObject({ data: { asked: 'v1.31.0' } });
    writeFileSync(
      join(root, 'plumbline.yaml'),
      `repository: {url: ${url}}\nkubernetes: {apiVersions: [monitoring.coreos.com/v1/ServiceMonitor, flip.example.com/v1]}\n`,
    );
    const all = await load(root);
    const monitors = all.model.resources.filter(({ kind }) => kind === 'ServiceMonitor');
    // What an Application says itself is all that it is told.
    expect(monitors.map(({ application }) => application).sort()).toEqual(['elsewhere', 'inflated', 'shop']);
    expect(askingIn(all)).toEqual([]);
  });

  test('is no fault where it is for another Kubernetes than nobody says', async () => {
    const files: Record<string, string> = {
      'K8s/apps/all.yaml': `${application('shop', 'path: K8s/shop')}${application('inflated', 'path: K8s/inflated')}`,
      ...chart('K8s/shop', monitored),
      ...chart('K8s/inflated/charts/inner', monitored),
      'K8s/inflated/kustomization.yaml': 'helmCharts: [{name: inner, releaseName: inner}]\n',
    };
    for (const folder of ['K8s/shop', 'K8s/inflated/charts/inner'] as const)
      files[`${folder}/Chart.yaml`] += 'kubeVersion: "< 1.20"\n';
    const config = `repository: {url: ${url}}\n`;
    const open = await load(tree({ ...files, 'plumbline.yaml': config }));
    expect(open.diagnostics).toEqual([]);
    const whys = open.model.unverified.map(({ why }) =>
      why.includes('`kubernetes` in `plumbline.yaml` says which'),
    );
    expect(whys.filter(Boolean).length).toBe(2);
    const old = await load(tree({ ...files, 'plumbline.yaml': `${config}kubernetes: "1.19"\n` }));
    expect(old.resource('ConfigMap/shop/shop')).toBeDefined();
    const known = await load(tree({ ...files, 'plumbline.yaml': `${config}kubernetes: "1.30"\n` }));
    expect(known.diagnostics.map(({ rule }) => rule)).toEqual(['render-failed', 'render-failed']);
  });

  test('finds nothing by `lookup` with Argo CD either, and is not verified where Helm installs it', async () => {
    const found = '{{- if lookup "v1" "Secret" "shop" "key" }}\n';
    const platform = await load(
      tree({
        'plumbline.yaml': `repository: {url: ${url}}\ndeploy: [K8s/by-hand]\n`,
        'K8s/apps/all.yaml': application('shop', 'path: K8s/shop'),
        ...chart('K8s/shop', { 'templates/a.yaml': `${found}${map('found')}{{- end }}\n` }),
        ...chart('K8s/by-hand', {
          'templates/_helpers.tpl': `{{ define "found" }}{{ lookup "v1" "Secret" "a" "b" }}{{ end }}`,
          'templates/a.yaml': `${map('a')}data: {a: {{ include "found" . | quote }}}\n`,
          'templates/b.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: b}\n',
        }),
      }),
    );
    expect(platform.model.unverified).toMatchObject([
      { what: 'helm chart at K8s/by-hand', why: expect.stringContaining('`lookup`'), kinds: ['ConfigMap'] },
    ]);
  });
});
