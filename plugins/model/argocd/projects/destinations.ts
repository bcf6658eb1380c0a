/**
 * Where a project lets its applications deploy. Source: `AppProject.IsDestinationPermitted`,
 * `argo.GetDestinationCluster`.
 */
import { isDeny, matchWithDeny } from './gobwas-glob.ts';

export const inClusterServer = 'https://kubernetes.default.svc';
export const inClusterName = 'in-cluster';

/**
 * True where some item matches and no item denies. `cluster` is the resolved one; a half that is not known is
 * ''. Servers are compared as written: no case folding, no URL normalisation.
 */
export function isDestinationPermitted(
  destinations: readonly Destination[],
  cluster: Cluster,
  namespace: string,
  scope?: { permitOnlyProjectScopedClusters: boolean; projectClusters: readonly Cluster[] },
): boolean {
  if (scope?.permitOnlyProjectScopedClusters) {
    const own = scope.projectClusters.some(
      (known) =>
        (known.name !== '' && known.name === cluster.name) ||
        (known.server !== '' && known.server === cluster.server),
    );
    if (!own) return false;
  }
  let permitted = false;
  for (const item of destinations) {
    const server = item.server ?? '';
    const name = item.name ?? '';
    const serverOk = cluster.server !== '' && matchWithDeny(server, cluster.server);
    const nameOk = cluster.name !== '' && matchWithDeny(name, cluster.name);
    const namespaceOk = matchWithDeny(item.namespace ?? '', namespace);
    if ((serverOk || nameOk) && namespaceOk) permitted = true;
    else if (!nameOk && isDeny(name)) return false;
    else if (!serverOk && isDeny(server) && namespaceOk) return false;
    else if (!namespaceOk && isDeny(item.namespace ?? '') && serverOk) return false;
  }
  return permitted;
}

/**
 * `isDestinationPermitted` of a cluster of which only one half is known: `unknown` is some text, never ''. So
 * a server `*` fits whatever it is, and an item that does not speak of it does not fit. Null where the half
 * that is not known decides.
 */
export function permitsDestination(
  destinations: readonly Destination[],
  { cluster, unknown }: SeenCluster,
  namespace: string,
): boolean | null {
  if (unknown === null) return isDestinationPermitted(destinations, cluster, namespace);
  let permitted: boolean | null = false;
  let isDenied: false | null = false;
  for (const item of destinations) {
    const server = item.server ?? '';
    const name = item.name ?? '';
    const serverOk = fits(server, unknown === 'server' ? null : cluster.server);
    const nameOk = fits(name, unknown === 'name' ? null : cluster.name);
    const namespaceOk = matchWithDeny(item.namespace ?? '', namespace);
    const clusterOk = serverOk || nameOk || (serverOk === null || nameOk === null ? null : false);
    if (clusterOk && namespaceOk) {
      permitted = true;
      continue;
    }
    const denials = [
      isDeny(name) && not(nameOk),
      isDeny(server) && namespaceOk && not(serverOk),
      isDeny(item.namespace ?? '') && !namespaceOk && serverOk,
    ];
    const isMatch = namespaceOk ? clusterOk : false;
    if (isMatch === false && denials.includes(true)) return false;
    if (denials.some((denial) => denial !== false)) isDenied = null;
    if (isMatch === null && permitted === false) permitted = null;
  }
  return permitted === true ? isDenied === false || null : permitted;
}

/** Whether a pattern fits a half of a cluster, which is null where it is not known. */
function fits(pattern: string, half: string | null): boolean | null {
  if (half !== null) return half !== '' && matchWithDeny(pattern, half);
  if (pattern === '*' || pattern === '**') return true;
  return pattern === '' ? false : null;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

/** The cluster that `spec.destination` means among those that are known, or Argo CD's error. */
export function resolveDestination(
  destination: Destination,
  clusters: readonly Cluster[],
  inClusterEnabled = true,
): ResolvedDestination {
  const name = destination.name ?? '';
  const server = (destination.server ?? '').replace(/\/+$/, '');
  if (name !== '' && server !== '') {
    return {
      ok: false,
      error: `application destination can't have both name and server defined: ${name} ${server}`,
      is: 'not-one',
    };
  }
  if (name === '' && server === '')
    return { ok: false, error: 'Destination server missing from app spec', is: 'not-one' };
  const known =
    inClusterEnabled && !clusters.some((cluster) => cluster.server === inClusterServer)
      ? [...clusters, { server: inClusterServer, name: inClusterName }]
      : clusters;
  if (server !== '') {
    const found = known.find((cluster) => cluster.server === server);
    if (found) return { ok: true, cluster: found };
    if (server === inClusterServer)
      return { ok: false, error: `cluster ${server} is disabled`, is: 'disabled' };
    return { ok: false, error: `cluster ${server} is not configured`, is: 'unknown' };
  }
  const found = known.filter((cluster) => cluster.name === name);
  const [only] = found;
  if (found.length === 1 && only) return { ok: true, cluster: only };
  if (found.length > 1) {
    return {
      ok: false,
      error: `there are ${found.length} clusters with the same name: ${name}`,
      is: 'ambiguous',
    };
  }
  return { ok: false, error: `there are no clusters with this name: ${name}`, is: 'unknown' };
}

export interface Destination {
  server?: string | null | undefined;
  name?: string | null | undefined;
  namespace?: string | null | undefined;
}
/** '' where a half is not known. */
export interface Cluster {
  server: string;
  name: string;
}
/** A cluster as far as a destination and the clusters that are known tell of it. */
export interface SeenCluster {
  cluster: Cluster;
  /** The half that nobody here says; Argo CD would know it. */
  unknown: 'server' | 'name' | null;
}
export type ResolvedDestination =
  | { ok: true; cluster: Cluster }
  | { ok: false; error: string; is: DestinationFault };
export type DestinationFault =
  | 'not-one' // neither a server nor a name, or both
  | 'disabled'
  | 'ambiguous'
  | 'unknown'; // the only one that a cluster Secret could mend
