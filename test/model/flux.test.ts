import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { printedModel } from '../../plugins/checks/index.ts';
import { checkText } from '../../plugins/engine/check-pages.ts';
import { createEngine, createExplainer } from '../../plugins/engine/index.ts';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { createQuery } from '../../plugins/query/index.ts';
import { tree } from '../source/tree.ts';
import { at, get, platformOf } from './platforms.ts';

const kustomization = (name: string) => `Kustomization.kustomize.toolkit.fluxcd.io/flux-system/${name}`;

describe('a platform of Flux', () => {
  let shop: Platform;
  beforeAll(async () => {
    shop = await platformOf('flux-shop');
  });

  it('is without faults', () => {
    expect(printedModel(shop).diagnostics).toEqual([]);
  });

  it('gives each object to what deploys it', () => {
    const deployers = shop.model.resources.map(({ id, kustomization: by, helmRelease }) => [
      id,
      by ?? helmRelease,
    ]);
    expect(Object.fromEntries(deployers)).toEqual({
      'ConfigMap/flux-system/cluster-settings': 'flux-system',
      'Secret/flux-system/cluster-secrets': 'flux-system',
      'GitRepository.source.toolkit.fluxcd.io/flux-system/flux-system': 'flux-system',
      [kustomization('flux-system')]: 'flux-system',
      [kustomization('infrastructure')]: 'flux-system',
      [kustomization('apps')]: 'flux-system',
      'Namespace/shop': 'infrastructure',
      'Namespace/metrics': 'infrastructure',
      'HelmRepository.source.toolkit.fluxcd.io/metrics/metrics': 'infrastructure',
      'HelmRelease.helm.toolkit.fluxcd.io/metrics/metrics': 'infrastructure',
      'Deployment.apps/shop/web': 'apps',
      'ConfigMap/shop/script': 'apps',
      'ConfigMap/shop/api-values': 'apps',
      'HelmRelease.helm.toolkit.fluxcd.io/shop/api': 'apps',
      'Deployment.apps/shop/api': 'api',
    });
    expect(get(shop, 'Deployment.apps/shop/api')).toMatchObject({
      deployer: 'HelmRelease.helm.toolkit.fluxcd.io/shop/api',
      application: null,
      kustomization: null,
      layer: 'gitops',
      source: 'helm',
    });
  });

  it('applies patches, substitutions and the labels of all', () => {
    expect(get(shop, 'Deployment.apps/shop/web').rendered).toMatchObject({
      metadata: { labels: { tier: 'front', team: 'shop' } },
      spec: {
        replicas: 3,
        template: {
          spec: {
            priorityClassName: 'high',
            containers: [
              {
                image: 'registry.example.com/web:1.4.2',
                env: [
                  { name: 'HOST', value: 'https://shop.example.com/' },
                  // The Secret has the key; its value is not read.
                  { name: 'TOKEN', value: `\${TOKEN}` },
                ],
              },
            ],
          },
        },
      },
    });
    // Its annotation says that nothing is substituted in it.
    expect(get(shop, 'ConfigMap/shop/script').rendered).toMatchObject({
      data: { 'run.sh': `echo \${HOME}` },
    });
  });

  it('gives Helm the values of a release, references first', () => {
    expect(get(shop, 'Deployment.apps/shop/api').rendered).toMatchObject({
      spec: { replicas: 2, template: { spec: { containers: [{ args: ['--host=api.shop.example.com'] }] } } },
    });
  });

  it('knows sources, dependencies and stages', () => {
    const [apps, root] = shop.model.kustomizations;
    expect(apps).toMatchObject({
      name: 'apps',
      path: 'apps',
      sourceRef: 'GitRepository/flux-system',
      source: 'GitRepository.source.toolkit.fluxcd.io/flux-system/flux-system',
      dependsOn: [{ namespace: 'flux-system', name: 'infrastructure', id: kustomization('infrastructure') }],
      healthChecks: ['Deployment/web'],
      unknownVariables: ['TOKEN'],
      stack: 'production',
    });
    expect(root?.order).toHaveLength(1);
    expect(shop.model.kustomizations[2]?.order[0]).toEqual(['Namespace/metrics', 'Namespace/shop']);
    expect(
      shop.model.helmReleases.map(({ chart, version, dependsOn }) => [chart, version, dependsOn.length]),
    ).toEqual([
      ['prometheus', '27.x', 0],
      ['charts/api', 'main', 1],
    ]);
    const types = new Set(shop.model.relations.map(({ type }) => type));
    for (const type of ['deploys', 'fetches', 'depends-on', 'consumes', 'deploys-to'] as const)
      expect(types).toContain(type);
  });

  it('leads from a value to the line that a person edits', () => {
    const web = get(shop, 'Deployment.apps/shop/web');
    expect(at(shop.locate(web, ['spec', 'replicas']))).toBe('apps/web/deployment.yaml:8');
    expect(web.origin.via.map(({ what }) => what)).toContain('Kustomization apps');
  });

  it('answers who deploys what, and leaves open what hangs on a Secret', () => {
    const query = createQuery(shop);
    const own = query.select("kustomization == 'apps' && kind == 'Deployment'");
    expect(own.ok && own.value.map(({ resource }) => resource?.name)).toEqual(['web']);
    expect(query.value("helmrelease('api').dependsOn[0].name")).toEqual({ ok: true, value: 'metrics' });
    const [web] = own.ok ? own.value : [];
    if (!web) throw new Error('no web');
    expect(query.reach.touching(web, ['spec']).map(({ unverified }) => unverified.what)).toEqual([
      `\`\${TOKEN}\` in Deployment/web`,
    ]);
    expect(query.reach.touching(web, ['labels', 'name'])).toEqual([]);
    // A public chart brings no Kustomizations, and nothing into another namespace.
    const selection = (test: string) => query.reach.joining('resource', { tests: [test] });
    expect(selection("kind == 'Kustomization'")).toEqual([]);
    expect(selection("kind == 'Deployment' && namespace == 'metrics'")).toHaveLength(1);
  });

  it('explains a resource in the words of Flux', () => {
    const { explain } = createExplainer(shop);
    expect(explain(get(shop, 'Deployment.apps/shop/web'))).toMatchObject({
      reconciler: 'Flux',
      application: null,
      deployedBy: { kind: 'Kustomization', name: 'apps', project: null },
      order: { step: 1, steps: 1 },
    });
    expect(explain(get(shop, 'HelmRelease.helm.toolkit.fluxcd.io/shop/api')).flux).toEqual({
      source: 'GitRepository/flux-system/flux-system',
      path: 'charts/api',
      chart: 'charts/api',
      version: 'main',
      sourceId: 'GitRepository.source.toolkit.fluxcd.io/flux-system/flux-system',
      dependsOn: ['HelmRelease/metrics'],
      dependsOnIds: ['HelmRelease.helm.toolkit.fluxcd.io/metrics/metrics'],
      suspend: false,
      isWhole: true,
    });
  });
});

