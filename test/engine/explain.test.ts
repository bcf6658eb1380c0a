import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createEngine, createExplainer, type Engine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';

const folders: string[] = [];
const engines: Engine[] = [];
afterAll(async () => {
  for (const engine of engines) await engine.dispose();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('every resource of the reference platform', () => {
  test('is explained as plain data that agrees with the model', async () => {
    const { platform } = await made(resolve(import.meta.dirname, '../..'));
    const { model } = platform;
    const { explain } = createExplainer(platform);
    const explained = model.resources.map(explain);
    expect(explained.length).toBeGreaterThan(100);
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
    expect(new Set(explained.map(({ reference }) => reference)).size).toBe(explained.length);
    const byId = new Map(explained.map((one) => [one.id, one]));
    for (const { from, to, type } of model.relations) {
      // In which order they go is told by the steps.
      if (type === 'removed-before') continue;
      // That one needs the other is said by any nearer relation between the two.
      const relation = type === 'needs' ? { otherId: to } : { type, otherId: to };
      expect(byId.get(from)?.relations).toContainEqual(expect.objectContaining(relation));
    }
    for (const application of model.applications) {
      const { sequence } = byId.get(application.id) ?? {};
      expect(sequence?.map(({ resources }) => resources.map(({ id }) => id))).toEqual(application.order);
      const isWhole = application.unverified.length === 0;
      expect(byId.get(application.id)?.unsequenced.length === 0).toBe(isWhole);
      const steps = application.order.length;
      for (const [index, ids] of application.order.entries())
        for (const id of ids)
          expect(byId.get(id)?.order).toMatchObject(
            isWhole ? { step: index + 1, steps, unknown: [] } : { step: null, steps: null },
          );
    }
    for (const { id, rules } of model.policies) {
      const own = byId.get(id)?.policies.filter(({ policyId }) => policyId === id);
      expect(own?.map(({ rule }) => rule)).toEqual(rules.map(({ name }) => name));
      for (const rule of rules)
        for (const match of rule.matches)
          expect(byId.get(match)?.policies).toContainEqual(
            expect.objectContaining({ policyId: id, rule: rule.name, matches: true }),
          );
    }
    expect(new Set(explained.map(({ mentions }) => mentions))).toEqual(new Set([null]));
  });

  test('answers what a reader asks, each thing once and by its name', async () => {
    const { platform } = await made(resolve(import.meta.dirname, '../..'));
    const { explain } = createExplainer(platform);
    const answerOf = (id: string, name: string) => {
      const found = platform.model.resources.find((one) => id === `${one.kind}/${one.namespace}/${one.name}`);
      const value = found && explain(found).answers.find((one) => one.name === name)?.value;
      return value?.items?.map(({ text }) => text) ?? value?.text;
    };
    // Two ExternalSecrets write it.
    expect(answerOf('Secret/backstage/backstage', 'refresh')).toEqual([
      '1h (ExternalSecret/backstage)',
      '15m (ExternalSecret/backstage-oidc)',
    ]);
    expect(answerOf('Secret/observability/grafana-admin', 'refresh')).toBe('1h');
    const externalSecret = 'ExternalSecret/backstage/backstage';
    expect(answerOf(externalSecret, 'writes')).toBe('Secret/backstage');
    expect(answerOf(externalSecret, 'refresh')).toBe('1h');
    expect(answerOf(externalSecret, 'keys')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\S+ ← /)]),
    );
    // Its team, not that of the namespace that all Applications lie in.
    expect(answerOf('Application/argocd/obs-loki', 'owner')).toBe('observability-team');
    expect(answerOf('Application/argocd/backstage-governance', 'outOfSync')).toMatch(
      /^All of it is rendered/,
    );
    expect(answerOf('HTTPRoute/observability/grafana', 'leadsTo')).toMatch(/: not verified: helm chart/);
    // Its second route is what the first leads to.
    const routes = answerOf('Sensor/events/slo-burn', 'routes');
    expect(routes).toMatch(/then → POST https:/);
    expect(answerOf('Sensor/events/pull-request', 'routes')).toMatch(
      / → build-and-test; then → deploy-preview$/,
    );
  });
});

