import type { Model } from '../../plugins/model/index.ts';
import { unverifiedChart } from '../../plugins/source/index.ts';
import { application, origin, place, resource } from './platform.ts';

const project = resource(
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'business', namespace: 'argocd' },
  },
  { layer: 'bootstrap', origin: origin('IT/argocd/appproject-business.yaml') },
);
const configMap = resource(
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' } },
  { layer: 'bootstrap', origin: origin('IT/argocd/argocd-cm.yaml') },
);
const set = resource(
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'shop', namespace: 'argocd' },
  },
  { stack: 'shop', origin: origin('K8s/shop/applicationset-shop.yaml') },
);
const deployedBy = (name: string) => ({ application: name, stack: 'shop' });
const namespace = resource(
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', annotations: { 'argocd.argoproj.io/sync-wave': '-2' } },
  },
  { ...deployedBy('shop-governance'), origin: origin('K8s/shop/governance/namespace.yaml', 3) },
);
const deployment = resource(
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas: 2 },
  },
  { ...deployedBy('shop-web'), origin: origin('K8s/shop/web/deployment.yaml') },
);
const service = resource(
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } },
  { ...deployedBy('shop-web'), origin: origin('K8s/shop/web/service.yaml') },
);
const route = resource(
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop', annotations: { 'argocd.argoproj.io/sync-wave': '2' } },
  },
  { ...deployedBy('shop-web'), origin: origin('K8s/shop/web/route.yaml') },
);
const gateway = resource(
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'gateway', annotations: { 'argocd.argoproj.io/sync-wave': '1' } },
  },
  { layer: 'bootstrap', origin: origin('IT/gateway/gateway.yaml') },
);
const store = resource(
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'vault', namespace: 'shop' },
  },
  { ...deployedBy('shop-governance'), origin: origin('K8s/shop/governance/store.yaml') },
);
const external = resource(
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'shop' },
  },
  { ...deployedBy('shop-web'), origin: origin('K8s/shop/web/secret.yaml') },
);
const secret = resource(
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, data: { password: '' } },
  { ...deployedBy('shop-web'), source: 'external-secret', generatedBy: external.id, origin: external.origin },
);
const policy = resource(
  { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'need-labels' } },
  { origin: origin('K8s/security/labels.yaml') },
);
const source = resource({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'EventSource',
  metadata: { name: 'hooks', namespace: 'shop' },
});
const sensor = resource({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Sensor',
  metadata: { name: 'build', namespace: 'shop' },
});
const template = resource({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'WorkflowTemplate',
  metadata: { name: 'test', namespace: 'shop' },
});

const chart = unverifiedChart(
  { name: 'redis', version: '20.1.0' },
  'needs a network',
  place('K8s/shop/web/kustomization.yaml', 4),
);
const ciliumChart = unverifiedChart(
  { name: 'cilium', version: '1.17.0' },
  'needs a network',
  place('IT/cilium/kustomization.yaml', 3),
);
const governance = application('shop-governance', {
  project: 'business',
  stack: 'shop',
  generatedBy: set.id,
  destination: { server: 'https://kubernetes.default.svc', name: null, namespace: 'shop' },
  order: [[namespace.id], [store.id]],
});
const web = application('shop-web', {
  project: 'business',
  stack: 'shop',
  generatedBy: set.id,
  destination: { server: 'https://kubernetes.default.svc', name: null, namespace: 'shop' },
  order: [[deployment.id, service.id, external.id], [route.id]],
  unverified: [chart],
  permitted: { ok: false, reasons: [{ message: 'namespace `shop` is not permitted', source: null }] },
});
const generated = [governance, web].map((one) =>
  resource(
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: one.name, namespace: 'argocd' },
    },
    { source: 'applicationset', generatedBy: set.id, stack: 'shop', origin: set.origin },
  ),
);