it('knows what says itself that Flux does not apply it', async () => {
  const map = (name: string, metadata: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop, ${metadata}}\n`;
  const root = tree({
    'flux.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {interval: 5m, path: apps, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`,
    'apps/kustomization.yaml': 'resources: [maps.yaml]\n',
    'apps/maps.yaml': [
      map('applied', 'annotations: {kustomize.toolkit.fluxcd.io/reconcile: enabled}'),
      map('paused', 'annotations: {kustomize.toolkit.fluxcd.io/reconcile: Disabled}'),
      map('ignored', 'labels: {kustomize.toolkit.fluxcd.io/ssa: ignore}'),
    ].join('---\n'),
  });
  const platform = await loadPlatform({ root });
  const { explain } = createExplainer(platform);
  const told = ['applied', 'paused', 'ignored'].map((name) => {
    const resource = get(platform, `ConfigMap/shop/${name}`);
    return [resource.kustomization, resource.phase, explain(resource).unapplied];
  });
  expect(told).toEqual([
    ['apps', 'Sync', null],
    ['apps', null, 'kustomize.toolkit.fluxcd.io/reconcile: disabled'],
    ['apps', null, 'kustomize.toolkit.fluxcd.io/ssa: Ignore'],
  ]);
  expect(platform.model.kustomizations[0]?.order).toEqual([['ConfigMap/shop/applied']]);
});

