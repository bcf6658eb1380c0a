/** AppProjects as records, and their lists as rules read them. */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../source/index.ts';
import type { BuildContext } from '../context.ts';
import { bytewise } from '../identity.ts';
import type { Project, Resource } from '../types.ts';
import {
  type Cluster,
  type Destination,
  inClusterName,
  inClusterServer,
  isDestinationPermitted,
} from './destinations.ts';
import type { KindItem, KindLists } from './kinds.ts';

export function buildProjects(context: BuildContext): Project[] {
  return context.lookup
    .ofKind('argoproj.io', 'AppProject')
    .map(projectOf)
    .sort((a, b) => bytewise(a.id, b.id));
}

function projectOf(resource: Resource): Project {
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
    applications: [],
    origin: resource.origin,
  };
}

export function sourceReposOf(spec: JsonObject): string[] {
  return listAt(spec, 'sourceRepos').filter((repo) => typeof repo === 'string');
}

export function destinationsOf(spec: JsonObject): Destination[] {
  return listAt(spec, 'destinations').map((item) => ({
    server: textAt(item, 'server'),
    name: textAt(item, 'name'),
    namespace: textAt(item, 'namespace'),
  }));
}

export function kindListsOf(spec: JsonObject): KindLists {
  const list = (key: string): KindItem[] | null =>
    Array.isArray(spec[key])
      ? spec[key].filter(isObject).map((item) => ({
          group: textAt(item, 'group') ?? '',
          kind: textAt(item, 'kind') ?? '',
          name: textAt(item, 'name') ?? null,
        }))
      : null;
  return {
    clusterResourceWhitelist: list('clusterResourceWhitelist'),
    clusterResourceBlacklist: list('clusterResourceBlacklist'),
    namespaceResourceWhitelist: list('namespaceResourceWhitelist'),
    namespaceResourceBlacklist: list('namespaceResourceBlacklist'),
  };
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
 * Namespaces of the repository that a project permits on this cluster, or on one that its destinations name outright,
 * with the index of the destination that lets them in.
 */
export function permittedNamespaces(
  project: Resource,
  namespaces: readonly Resource[],
): { id: string; item: number | null }[] {
  const destinations = destinationsOf(objectAt(project.rendered, 'spec'));
  const named = destinations.map(({ server, name }): Cluster => ({ server: server ?? '', name: name ?? '' }));
  const clusters = [{ server: inClusterServer, name: inClusterName }, ...named.filter(isPlain)];
  return namespaces.flatMap((namespace) => {
    const cluster = clusters.find((one) => isDestinationPermitted(destinations, one, namespace.name));
    if (!cluster) return [];
    const item = destinations.findIndex((one) => isDestinationPermitted([one], cluster, namespace.name));
    return [{ id: namespace.id, item: item < 0 ? null : item }];
  });
}

function isPlain(cluster: Cluster): boolean {
  return !/[*?[{!]/.test(cluster.server + cluster.name);
}
