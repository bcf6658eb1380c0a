/** What policies may ask a cluster for, as the manifests tell it. */
import { type JsonObject, objectAt } from '../../base/index.ts';
import { type KnownLabels, managedNamespaces } from '../argocd/sync/managed-namespaces.ts';
import type { ResourceIndex } from '../resource-index.ts';
import type { Resource } from '../types.ts';
import type { Environment } from './evaluate/types.ts';

/**
 * The environments of the clusters of one model, each made once. What nothing is seen to deploy may be of any
 * of them.
 * @param clusterOf the cluster that a resource goes to.
 */
export function environmentsOf(
  { lookup }: { lookup: Pick<ResourceIndex, 'ofKind' | 'find'> },
  clusterOf: ClusterOf,
): EnvironmentOf {
  const known = new Map<string, Environment>();
  return (resource) => {
    const cluster = clusterOf(resource);
    const before = known.get(cluster);
    if (before) return before;
    const isIn = (one: Resource) => one.deployer === null || clusterOf(one) === cluster;
    const inside = (group: string, kind: string) => lookup.ofKind(group, kind).filter(isIn);
    const managed = managedNamespaces(lookup, (one) => one === cluster);
    // Of two of a name the one that surely goes there counts.
    const namespaces = new Map(
      inside('', 'Namespace')
        .toSorted((a, b) => Number(a.deployer !== null) - Number(b.deployer !== null))
        .map(({ name, rendered, labels }) => [name, labelled(rendered, managed.labelsOf(name, labels))]),
    );
    const made: Environment = {
      namespaceObject: (name) => namespaces.get(name),
      labelsGiven: (name) => managed.labelsOf(name).labels,
      find(group, kind, namespace, name) {
        if (kind === 'Secret') return undefined;
        const first = lookup.find(group, kind, namespace, name);
        if (first === undefined || isIn(first)) return first?.rendered;
        return inside(group, kind).find((one) => one.namespace === namespace && one.name === name)?.rendered;
      },
      ofKind: (group, kind) => inside(group, kind).map(({ rendered }) => rendered),
    };
    known.set(cluster, made);
    return made;
  };
}

/** With what Argo CD adds; what it is said to be otherwise stays as it is written. */
function labelled(rendered: JsonObject, { labels }: KnownLabels): JsonObject {
  const metadata = objectAt(rendered, 'metadata');
  const all = { ...labels, ...objectAt(metadata, 'labels') };
  return Object.keys(labels).every((key) => Object.hasOwn(objectAt(metadata, 'labels'), key))
    ? rendered
    : { ...rendered, metadata: { ...metadata, labels: all } };
}

export type ClusterOf = (resource: Resource) => string;
/** Of the cluster that a resource goes to. */
export type EnvironmentOf = (resource: Resource) => Environment;