describe('an application that another deploys', async () => {
  const application = (name: string, path: string, wave: string) =>
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd, annotations: { argocd.argoproj.io/sync-wave: "${wave}" } }
spec:
  project: default
  source: { repoURL: https://git.example.com/shop, path: ${path}, targetRevision: HEAD }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`;
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n';
  const { platform } = await made(
    folder({
      'plumbline.yaml': 'layers: { gitops: [K8s] }\nrepository: { url: https://git.example.com/shop }\n',
      'K8s/root.yaml': application('root', 'K8s/apps', '5'),
      'K8s/apps/shop.yaml': application('shop', 'K8s/shop', '2'),
      'K8s/apps/first.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      'K8s/shop/settings.yaml': configMap,
    }),
  );
  const { explain } = createExplainer(platform);
  const of = (name: string) => {
    const found = platform.model.resources.find((one) => one.name === name && one.kind !== 'Namespace');
    if (!found) throw new Error(`no ${name}`);
    return explain(found);
  };

  test('has a verdict of its own and a step in the sequence of the other', () => {
    expect(of('shop')).toMatchObject({
      application: { name: 'shop', id: 'Application.argoproj.io/argocd/shop' },
      deployedBy: { name: 'root', project: 'default', projectId: null },
      order: { wave: 2, waveSet: true, step: 2, steps: 2 },
      sequence: [{ phase: 'Sync', wave: 0, resources: [{ reference: 'ConfigMap/settings' }] }],
    });
  });

  test('deploys what names it, in the namespace that it makes', () => {
    expect(of('settings')).toMatchObject({
      application: { name: 'shop' },
      deployedBy: { name: 'shop' },
      namespaceId: 'Namespace/shop',
      order: { wave: 0, waveSet: false, step: 1, steps: 1 },
      sequence: [],
    });
  });

  test('or nobody deploys it', () => {
    expect(of('root')).toMatchObject({
      application: { name: 'root' },
      deployedBy: null,
      order: { wave: 5, step: null, steps: null },
    });
  });
});

describe('what one application gives twice, and two applications give', async () => {
  const application = (namespace: string, path: string) =>
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: ${namespace} }
spec:
  source: { repoURL: https://git.example.com/shop, path: ${path} }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`;
  const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n';
  const wave =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other, annotations: { argocd.argoproj.io/sync-wave: "-1" } }\n';
  const { platform } = await made(
    folder({
      'plumbline.yaml': 'layers: { gitops: [K8s] }\nrepository: { url: https://git.example.com/shop }\n',
      'K8s/apps.yaml': `${application('argocd', 'K8s/one')}---\n${application('team', 'K8s/two')}`,
      'K8s/one/a.yaml': settings,
      'K8s/one/b.yaml': settings,
      'K8s/two/a.yaml': `${settings}---\n${wave}`,
    }),
  );
  const { explain } = createExplainer(platform);
  const of = (id: string) => {
    const resource = platform.resource(id);
    if (!resource) throw new Error(`no ${id}`);
    return explain(resource);
  };
  const message = 'ConfigMap/shop/settings is part of applications argocd/shop, team/shop';

  test('is said of the object and of the applications, by the names of Argo CD', () => {
    const shared = { type: 'SharedResourceWarning', message, origin: { file: 'K8s/one/b.yaml' } };
    const repeated = {
      type: 'RepeatedResourceWarning',
      message: 'ConfigMap/shop/settings appears 2 times among the resources of shop: the last counts',
      origin: { file: 'K8s/one/b.yaml' },
    };
    expect(of('ConfigMap/shop/settings').conditions).toMatchObject([repeated, shared]);
    expect(of('Application.argoproj.io/argocd/shop').conditions).toMatchObject([repeated, shared]);
    expect(of('Application.argoproj.io/team/shop').conditions).toMatchObject([shared]);
    expect(of('ConfigMap/shop/other').conditions).toEqual([]);
  });

  test('of two applications of one name the one that deploys it is meant', () => {
    expect(of('ConfigMap/shop/other')).toMatchObject({
      deployedBy: { id: 'Application.argoproj.io/team/shop' },
      order: { step: 1, steps: 2 },
    });
  });
});