it('backs the edges that the docs give as an example', async () => {
  const docs = readFileSync(resolve(import.meta.dirname, '../../docs/authors/edges.md'), 'utf8');
  const [, example = ''] = /^### With Flux$[\s\S]*?^````md\n([\s\S]*?)^````$/m.exec(docs) ?? [];
  const engine = await createEngine({ root: resolve(import.meta.dirname, '../fixtures/flux-shop') });
  onTestFinished(() => engine.dispose());
  const { verdicts, diagnostics } = await checkText(
    engine,
    'docs/edges.md',
    `---\ntitle: Edges\n---\n${example}`,
  );
  expect(diagnostics).toEqual([]);
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['true']);
});

it('knows nothing of what is copied into a source, or comes from a bucket or tags that fit a pattern', async () => {
  const source = (kind: string, name: string, spec: string) =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {${spec}}\n---\n`;
  const built = (name: string, path: string, from: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 5m, path: ${path}, prune: true, sourceRef: ${from}}\n---\n`;
  const released = (name: string) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 5m, chartRef: {kind: OCIRepository, name: ${name}}}\n---\n`;
  const root = tree({
    'plumbline.yaml': 'repository: {url: https://git.example.com/fleet.git}\n',
    'flux.yaml': [
      source(
        'GitRepository',
        'own',
        'url: https://git.example.com/fleet.git, include: [{repository: {name: other}, toPath: apps/shared}]',
      ),
      source('Bucket', 'store', 'endpoint: minio.example.com, bucketName: fleet'),
      source('OCIRepository', 'tags', 'url: oci://r.example.com/tags, ref: {semver: 1.x, semverFilter: -rc}'),
      source('OCIRepository', 'part', 'url: oci://r.example.com/part, layerSelector: {mediaType: a/b}'),
      built('apps', 'apps', '{kind: GitRepository, name: own}'),
      built('shared', 'apps/shared', '{kind: GitRepository, name: own}'),
      built('beside', 'beside', '{kind: GitRepository, name: own}'),
      built('store', '.', '{kind: Bucket, name: store}'),
      built('tags', '.', '{kind: OCIRepository, name: tags}'),
      released('tags') + released('part'),
      // A part that something else completes.
      built('patch', '.', '{}'),
    ].join(''),
    'apps/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n',
    'beside/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: shop}\n',
  });
  const platform = await loadPlatform({ root });
  const { model } = platform;
  expect(get(platform, 'ConfigMap/shop/a').kustomization).toBe('apps');
  const why = [...model.kustomizations, ...model.helmReleases].map(({ kind, name, unverified }) => [
    `${kind}/${name}`,
    ...unverified.map((one) => one.why),
  ]);
  const tags =
    'it comes from `oci://r.example.com/tags`, an OCI artifact of whose tags those count that fit a pattern (`semverFilter`)';
  expect(Object.fromEntries(why.map(([name, ...rest]) => [name, rest]))).toEqual({
    'Kustomization/apps': ['another source is copied there (`include`)'],
    'Kustomization/shared': ['`GitRepository/own` copies it from another source (`include`)'],
    'Kustomization/beside': [],
    'Kustomization/store': ['it comes from the bucket `fleet` of `minio.example.com`'],
    'Kustomization/tags': [tags],
    'Kustomization/patch': ['it names no source'],
    'HelmRelease/tags': [tags],
    'HelmRelease/part': [
      'it comes from `oci://r.example.com/part`, an OCI artifact of which the layer `a/b` is taken',
    ],
  });
});

