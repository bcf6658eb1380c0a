import { textAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../types.ts';
import { mayHold, unreadWords } from './unseen.ts';

/**
 * Why a resource may exist that the model does not hold; null where nothing could have made it. Asked only of
 * names that were not found, so that a missing one is called wrong where all that could bring it has been
 * read.
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
 * True for what Argo CD's own installation may have brought into its namespace: anything, where nobody here
 * fills that; else things of its name, where no workload of that name has been read.
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

/**
 * What was not rendered, and could bring something of these kinds and this name into the namespace; null
 * where nothing could.
 */
export function unreadIn(
  platform: Platform,
  kinds: readonly KindOf[],
  namespace: string | null,
  name: string,
): string | null {
  const [part] = mayHold(platform, kinds, namespace, name);
  return part === undefined ? null : unreadWords(part);
}

function isCertified(resources: readonly Resource[], namespace: string | null, name: string): boolean {
  return resources.some(
    (resource) =>
      resource.kind === 'Certificate' &&
      (namespace === null || resource.namespace === namespace) &&
      textAt(resource.rendered, 'spec', 'secretName') === name,
  );
}

/**
 * Custom resources have controllers, which make workloads under names made of theirs; of these it is known
 * that they do not.
 */
function makesOthers({ group, kind }: Resource): boolean {
  return /\./.test(group) && !/(?:^|\.)k8s\.io$/.test(group) && !quiet.has(kind);
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
  Issuer ClusterIssuer CiliumNetworkPolicy CiliumClusterwideNetworkPolicy ServiceLevelObjective
  IngressRoute IngressRouteTCP IngressRouteUDP Middleware MiddlewareTCP TLSOption TLSStore ServersTransport TraefikService
  VirtualService DestinationRule ServiceEntry Sidecar PeerAuthentication RequestAuthentication AuthorizationPolicy EnvoyFilter
  BackendTrafficPolicy ClientTrafficPolicy SecurityPolicy HTTPRouteFilter Probe ScrapeConfig AlertmanagerConfig MetricTemplate
  VMServiceScrape VMPodScrape VMProbe VMRule GrafanaDashboard GrafanaDatasource GrafanaFolder GrafanaAlertRuleGroup
  IPAddressPool L2Advertisement BGPAdvertisement BGPPeer CiliumLoadBalancerIPPool CiliumL2AnnouncementPolicy PushSecret
  GitRepository HelmRepository OCIRepository Bucket ImageRepository ImagePolicy`.split(/\s+/),
);

/** Namespaces that a cluster has of itself, with things in them that no manifest declares. */
export function isBuiltIn(namespace: string): boolean {
  return /^(?:default|(?:kube|openshift)(?:-.*)?)$/.test(namespace);
}

interface KindOf {
  group: string;
  kind: string;
}