/** A shop: one stack with two applications, one of everything that the views show. */
export const shop: Partial<Model> = {
  resources: [
    project,
    configMap,
    set,
    namespace,
    deployment,
    service,
    route,
    gateway,
    store,
    external,
    secret,
    policy,
    source,
    sensor,
    template,
    ...generated,
  ].sort((a, b) => (a.id < b.id ? -1 : 1)),
  projects: [
    {
      id: project.id,
      name: 'business',
      description: 'What earns money',
      sourceRepos: ['https://git.example.com/platform.git'],
      destinations: [
        { server: 'https://kubernetes.default.svc', name: null, namespace: 'shop' },
        { server: '*', name: null, namespace: '*' },
      ],
      clusterResourceWhitelist: ['/Namespace'],
      clusterResourceBlacklist: null,
      namespaceResourceWhitelist: null,
      namespaceResourceBlacklist: ['rbac.authorization.k8s.io/*'],
      sourceNamespaces: ['shop-*'],
      globalProjects: ['base'],
      roles: [
        {
          name: 'deployer',
          description: '',
          policies: ['p, proj:business:deployer, applications, sync, business/*, allow'],
          groups: ['shop-team'],
        },
      ],
      syncWindows: [
        {
          kind: 'deny',
          schedule: '0 22 * * *',
          duration: '8h',
          timeZone: 'Europe/Berlin',
          applications: ['*'],
          namespaces: [],
          clusters: [],
          manualSync: true,
          andOperator: false,
          description: 'nights',
          matches: ['shop-governance', 'shop-web'],
        },
      ],
      applications: ['shop-governance', 'shop-web'],
      origin: project.origin,
    },
  ],
  applicationSets: [
    {
      id: set.id,
      name: 'shop',
      namespace: 'argocd',
      project: 'business',
      generators: [{ type: 'git', paths: ['K8s/shop/*'], exclude: ['K8s/shop/old'], origin: set.origin }],
      applications: ['shop-governance', 'shop-web'],
      unverified: null,
      syncPolicy: web.syncPolicy,
      origin: set.origin,
    },
  ],
  applications: [governance, web],
  stacks: [
    {
      name: 'shop',
      path: 'K8s/shop',
      applicationSet: set.id,
      project: 'business',
      namespace: 'shop',
      applications: ['shop-governance', 'shop-web'],
      kustomizations: [],
      helmReleases: [],
    },
  ],
  policyResults: [
    {
      policy: policy.id,
      rule: 'owner',
      resource: namespace.id,
      result: 'fail',
      message: 'no owner',
      action: 'Audit',
      origin: namespace.origin,
    },
  ],
  policies: [
    {
      id: policy.id,
      name: 'need-labels',
      kind: 'ClusterPolicy',
      namespace: null,
      origin: policy.origin,
      rules: [
        {
          name: 'owner',
          type: 'validate',
          kinds: ['Namespace'],
          scope: ['except kube-*'],
          action: 'Audit',
          target: null,
          message: 'say who owns it',
          matches: [namespace.id],
          origin: origin('K8s/security/labels.yaml', 9),
        },
        {
          name: 'deny-all',
          type: 'generate',
          kinds: ['Namespace'],
          scope: [],
          action: null,
          target: 'NetworkPolicy',
          message: null,
          matches: [namespace.id],
          origin: origin('K8s/security/labels.yaml', 20),
        },
      ],
    },
  ],
  events: [
    {
      source: source.id,
      sourceName: 'hooks',
      type: 'github',
      event: 'pull-request',
      sensor: sensor.id,
      dependency: 'pr',
      trigger: {
        name: 'run',
        type: 'argoWorkflow',
        targets: [template.id],
        action: 'submit WorkflowTemplate/test',
        conditions: null,
        firesOn: [['pr']],
        dynamic: false,
        origin: place('K8s/build.yaml', 12),
      },
      bus: null,
      live: true,
      dead: null,
      open: null,
      sentence: 'when hooks sends pull-request → test',
      said: {
        key: 'route.when',
        values: {
          what: { key: 'event.sends', values: { source: 'hooks', event: 'pull-request' } },
          action: 'test',
          limit: '',
        },
      },
      origin: place('K8s/build.yaml', 5),
    },
    {
      source: null,
      sourceName: 'gone',
      type: null,
      event: 'x',
      sensor: sensor.id,
      dependency: 'x',
      trigger: null,
      bus: null,
      live: false,
      dead: 'no-source',
      open: null,
      sentence: 'when gone gives x → no trigger waits for it; never: no source gone is declared',
      said: {
        key: 'route.never',
        values: {
          route: {
            key: 'route.unused',
            values: { what: { key: 'event.gives', values: { source: 'gone', event: 'x' } } },
          },
          why: { key: 'dead.no-source', values: { source: 'gone' } },
        },
      },
      origin: place('K8s/build.yaml', 7),
    },
  ],
  secrets: [
    {
      externalSecret: external.id,
      store: { kind: 'SecretStore', name: 'vault', id: store.id, refusal: null },
      target: { name: 'db', namespace: 'shop', id: secret.id },
      creationPolicy: 'Merge',
      deletionPolicy: 'Retain',
      refreshInterval: '1h',
      keys: [{ key: 'password', remote: 'shop/db' }],
      effect: 'merges',
      reason: null,
      secretKeys: { sure: ['password'], maybe: [], open: false },
      readers: [],
      pushes: [],
      origin: external.origin,
    },
  ],
  routes: [
    {
      route: route.id,
      hostnames: ['shop.example.com'],
      parents: [
        {
          ...{
            kind: 'Gateway',
            name: 'edge',
            namespace: 'gateway',
            section: 'https',
            port: null,
            id: gateway.id,
          },
          ...{
            gateway: gateway.id,
            listener: 'https',
            listeners: ['https'],
            hostnames: ['shop.example.com'],
          },
          ...{ accepted: true, reason: 'Accepted', why: null, path: ['spec', 'parentRefs', 0] },
        },
      ],
      backends: [
        {
          ...{
            kind: 'Service',
            name: 'web',
            namespace: 'shop',
            port: 80,
            id: service.id,
            service: service.id,
          },
          ...{ resolved: true, reason: null, why: null },
          workloads: [{ workload: deployment.id, port: 8080, container: 'web' }],
          path: ['spec', 'rules', 0, 'backendRefs', 0],
        },
      ],
      ...{ accepted: true, resolved: true, refused: [] },
      origin: route.origin,
    },
  ],
  ignoredDifferences: [
    {
      group: 'admissionregistration.k8s.io',
      kind: 'MutatingWebhookConfiguration',
      name: null,
      namespace: null,
      fields: ['.webhooks[]?.clientConfig.caBundle'],
      origin: place('IT/argocd/argocd-cm.yaml', 8),
    },
  ],
  relations: [
    { type: 'contains', from: project.id, to: set.id, origin: set.origin },
    { type: 'belongs-to', from: set.id, to: project.id, origin: set.origin },
    { type: 'permits', from: project.id, to: namespace.id, origin: project.origin },
    { type: 'generates', from: set.id, to: governance.id, origin: set.origin },
    { type: 'generates', from: set.id, to: web.id, origin: set.origin },
    { type: 'serves', from: gateway.id, to: route.id, origin: route.origin },
    { type: 'attaches-to', from: route.id, to: gateway.id, origin: route.origin },
    { type: 'routes-to', from: route.id, to: service.id, origin: route.origin },
    { type: 'provides-to', from: secret.id, to: deployment.id, origin: deployment.origin },
  ],
  unverified: [chart, ciliumChart],
};
