/** AppProjects as records, and their lists as rules read them. */
import {
  compareText,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  textsAt,
  whileSame,
} from '../../../base/index.ts';
import type { BuildContext } from '../../context.ts';
import type { Project, ProjectRole, Resource } from '../../types.ts';
import { syncWindowsOf } from '../sync/sync-windows.ts';
import type { KindItem } from './cluster-kinds.ts';
import {
  type Cluster,
  type Destination,
  inClusterName,
  inClusterServer,
  isDestinationPermitted,
} from './destinations.ts';
import { destinationsOf, kindListsOf, sourceReposOf } from './project-lists.ts';

export function buildProjects(context: BuildContext): Project[] {
  return context.lookup
    .ofKind('argoproj.io', 'AppProject')
    .map((project) => projectOf(project, context))
    .sort((a, b) => compareText(a.id, b.id));
}

function projectOf(resource: Resource, context: BuildContext): Project {
  const spec = objectAt(resource.rendered, 'spec');
  const lists = kindListsOf(spec);
  return {
    id: resource.id,
    name: resource.name,
    description: textAt(spec, 'description') ?? '',
    sourceRepos: sourceReposOf(spec),
    destinations: destinationsOf(spec).map(({ server, name, namespace }) => ({
      server: server ?? null,
      name: name ?? null,
      namespace: namespace ?? null,
    })),
    clusterResourceWhitelist: texts(lists.clusterResourceWhitelist),
    clusterResourceBlacklist: texts(lists.clusterResourceBlacklist),
    namespaceResourceWhitelist: texts(lists.namespaceResourceWhitelist),
    namespaceResourceBlacklist: texts(lists.namespaceResourceBlacklist),
    sourceNamespaces: textsAt(spec, 'sourceNamespaces'),
    globalProjects: context.rulesOf(resource).globalProjects,
    roles: rolesOf(spec),
    syncWindows: syncWindowsOf(spec).map((window) => ({ ...window, matches: [] })),
    applications: [],
    origin: resource.origin,
  };
}

/** Without the tokens that somebody made for them: those are no part of what a manifest declares. */
function rolesOf(spec: JsonObject): ProjectRole[] {
  const texts = (role: JsonObject, key: string) => textsAt(role, key);
  return listAt(spec, 'roles')
    .filter(isObject)
    .map((role) => ({
      name: textAt(role, 'name') ?? '',
      description: textAt(role, 'description') ?? '',
      policies: texts(role, 'policies'),
      groups: texts(role, 'groups'),
    }));
}

/** `group/Kind`, of the core group `Kind`; an item that names single objects has them in brackets. */
function texts(items: KindItem[] | null): string[] | null {
  if (items === null) return null;
  return items.map(
    ({ group, kind, name }) =>
      `${group === '' ? kind : `${group}/${kind}`}${name === null ? '' : ` (${name})`}`,
  );
}

/**
 * Namespaces of the repository that a project permits on this cluster, or on one that its destinations name
 * outright, with the index of the destination that lets them in.
 */
export function permittedNamespaces(
  project: Resource,
  namespaces: readonly Resource[],
  context: BuildContext,
): { id: string; item: number | null }[] {
  const own = destinationsOf(objectAt(project.rendered, 'spec'));
  const destinations = destinationsOf(context.rulesOf(project).spec);
  const named = destinations.map(({ server, name }): Cluster => ({ server: server ?? '', name: name ?? '' }));
  const clusters = [{ server: inClusterServer, name: inClusterName }, ...named.filter(isPlain)];
  const lists = JSON.stringify([own, destinations]);
  return knownNamespaces(project, [lists, ...namespaces], () =>
    permittedIn(namespaces, clusters, { own, destinations }),
  );
}

const knownNamespaces = whileSame<Resource, { id: string; item: number | null }[]>();

function permittedIn(
  namespaces: readonly Resource[],
  clusters: readonly Cluster[],
  { own, destinations }: Record<'own' | 'destinations', readonly Destination[]>,
): { id: string; item: number | null }[] {
  return namespaces.flatMap((namespace) => {
    const cluster = clusters.find((one) => isDestinationPermitted(destinations, one, namespace.name));
    if (!cluster) return [];
    const item = own.findIndex((one) => isDestinationPermitted([one], cluster, namespace.name));
    return [{ id: namespace.id, item: item < 0 ? null : item }];
  });
}

function isPlain(cluster: Cluster): boolean {
  return !/[*?[{!]/.test(cluster.server + cluster.name);
}