it('leaves open what whoever lists a Kustomization may say of its variables', async () => {
  const built = (name: string, namespace: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}${namespace}}\nspec: {interval: 5m, path: ${name}, prune: true, postBuild: {substitute: {APP: web}}, sourceRef: {kind: GitRepository, name: flux-system}}\n`;
  const map = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: NAME}\ndata: {host: "\${APP}.\${DOMAIN}"}\n`;
  const platform = await loadPlatform({
    root: tree({
      'whole.yaml': built('whole', ', namespace: flux-system'),
      'open.yaml': built('open', ''),
      'whole/map.yaml': map.replace('NAME', 'whole'),
      'open/map.yaml': map.replace('NAME', 'open'),
    }),
  });
  const hostOf = (namespace: string) => get(platform, `ConfigMap/${namespace}/a`).rendered;
  expect(hostOf('whole')).toMatchObject({ data: { host: 'web.' } });
  expect(hostOf('open')).toMatchObject({ data: { host: `web.\${DOMAIN}` } });
  expect(platform.model.unverified).toContainEqual(
    expect.objectContaining({
      kind: 'partial',
      why: expect.stringContaining('nothing lists its Kustomization'),
    }),
  );
});

it('does not miss what Flux copies from another source into this one', async () => {
  const url = 'https://git.example.com/fleet.git';
  const platform = await loadPlatform({
    root: tree({
      'plumbline.yaml': `repository: {url: ${url}}\n`,
      'flux.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: own, namespace: flux-system}
spec: {interval: 5m, url: ${url}, include: [{repository: {name: other}, toPath: apps/shared}]}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {interval: 5m, path: apps, prune: true, sourceRef: {kind: GitRepository, name: own}}
`,
      'apps/kustomization.yaml': 'resources: [shared/map.yaml, gone.yaml]\n',
    }),
  });
  expect(platform.diagnostics.map(({ message }) => message)).toEqual([
    expect.stringContaining('`apps/gone.yaml` does not exist'),
  ]);
  expect(platform.model.unverified).toContainEqual(
    expect.objectContaining({ what: 'file apps/shared/map.yaml', why: expect.stringContaining('`include`') }),
  );
});

it('takes the sync of a FluxInstance for the source and the Kustomization that are made of it', async () => {
  const url = 'https://git.example.com/fleet.git';
  const root = tree({
    'plumbline.yaml': `repository: {url: ${url}}\n`,
    'clusters/prod/flux-system/instance.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: flux-system}
spec:
  distribution: {version: 2.x, registry: ghcr.io/fluxcd}
  sync: {kind: GitRepository, url: ${url}, ref: refs/heads/main, path: clusters/prod}
`,
    'clusters/prod/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {interval: 5m, path: apps, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`,
    'apps/kustomization.yaml': 'resources: [map.yaml]\n',
    'apps/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n',
  });
  const platform = await loadPlatform({ root });
  const instance = 'FluxInstance.fluxcd.controlplane.io/flux-system/flux';
  const repository = 'GitRepository.source.toolkit.fluxcd.io/flux-system/flux-system';
  expect(platform.model.kustomizations).toMatchObject([
    { id: kustomization('apps'), path: 'apps' },
    { id: kustomization('flux-system'), path: 'clusters/prod', prune: true, source: repository },
  ]);
  for (const id of [kustomization('flux-system'), repository])
    expect(get(platform, id)).toMatchObject({ generatedBy: instance, deployer: null, origin: { line: 6 } });
  for (const id of [instance, kustomization('apps')])
    expect(get(platform, id).kustomization).toBe('flux-system');
  expect(get(platform, 'ConfigMap/shop/settings').kustomization).toBe('apps');
});
