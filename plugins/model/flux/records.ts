/** Flux's Kustomizations and HelmReleases as records of the model. */
import { compareText, isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import { hookOf } from '../argocd/sync/hooks.ts';
import { stackOf } from '../build-stacks.ts';
import type { NotingContext } from '../context.ts';
import { stackOfDeployer } from '../create-resources.ts';
import type { Created } from '../created-types.ts';
import type { FoundDeployer } from '../deployers/discover.ts';
import type { DeployerKind, HelmRelease, Kustomization, Resource } from '../types.ts';
import { createDependencies } from './dependencies.ts';
import { unappliedBecause } from './object-switches.ts';
import { chartOf, releaseName } from './release-type.ts';
import { sourceReference } from './source-reference.ts';

/** Both, by id, with what each deploys. */
export function buildFlux(input: FluxInput, context: NotingContext): FluxRecords {
  const records: FluxRecords = { kustomizations: [], helmReleases: [], deployed: new Map() };
  const resourcesOf = (kind: DeployerKind): Resource[] =>
    input.deployers.flatMap((found, index) =>
      found.kind === kind ? (input.created.resourceOf.get(index) ?? []) : [],
    );
  const dependencies = {
    Kustomization: createDependencies(resourcesOf('Kustomization')),
    HelmRelease: createDependencies(resourcesOf('HelmRelease')),
  };
  for (const [index, found] of input.deployers.entries()) {
    const resource = input.created.resourceOf.get(index);
    if (resource === undefined || found.kind === 'Application') continue;
    const resources = input.created.ofDeployer.get(index) ?? [];
    records.deployed.set(
      resource.id,
      resources.map(({ id }) => id),
    );
    const own = { found, resource, resources, input };
    const depends = dependencies[found.kind](resource);
    if (found.kind === 'Kustomization') records.kustomizations.push(kustomizationOf(own, depends, context));
    else records.helmReleases.push(releaseOf(own, depends, context));
  }
  for (const list of [records.kustomizations, records.helmReleases])
    list.sort((a, b) => compareText(a.id, b.id));
  return records;
}

function kustomizationOf(
  own: Own,
  dependsOn: Kustomization['dependsOn'],
  context: NotingContext,
): Kustomization {
  const { resource, resources, found } = own;
  const spec = objectAt(resource.rendered, 'spec');
  const [source] = found.deployment.sources;
  return {
    kind: 'Kustomization',
    ...common(own, objectAt(spec, 'sourceRef'), context),
    dependsOn,
    path: source?.local ? source.path : null,
    prune: spec.prune === true,
    wait: spec.wait === true,
    healthChecks: listAt(spec, 'healthChecks')
      .filter(isObject)
      .map((check) => `${textAt(check, 'kind') ?? ''}/${textAt(check, 'name') ?? ''}`),
    unknownVariables: found.deployment.unknownVariables ?? [],
    order: inStages(
      resources.filter((one) => unappliedBecause(one) === null),
      stageOf,
    ),
  };
}

function releaseOf(own: Own, dependsOn: HelmRelease['dependsOn'], context: NotingContext): HelmRelease {
  const { resource, resources, found } = own;
  const asked = chartOf(resource.rendered, resource.origin.file, { objects: own.input.objects });
  const chartRef = objectAt(resource.rendered, 'spec', 'chartRef');
  const reference = textAt(chartRef, 'name') === undefined ? objectAt(asked.template, 'sourceRef') : chartRef;
  const [source] = found.deployment.sources;
  return {
    kind: 'HelmRelease',
    ...common(own, reference, context),
    dependsOn,
    releaseName: releaseName(resource.rendered),
    chart: source?.chart ?? source?.path ?? null,
    version: source?.targetRevision ?? null,
    order: inStages(resources, (one) => phases.indexOf(hookOf(one.annotations).phases[0] ?? 'Sync')),
  };
}

function common({ found, resource, input }: Own, reference: JsonObject, context: NotingContext) {
  const spec = objectAt(resource.rendered, 'spec');
  const { kind, namespace, name } = sourceReference(reference, resource.namespace, resource.origin.file);
  const written = [kind, textAt(reference, 'namespace'), name].filter(
    (part) => part !== undefined && part !== '',
  );
  const { file, line, column, endLine, endColumn } = resource.origin;
  const origin = { file, line, column, endLine, endColumn };
  const unverified = [
    ...found.deployment.unverified,
    ...found.deployment.errors.map(({ error: why }) => ({
      kind: 'refused' as const,
      what: `source of ${resource.name}`,
      why,
      origin,
    })),
  ];
  context.unverified.push(...unverified);
  for (const { error, about, path } of found.deployment.errors)
    context.findings.push({
      type: 'build-failed',
      deployer: resource,
      error,
      about,
      place: {
        ...context.locate(resource, path),
        resource: resource.id,
        path: path.join('.'),
        via: resource.origin.via,
      },
    });
  const source = context.lookup.find('source.toolkit.fluxcd.io', kind, namespace, name);
  return {
    id: resource.id,
    name: resource.name,
    namespace: resource.namespace,
    sourceRef: name === '' ? null : written.join('/'),
    source: source?.id ?? null,
    sources: found.deployment.sources,
    sourceType: found.deployment.type,
    targetNamespace: textAt(spec, 'targetNamespace') || null,
    destination: {
      server: null,
      name: textAt(spec, 'kubeConfig', 'secretRef', 'name') ?? null,
      namespace: found.namespace,
    },
    suspend: spec.suspend === true,
    serviceAccount: textAt(spec, 'serviceAccountName') || null,
    stack:
      stackOfDeployer(found, input.stackPaths) ??
      resource.stack ??
      stackOf(resource.origin.file, input.stackPaths),
    unverified,
    origin: resource.origin,
  };
}

/** Ids of the stages that hold something, in their sequence. */
function inStages(resources: readonly Resource[], stage: (resource: Resource) => number): string[][] {
  const stages = Map.groupBy(resources, stage);
  return [...stages].sort(([a], [b]) => a - b).map(([, same]) => same.map(({ id }) => id).sort(compareText));
}

/** What others of one Kustomization may need comes first. Source: `fluxcd/pkg/ssa` ApplyAllStaged. */
function stageOf({ group, kind }: Resource): number {
  const isDefinition =
    kind === 'CustomResourceDefinition' ||
    (group === '' && kind === 'Namespace') ||
    (group === 'rbac.authorization.k8s.io' && kind === 'ClusterRole');
  return isDefinition ? 0 : kind.endsWith('Class') ? 1 : 2;
}

const phases = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

interface Own {
  found: FoundDeployer;
  resource: Resource;
  /** That it deploys. */
  resources: readonly Resource[];
  input: FluxInput;
}

export interface FluxInput {
  deployers: readonly FoundDeployer[];
  created: Created;
  stackPaths: readonly string[];
  objects: Parameters<typeof chartOf>[2]['objects'];
}

export interface FluxRecords {
  kustomizations: Kustomization[];
  helmReleases: HelmRelease[];
  /** Ids of what each deploys, by its own. */
  deployed: Map<string, string[]>;
}
