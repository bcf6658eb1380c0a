/** What the rules of External Secrets look up, and how much of it is known. */
import { addTo } from '../../base/index.ts';
import type { ManagedNamespaces } from '../argocd/sync/managed-namespaces.ts';
import type { Resource } from '../types.ts';

/**
 * The manifests of a cluster, by their kinds. A Secret is to be among them only where a manifest writes it:
 * those that controllers make are found by who makes them.
 */
export function objectsOf(
  ofKind: Objects['ofKind'],
  known: Pick<Objects, 'hidden' | 'closed' | 'labelled' | 'managed'>,
): Objects {
  const kinds = new Map<string, Map<string, Manifest[]>>();
  const byName = (group: string, kind: string): Map<string, Manifest[]> => {
    const key = `${group}/${kind}`;
    const before = kinds.get(key);
    if (before !== undefined) return before;
    const names = new Map<string, Manifest[]>();
    for (const one of ofKind(group, kind)) addTo(names, placeKey(one), one);
    kinds.set(key, names);
    return names;
  };
  const all: Objects['all'] = (group, kind, namespace, name) =>
    byName(group, kind).get(placeKey({ namespace, name })) ?? [];
  return { ...known, ofKind, all, find: (...identity) => all(...identity)[0] };
}

export const placeKey = ({ namespace, name }: SecretName): string => `${namespace ?? ''}/${name}`;

export interface Objects {
  /** The first of that name. */
  find(group: string, kind: string, namespace: string | null, name: string): Manifest | undefined;
  /** Several where the manifests are of more than one cluster. */
  all(group: string, kind: string, namespace: string | null, name: string): readonly Manifest[];
  ofKind(group: string, kind: string): readonly Manifest[];
  /** Values of Secrets are not to be read: an empty text does not say that nothing stands there. */
  hidden: boolean;
  /** True where nothing else is in the cluster, so that what is not found is not there. */
  closed: boolean;
  /** Namespaces that Argo CD makes or labels. */
  managed: ManagedNamespaces;
  /** True where something else may put labels on a Namespace. */
  labelled(namespace: string): boolean;
}

export type Manifest = Pick<
  Resource,
  'id' | 'group' | 'version' | 'kind' | 'namespace' | 'name' | 'labels' | 'annotations' | 'rendered'
>;

/** A Secret, by where it is. */
export interface SecretName {
  namespace: string | null;
  name: string;
}

export const storeGroup = 'external-secrets.io';
export const generatorGroup = 'generators.external-secrets.io';
