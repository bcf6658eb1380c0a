import type { JsonObject } from '../../plugins/base/index.ts';
import {
  type Application,
  createReferences,
  type Kustomization,
  type Model,
  type Resource,
} from '../../plugins/model/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import type { Origin } from '../../plugins/render/index.ts';
import type { Place, SourceFile } from '../../plugins/source/index.ts';
import { noSecrets, noStore } from '../no-store.ts';

/** A place in a file, for hand-made models. */
export function place(file: string, line = 1): Place {
  return { file, line, column: 1, endLine: line, endColumn: 1 };
}

export function origin(file: string, line = 1): Origin {
  return { ...place(file, line), document: 0, via: [] };
}

/** A resource from a manifest-like object; what is left out is as for a plain file under `K8s/`. */
export function resource(object: JsonObject, fields: Partial<Resource> = {}): Resource {
  const apiVersion = String(object.apiVersion ?? 'v1');
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const metadata = (object.metadata ?? {}) as Record<string, JsonObject & string>;
  const kind = String(object.kind);
  const name = String(metadata.name);
  const namespace = metadata.namespace === undefined ? null : String(metadata.namespace);
  const wave = (metadata.annotations as JsonObject | undefined)?.['argocd.argoproj.io/sync-wave'];
  return {
    id: [group ? `${kind}.${group}` : kind, namespace, name].filter((part) => part !== null).join('/'),
    apiVersion,
    group: group ?? '',
    version: version ?? '',
    kind,
    namespace,
    name,
    labels: (metadata.labels ?? {}) as Record<string, string>,
    annotations: (metadata.annotations ?? {}) as Record<string, string>,
    layer: 'gitops',
    stack: null,
    deployer: null,
    application: null,
    kustomization: null,
    helmRelease: null,
    wave: wave === undefined ? 0 : Number(wave),
    waveSet: wave !== undefined,
    phase: 'Sync',
    origin: origin(`K8s/${name}.yaml`),
    source: 'file',
    generatedBy: null,
    rendered: object,
    ...fields,
  };
}

export function application(name: string, fields: Partial<Application> = {}): Application {
  return {
    id: `Application.argoproj.io/argocd/${name}`,
    name,
    namespace: 'argocd',
    project: 'default',
    rbacName: 'default/app',
    instanceName: name,
    createsNamespace: false,
    replaces: [],
    serviceAccount: null,
    generatedBy: null,
    sources: [
      {
        repoURL: 'https://git.example.com/platform.git',
        path: `K8s/${name}`,
        chart: null,
        targetRevision: 'main',
        ref: null,
        local: true,
      },
    ],
    sourceType: 'Kustomize',
    destination: { server: 'https://kubernetes.default.svc', name: null, namespace: name },
    permitted: { ok: true, reasons: [] },
    syncPolicy: {
      automated: true,
      prune: true,
      selfHeal: true,
      allowEmpty: false,
      options: ['ServerSideApply=true'],
      serverSideApply: true,
      applyOutOfSyncOnly: false,
      createNamespace: false,
      retryLimit: null,
      ignoreDifferences: [],
    },
    order: [],
    stages: [],
    pruning: { automated: true, waves: [0], last: [], confirm: [], stays: [] },
    deletion: { cascade: 'foreground', steps: [], confirm: [], stays: [] },
    stack: null,
    unverified: [],
    origin: origin(`K8s/${name}/application.yaml`),
    ...fields,
  };
}

/** A Kustomization of Flux, and its resource. */
export function kustomization(name: string, needs: readonly string[] = []): [Kustomization, Resource] {
  const own = resource({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
  });
  const { id, namespace } = own;
  const record: Kustomization = {
    kind: 'Kustomization',
    ...{ id, name, namespace, origin: own.origin },
    path: name,
    sources: [],
    sourceType: 'Kustomize',
    sourceRef: 'GitRepository/flux-system',
    source: null,
    dependsOn: needs.map((need) => ({ namespace, name: need, id: id.replace(name, need) })),
    destination: { server: null, name: null, namespace: null },
    targetNamespace: null,
    serviceAccount: null,
    ...{ prune: true, wait: false, suspend: false, healthChecks: [], unknownVariables: [] },
    order: [],
    stack: null,
    unverified: [],
  };
  return [record, own];
}

/** A platform over a hand-made model; lists that are left out are empty. */
export function platform(model: Partial<Model>): Platform {
  const whole: Model = {
    version: 1,
    commit: null,
    roots: ['IT', 'K8s'],
    layers: [
      { name: 'bootstrap', paths: ['IT'] },
      { name: 'gitops', paths: ['K8s'] },
    ],
    stacks: [],
    resources: [],
    projects: [],
    applicationSets: [],
    applications: [],
    kustomizations: [],
    helmReleases: [],
    policies: [],
    policyResults: [],
    events: [],
    secrets: [],
    secretReads: [],
    secretPushes: [],
    routes: [],
    gateways: [],
    ingresses: [],
    ignoredDifferences: [],
    relations: [],
    findings: [],
    unverified: [],
    ...model,
  };
  const byId = new Map(whole.resources.map((one) => [one.id, one]));
  return {
    unread: () => whole.unverified,
    wanted: [],
    wantedFiles: [],
    config: {
      root: '/nowhere',
      home: '/nowhere',
      file: null,
      docs: 'docs',
      isDocsNamed: false,
      baseline: null,
      layers: { bootstrap: ['IT'], gitops: ['K8s'] },
      repository: { urls: [], browse: null, branches: [], submodules: [] },
      severity: {},
    },
    sources: {
      root: '/nowhere',
      home: '/nowhere',
      files: chartsOf(whole),
      faults: [],
      unread: [],
      isCovered: () => false,
      secrets: noSecrets,
      store: noStore,
      remember: async () => {},
    },
    undeployed: [],
    rendered: { builds: new Map(), sourceBuilds: new Map(), diagnostics: [], missing: [], engine: null },
    engines: [],
    diagnostics: [],
    model: whole,
    cache: { directory: null, get: async () => undefined, now: () => undefined, set: async () => undefined },
    ...createReferences(whole.resources),
    resource: (id) => byId.get(id),
    locate: (one) => one.origin,
    sourceOf: (one, role) => ({ ...one.origin, resource: one.id, path: null, role, via: [] }),
  };
}

/**
 * The kustomizations that ask for the charts of a hand-made model: all of a publisher whose charts are known.
 */
function chartsOf({ unverified }: Model): Map<string, SourceFile> {
  const files = unverified.flatMap((one) => {
    if (one.kind !== 'chart' || one.origin === null) return [];
    const value = { helmCharts: [{ name: one.chart.name, repo: 'https://charts.bitnami.com/bitnami' }] };
    const file = { path: one.origin.file, role: 'kustomization', documents: [{ value }] };
    return [[one.origin.file, file as unknown as SourceFile] as const];
  });
  return new Map(files);
}
