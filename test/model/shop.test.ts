import { beforeAll, describe, expect, it } from 'vitest';
import { printedModel } from '../../plugins/checks/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { at, get, platformOf } from './platforms.ts';

const app = (name: string) => `Application.argoproj.io/argocd/${name}`;
const wave = ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'];

describe('a small platform', () => {
  let shop: Platform;
  beforeAll(async () => {
    shop = await platformOf('model-shop');
  });

  it('is without faults', () => {
    expect(printedModel(shop).diagnostics).toEqual([]);
    expect(shop.model.unverified).toEqual([]);
  });

  it('has the Applications that are written and those that are generated', () => {
    expect(
      shop.model.applications.map(({ name, generatedBy, sourceType }) => [
        name,
        generatedBy !== null,
        sourceType,
      ]),
    ).toEqual([
      ['edge', false, 'Kustomize'],
      ['sets', false, 'Directory'],
      ['shop-events', true, 'Directory'],
      ['shop-governance', true, 'Kustomize'],
      ['shop-policies', true, 'Kustomize'],
      ['shop-web', true, 'Kustomize'],
    ]);
    const [set] = shop.model.applicationSets;
    expect(set?.applications).toEqual(['shop-events', 'shop-governance', 'shop-policies', 'shop-web']);
    expect(set?.unverified).toBeNull();
    expect(set?.generators[0]).toMatchObject({
      type: 'git',
      paths: ['stacks/shop/*'],
      exclude: ['stacks/shop/attic'],
    });
  });

  it('gives each object to the application that deploys it, once', () => {
    const route = get(shop, 'HTTPRoute.gateway.networking.k8s.io/edge/web');
    expect(route).toMatchObject({
      application: 'edge',
      layer: 'gitops',
      wave: 10,
      source: 'kustomize',
      stack: null,
    });
    expect(get(shop, 'ApplicationSet.argoproj.io/argocd/shop')).toMatchObject({
      application: 'sets',
      layer: 'gitops',
      stack: 'shop',
    });
    expect(get(shop, 'Namespace/edge')).toMatchObject({ application: null, layer: 'bootstrap' });
    expect(get(shop, 'ConfigMap/forgotten')).toMatchObject({
      application: null,
      layer: 'gitops',
      source: 'file',
    });
    expect(shop.model.resources.filter(({ id }) => id.includes('@'))).toEqual([]);
  });

  it('knows the effective wave and who wrote it', () => {
    const namespace = get(shop, 'Namespace/shop');
    expect([namespace.wave, namespace.waveSet]).toEqual([-5, true]);
    expect(at(shop.locate(namespace, wave))).toBe('stacks/shop/governance/kustomization.yaml:2');
    expect(at(shop.locate(namespace, ['metadata', 'labels', 'team']))).toBe(
      'stacks/shop/governance/namespace.yaml:6',
    );
    const service = get(shop, 'Service/shop/web');
    expect(service.wave).toBe(3);
    expect(at(shop.locate(service, wave))).toBe('stacks/shop/web/kustomization.yaml:13');
    expect(at(shop.locate(service, ['metadata', 'labels', 'stack']))).toBe(
      'stacks/shop/web/kustomization.yaml:3',
    );
    expect(at(shop.locate(service, ['metadata', 'annotations', 'purpose']))).toBe(
      'stacks/shop/web/deployment.yaml:27',
    );
    expect(at(shop.locate(service, ['spec', 'sessionAffinityConfig', 'clientIP']))).toBe(
      'stacks/shop/web/deployment.yaml:28',
    );
  });

  it('points a generated Application into the template of its set', () => {
    const web = get(shop, app('shop-web'));
    expect(web).toMatchObject({
      source: 'applicationset',
      generatedBy: 'ApplicationSet.argoproj.io/argocd/shop',
      application: null,
      layer: 'gitops',
    });
    expect(at(shop.locate(web, ['spec', 'syncPolicy', 'automated', 'prune']))).toBe(
      'stacks/shop/set.yaml:31',
    );
    expect(at(shop.locate(web, ['metadata', 'name']))).toBe('stacks/shop/set.yaml:19');
    const record = shop.model.applications.find(({ name }) => name === 'shop-web');
    expect(record?.syncPolicy).toMatchObject({
      automated: true,
      prune: true,
      selfHeal: false,
      serverSideApply: true,
      retryLimit: 5,
    });
    expect(record?.stack).toBe('shop');
  });

  it('orders what an Application applies', () => {
    const web = shop.model.applications.find(({ name }) => name === 'shop-web');
    expect(web?.order).toEqual([
      [
        'ServiceAccount/shop/web',
        'Deployment.apps/shop/web',
        'ExternalSecret.external-secrets.io/shop/a-web-extra',
        'SecretStore.external-secrets.io/shop/vault',
        'ExternalSecret.external-secrets.io/shop/web',
      ],
      ['Service/shop/web'],
    ]);
  });

  it('follows events, secrets and routes', () => {
    const routes = shop.model.events.map((route) => [
      route.sourceName,
      route.event,
      route.dependency,
      route.trigger?.action ?? null,
      route.live,
    ]);
    expect(routes).toEqual([
      ['forge', 'push', 'pushed', 'submit WorkflowTemplate/build', true],
      ['forge', 'push', 'pushed', 'POST http://web.shop.svc/hook', true],
      ['forge', 'tag', null, null, false],
      ['nowhere', 'push', 'gone', 'POST http://web.shop.svc/hook', false],
    ]);
    expect(shop.model.secrets).toMatchObject([
      // The other one owns the Secret, which refuses everybody else.
      {
        creationPolicy: 'Merge',
        refreshInterval: '15m',
        target: { id: 'Secret/shop/web' },
        effect: 'conflict',
        reason: 'other-owner',
      },
      {
        effect: 'creates',
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        refreshInterval: '1h',
        keys: [{ key: 'password', remote: 'shop/web#password' }],
      },
    ]);
    expect(get(shop, 'Secret/shop/web')).toMatchObject({
      source: 'external-secret',
      generatedBy: 'ExternalSecret.external-secrets.io/shop/web',
      rendered: { data: { password: '' } },
    });
    expect(shop.model.routes).toMatchObject([
      {
        hostnames: ['shop.example.com'],
        parents: [{ id: 'Gateway.gateway.networking.k8s.io/edge/public' }],
        backends: [{ id: 'Service/shop/web', port: 80 }],
      },
    ]);
  });

  it('matches policies to resources, workloads of Pod rules too', () => {
    const rules = shop.model.policies.flatMap((policy) => policy.rules);
    expect(rules).toMatchObject([
      {
        name: 'namespaces',
        type: 'validate',
        action: 'Enforce',
        scope: ['except names: argo*'],
        matches: ['Namespace/edge', 'Namespace/shop'],
      },
      { name: 'pods', action: 'Audit', scope: ['namespaces: sh*'], matches: ['Deployment.apps/shop/web'] },
    ]);
  });

  it('has relations in both directions, with their lines', () => {
    const said = new Set(shop.model.relations.map(({ type, from, to }) => `${from} ${type} ${to}`));
    for (const relation of [
      'AppProject.argoproj.io/argocd/shop permits Namespace/shop',
      `AppProject.argoproj.io/argocd/shop contains ${app('shop-web')}`,
      'ApplicationSet.argoproj.io/argocd/shop belongs-to AppProject.argoproj.io/argocd/shop',
      `ApplicationSet.argoproj.io/argocd/shop generates ${app('shop-web')}`,
      `${app('sets')} deploys ApplicationSet.argoproj.io/argocd/shop`,
      `${app('shop-web')} deploys-to Namespace/shop`,
      'EventSource.argoproj.io/shop/forge feeds Sensor.argoproj.io/shop/build',
      'Sensor.argoproj.io/shop/build listens-to EventSource.argoproj.io/shop/forge',
      'Sensor.argoproj.io/shop/build triggers WorkflowTemplate.argoproj.io/shop/build',
      'Sensor.argoproj.io/shop/build triggers Service/shop/web',
      'WorkflowTemplate.argoproj.io/shop/build calls WorkflowTemplate.argoproj.io/shop/tell',
      'ExternalSecret.external-secrets.io/shop/web reads SecretStore.external-secrets.io/shop/vault',
      'SecretStore.external-secrets.io/shop/vault provides ExternalSecret.external-secrets.io/shop/web',
      'ExternalSecret.external-secrets.io/shop/a-web-extra writes Secret/shop/web',
      'Deployment.apps/shop/web consumes Secret/shop/web',
      'Secret/shop/web provides-to Deployment.apps/shop/web',
      'Deployment.apps/shop/web runs-as ServiceAccount/shop/web',
      'Service/shop/web selects Deployment.apps/shop/web',
      'HTTPRoute.gateway.networking.k8s.io/edge/web attaches-to Gateway.gateway.networking.k8s.io/edge/public',
      'Gateway.gateway.networking.k8s.io/edge/public serves HTTPRoute.gateway.networking.k8s.io/edge/web',
      'HTTPRoute.gateway.networking.k8s.io/edge/web routes-to Service/shop/web',
      'ClusterPolicy.kyverno.io/labels matches Namespace/shop',
      'Deployment.apps/shop/web lives-in Namespace/shop',
    ]) {
      expect(said, relation).toContain(relation);
    }
    const line = (type: string, to: string) => {
      const found = shop.model.relations.find((relation) => relation.type === type && relation.to === to);
      return found && at(found.origin);
    };
    expect(line('triggers', 'WorkflowTemplate.argoproj.io/shop/build')).toBe(
      'stacks/shop/events/all.yaml:31',
    );
    expect(line('consumes', 'Secret/shop/web')).toBe('stacks/shop/web/deployment.yaml:20');
    expect(line('permits', 'Namespace/shop')).toBe('boot/project.yaml:13');
  });

  it('describes stacks and ignored differences', () => {
    expect(shop.model.stacks).toEqual([
      {
        name: 'shop',
        path: 'stacks/shop',
        applicationSet: 'ApplicationSet.argoproj.io/argocd/shop',
        project: 'shop',
        namespace: 'shop',
        applications: ['shop-events', 'shop-governance', 'shop-policies', 'shop-web'],
        kustomizations: [],
        helmReleases: [],
      },
    ]);
    expect(shop.model.ignoredDifferences).toMatchObject([
      {
        group: 'admissionregistration.k8s.io',
        kind: 'MutatingWebhookConfiguration',
        fields: ['.webhooks[]?.clientConfig.caBundle'],
        origin: { file: 'boot/argocd-cm.yaml', line: 7 },
      },
    ]);
  });

  it('names resources shortly and back', () => {
    for (const resource of shop.model.resources) {
      const resolved = shop.resolveReference(shop.referenceOf(resource));
      expect(resolved.ok && resolved.resource.id).toBe(resource.id);
    }
    expect(shop.referenceOf(get(shop, 'Service/shop/web'))).toBe('Service/web');
    expect(shop.resolveReference('ExternalSecret/shop/web').ok).toBe(true);
    expect(shop.resolveReference('Servce/web')).toEqual({
      ok: false,
      reason: 'unknown',
      candidates: ['Service/web'],
    });
  });

  it('is the same every time, and plain JSON', async () => {
    const again = await platformOf('model-shop');
    expect(JSON.stringify(again.model)).toBe(JSON.stringify(shop.model));
  });
});