describe('what is not so is not said', async () => {
  const application = (name: string, source: string) =>
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  ${source}
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`;
  const local = (path: string) =>
    `source: { repoURL: https://git.example.com/shop, path: ${path}, targetRevision: HEAD }`;
  const { platform } = await made(
    folder({
      'plumbline.yaml': 'layers: { gitops: [K8s] }\nrepository: { url: https://git.example.com/shop }\n',
      'K8s/apps.yaml': [
        application('whole', local('K8s/whole')),
        application(
          'mixed',
          `sources: [{ repoURL: https://charts.example.com, chart: cache, targetRevision: 1.0.0 }, ${local('K8s/mixed').replace('source: ', '')}]`,
        ),
      ].join('---\n'),
      'K8s/whole/secret.yaml': `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: token, namespace: shop }
spec:
  secretStoreRef: { name: vault, kind: SecretStore }
  target: { name: token }
  data: [{ secretKey: token, remoteRef: { key: shop/token } }]
`,
      'K8s/whole/policy.yaml': `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: limits }
spec:
  validationFailureAction: Enforce
  rules:
    - name: memory
      match: { any: [{ resources: { kinds: [Pod] } }] }
      validate: { message: set a limit, pattern: { spec: { containers: [{ resources: { limits: { memory: "?*" } } }] } } }
`,
      'K8s/mixed/workload.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "registry.example.com/web:1.0.0" }] }
`,
    }),
  );
  const { explain } = createExplainer(platform);
  const of = (id: string) => {
    const resource = platform.resource(id);
    if (!resource) throw new Error(`no ${id}`);
    return explain(resource);
  };

  test('no sync applies a Secret that an ExternalSecret makes', () => {
    expect(of('Secret/shop/token')).toMatchObject({ order: null, generatedBy: 'ExternalSecret/token' });
    expect(of('ExternalSecret.external-secrets.io/shop/token').order).toMatchObject({ step: 1, steps: 1 });
    // Nobody deploys the Application itself.
    expect(of('Application.argoproj.io/argocd/mixed').order).toBeNull();
  });

  test('no step is of so many beside a chart that is not read, which is no matter of the resource itself', () => {
    expect(of('Deployment.apps/shop/web')).toMatchObject({
      order: { wave: 0, step: null, steps: null, unknown: ['helm chart cache 1.0.0'] },
      unverified: [],
    });
    expect(of('Application.argoproj.io/argocd/mixed')).toMatchObject({
      unsequenced: ['helm chart cache 1.0.0'],
      unverified: [{ what: 'helm chart cache 1.0.0' }],
    });
  });

  test('a policy for Pods judges those of a workload', () => {
    expect(of('Deployment.apps/shop/web').policies).toMatchObject([
      { policy: 'ClusterPolicy/limits', rule: 'memory', matches: true, ofPods: true },
    ]);
  });
});

describe('what a cluster decides', async () => {
  const set = (name: string, generators: string, path: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: ${name}, namespace: argocd }
spec:
  generators: ${generators}
  template:
    metadata: { name: "${name}-{{nameNormalized}}" }
    spec:
      project: default
      source: { repoURL: https://git.example.com/shop, path: "${path}", targetRevision: HEAD }
      destination: { server: "{{server}}", namespace: shop }
`;
  const merged = (root: string) => `
    - merge:
        mergeKeys: [nameNormalized]
        generators:
          - clusters: { values: { root: ${root}, environment: staging, cluster: "" } }
          - list: { elements: [{ nameNormalized: east, values.environment: production, values.cluster: east }] }
`;
  const path = '{{values.root}}/{{values.environment}}/{{values.cluster}}';
  const configMap = (name: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, annotations: { argocd.argoproj.io/sync-wave: "3" } }
`;
  const overlay = (cluster: string) => ({
    [`apps/web/${cluster}/kustomization.yaml`]: 'resources: [web.yaml]\n',
    [`apps/web/${cluster}/web.yaml`]: `apiVersion: v1
kind: Secret
metadata: { name: token, namespace: web }
stringData: { ${cluster}: "" }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: web, labels: { cluster: ${cluster} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: web
      containers: [{ name: web, image: "web:${cluster}", envFrom: [{ secretRef: { name: token } }] }]
`,
  });
  const kustomization = (resource: string) => `resources: [${resource}]\n`;
  const { platform } = await made(
    folder({
      'plumbline.yaml':
        'layers: { gitops: [apps, sets] }\nrepository: { url: https://git.example.com/shop }\n',
      'sets/shop.yaml': set('shop', merged('apps/shop'), path),
      'sets/other.yaml': set('other', merged('apps/other'), path),
      'sets/named.yaml': set('named', '[{ clusters: {} }]', 'apps/named/{{nameNormalized}}'),
      'apps/shop/base/kustomization.yaml': kustomization('settings.yaml'),
      'apps/shop/base/settings.yaml': configMap('shared'),
      'apps/shop/staging/kustomization.yaml': kustomization('../base'),
      'apps/shop/production/east/kustomization.yaml': kustomization('only.yaml'),
      'apps/shop/production/east/only.yaml': configMap('east'),
      'apps/shop/production/west/settings.yaml': configMap('west'),
      'apps/named/north/settings.yaml': configMap('north'),
      'apps/named/north/workload.yaml': `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: shop }
spec:
  schedule: "0 3 * * *"
  jobTemplate: { spec: { template: { spec: { containers: [{ name: run, image: "run:1" }] } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: web, namespace: shop }
spec: { host: web.example.com, path: /shop, port: { targetPort: http }, to: { kind: Service, name: web } }
`,
      'apps/patched/base/kustomization.yaml': kustomization('settings.yaml'),
      'apps/patched/base/settings.yaml': configMap('patched'),
      'apps/patched/one/kustomization.yaml': kustomization('../base'),
      'apps/patched/three/kustomization.yaml': kustomization('../base'),
      'apps/patched/two/kustomization.yaml': `${kustomization('../base')}namePrefix: ""
commonAnnotations: { argocd.argoproj.io/sync-wave: "7" }
`,
      'sets/broken.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: broken, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.com/shop, path: apps/broken, targetRevision: HEAD }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`,
      'apps/broken/kustomization.yaml': `${kustomization('settings.yaml')}patches: [{ path: none.yaml }]\n`,
      'apps/broken/settings.yaml': configMap('unbuilt'),
      ...overlay('one'),
      ...overlay('two'),
    }),
  );
  const { explain } = createExplainer(platform);
  const of = (name: string) => {
    const found = platform.model.resources.find((one) => one.name === name);
    if (!found) throw new Error(`no ${name}`);
    return explain(found);
  };

  test.each([
    ['shared', ['shop']],
    ['east', ['shop']],
    ['north', ['named']],
    // No cluster can lead there.
    ['west', []],
  ])('the sets that may deploy %s are told, and not that nobody does', (name, sets) => {
    const { isSure, sets: found } = of(name).mayDeploy;
    expect(isSure).toBe(false);
    expect(found.map(({ reference }) => reference)).toEqual(sets.map((one) => `ApplicationSet/${one}`));
  });

  test('what an overlay makes belongs with what is built with it, not with its like for another cluster', () => {
    const deployments = platform.model.resources.filter(({ kind }) => kind === 'Deployment');
    expect(deployments.length).toBe(2);
    for (const deployment of deployments) {
      const { relations, secretReads } = explain(deployment);
      const others = [
        ...relations.map(({ otherId }) => otherId),
        ...secretReads.map(({ secretId }) => secretId ?? ''),
      ];
      const files = others.map((id) => platform.resource(id)?.origin.file);
      expect(others.length).toBeGreaterThanOrEqual(3);
      expect(new Set(files)).toEqual(new Set([deployment.origin.file]));
    }
  });

  test('a CronJob has no replicas, and no Pods of its own that kubectl would find', () => {
    const { answers, commands } = of('nightly');
    expect(answers.map(({ name }) => name)).toEqual(['images', 'schedule']);
    expect(commands.map(({ text }) => text)).toContain('kubectl get jobs -n shop');
    expect(commands.filter(({ text }) => text.startsWith('kubectl logs'))).toEqual([]);
  });

  test('a Route of OpenShift says its host, and the Service that answers', () => {
    const found = platform.model.resources.find(({ kind }) => kind === 'Route');
    if (!found) throw new Error('no Route');
    const { answers, commands } = explain(found);
    expect(answers).toMatchObject([
      { name: 'hosts', value: { text: 'web.example.com/shop' } },
      { name: 'leadsTo', value: { text: 'Service/web:http', ref: 'Service/shop/web' } },
    ]);
    expect(commands[0]?.text).toContain('https://web.example.com/');
  });

  test('the folder is told that makes a thing so, where another makes it otherwise', () => {
    expect(of('patched')).toMatchObject({
      builtIn: { folder: 'apps/patched/one', same: ['apps/patched/three'], other: ['apps/patched/two'] },
    });
    expect(of('east').builtIn).toBeNull();
  });

  test('what an Application does not render here is told to be of that Application', () => {
    const { isSure, sets, unrendered } = of('unbuilt').mayDeploy;
    expect({ isSure, sets }).toEqual({ isSure: false, sets: [] });
    expect(unrendered.map(({ reference }) => reference)).toEqual(['Application/broken']);
  });

  test('what lacks the name of its namespace is not of the cluster', () => {
    expect(of('shared')).toMatchObject({ namespace: null, isOfCluster: false });
  });
});

async function made(root: string): Promise<Engine> {
  const engine = await createEngine({ root, d2 });
  engines.push(engine);
  return engine;
}

function folder(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-explain-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
