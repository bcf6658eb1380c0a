import { listAt, objectAt, textAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { KindOf } from './kind-names.ts';
import { isBuiltIn } from './namespaces.ts';

/**
 * Why a resource may exist that the model does not hold; null where nothing could have made it. Asked only of names that were not
 * found, so that a missing one is called wrong where all that could bring it has been read.
 */
export function whyUnseen(
  platform: Platform,
  kinds: readonly KindOf[],
  namespace: string | null,
  name: string,
): string | null {
  const { model } = platform;
  const own = model.resources.filter((resource) => kinds.some((kind) => isOfKind(resource, kind)));
  if (namespace !== null && isBuiltIn(namespace) && !kinds.every(isOwn))
    return `a cluster has things of its own in namespace ${namespace}`;
  if (namespace !== null && !kinds.every(isOwn) && isOfArgoCd(platform, namespace, name))
    return 'the installation of Argo CD itself is not in this repository';
  if (own.length === 0) return `no ${kinds[0]?.kind} is in the repository to compare with`;
  const policy = model.policies.find(({ rules }) =>
    rules.some(({ type, target }) => type === 'generate' && kinds.some(({ kind }) => target?.includes(kind))),
  );
  if (policy) return `policy ${policy.name} generates resources of this kind`;
  const owner = model.resources.find(
    (resource) =>
      makesOthers(resource) &&
      (namespace === null || resource.namespace === namespace) &&
      resource.name.length > 2 &&
      name.includes(resource.name) &&
      !kinds.some((kind) => isOfKind(resource, kind)),
  );
  if (owner) return `the controller of ${owner.kind}/${owner.name} may make it`;
  if (kinds.some(({ kind }) => kind === 'Secret') && isCertified(model.resources, namespace, name))
    return 'a Certificate writes it';
  return unreadIn(platform, kinds, namespace, name);
}

/**
 * True for what Argo CD's own installation may have brought into its namespace: anything, where nobody here fills that; else things of its
 * name, where no workload of that name has been read.
 */
function isOfArgoCd({ model }: Platform, namespace: string, name: string): boolean {
  if (!controllerNamespaces({ model }).has(namespace)) return false;
  const inside = model.resources.filter((one) => one.namespace === namespace);
  const isFilled =
    model.resources.some((one) => one.kind === 'Namespace' && one.group === '' && one.name === namespace) ||
    model.applications.some(
      ({ destination, unverified }) => destination.namespace === namespace && unverified.length === 0,
    );
  if (!isFilled) return true;
  return argoCdName.test(name) && !inside.some((one) => one.group === 'apps' && argoCdName.test(one.name));
}

/** Where Argo CD runs: where its Applications and projects live; `argocd` by default. */
export function controllerNamespaces({ model }: Pick<Platform, 'model'>): Set<string> {
  const lives = model.resources.filter(({ group, kind }) => group === 'argoproj.io' && kind === 'AppProject');
  return new Set(['argocd', ...lives.flatMap(({ namespace }) => namespace ?? [])]);
}

/** What was not rendered, and could bring something of these kinds and this name into the namespace; null where nothing could. */
export function unreadIn(
  platform: Platform,
  kinds: readonly KindOf[],
  namespace: string | null,
  name: string,
): string | null {
  const { model, rendered } = platform;
  const failed = rendered.diagnostics.find(({ rule }) => rule === 'render-failed');
  if (failed) return `a build failed: ${failed.message}`;
  const set = model.applicationSets.find(({ unverified }) => unverified !== null);
  if (set) return `the generators of ApplicationSet ${set.name} were not expanded`;
  const isDeclared = model.resources.some(
    (resource) => resource.name === name && kinds.some((kind) => isOfKind(resource, kind)),
  );
  const mayBeInValues = !isDeclared && isInValues(platform, name);
  for (const one of model.unverified) {
    const { what, origin } = one;
    // A public chart brings no platform's Applications, Sensors or ExternalSecrets, unless the values that it is given say so.
    if (isPublicChart(one) && kinds.every(isOwn) && !mayBeInValues) continue;
    const targets = origin === null ? [] : targetsOf(platform, what, origin);
    if (namespace === null || targets.length === 0 || targets.includes(namespace))
      return `${what} could not be looked into`;
  }
  return null;
}

/** The namespaces that something unread is put into; none where nobody says. */
function targetsOf(platform: Platform, what: string, origin: { file: string; line: number }): string[] {
  const file = platform.sources.files.get(origin.file);
  const kustomized = (file?.role === 'kustomization' ? file.documents : []).flatMap(({ value }) => [
    textAt(value, 'namespace'),
    ...listAt(value, 'helmCharts').map((chart) => textAt(chart, 'namespace')),
  ]);
  const deployed = platform.model.applications
    .filter(({ unverified }) =>
      unverified.some((one) => one.what === what && one.origin?.file === origin.file),
    )
    .map(({ destination }) => destination.namespace);
  return [...kustomized, ...deployed].filter((one): one is string => typeof one === 'string');
}

/** True where values of a chart hold the name: in a file, a kustomization, or an Application. */
function isInValues(platform: Platform, name: string): boolean {
  const { sources, model } = platform;
  const isIn = (value: unknown) => JSON.stringify(value ?? null).includes(name);
  return (
    [...sources.files.values()].some(
      ({ role, text, documents }) =>
        (role === 'values' && text.includes(name)) ||
        (role === 'kustomization' && documents.some(({ value }) => isIn(value.helmCharts))),
    ) ||
    model.applications.some(({ id }) => {
      const spec = objectAt(platform.resource(id)?.rendered, 'spec');
      return [spec.source, ...listAt(spec, 'sources')].some((source) => isIn(objectAt(source, 'helm')));
    })
  );
}

function isCertified(resources: readonly Resource[], namespace: string | null, name: string): boolean {
  return resources.some(
    (resource) =>
      resource.kind === 'Certificate' &&
      (namespace === null || resource.namespace === namespace) &&
      textAt(resource.rendered, 'spec', 'secretName') === name,
  );
}

/** Custom resources have controllers, which make workloads under names made of theirs; of these it is known that they do not. */
function makesOthers({ group, kind }: Resource): boolean {
  return /\./.test(group) && !/(?:^|\.)k8s\.io$/.test(group) && !quiet.has(kind);
}

/** True for a chart that brings no kinds of `isOwn`. */
export function isPublicChart(one: Unverified): boolean {
  return one.kind === 'chart' && !['argocd-apps', 'kyverno-policies'].includes(one.chart.name ?? '');
}

/** True for kinds that a platform's own repository declares and public charts do not. */
function isOwn({ group }: KindOf): boolean {
  return group === 'argoproj.io' || group === 'external-secrets.io' || group === 'kyverno.io';
}

export function isOfKind(resource: Resource, { group, kind }: KindOf): boolean {
  return resource.kind === kind && resource.group === group;
}

const argoCdName = /^argo-?cd-/;

const quiet = new Set(
  `Application AppProject ApplicationSet WorkflowTemplate ClusterWorkflowTemplate ExternalSecret SecretStore ClusterSecretStore
  ClusterPolicy Policy PolicyException HTTPRoute GRPCRoute ReferenceGrant ServiceMonitor PodMonitor PrometheusRule Certificate
  Issuer ClusterIssuer CiliumNetworkPolicy CiliumClusterwideNetworkPolicy ServiceLevelObjective`.split(/\s+/),
);
