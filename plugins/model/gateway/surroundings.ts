/** The model's resources as what the semantics of routes read. */
import { once } from '../../base/index.ts';
import { holdsPlaceholder } from '../../source/index.ts';
import { managedNamespaces } from '../argocd/sync/managed-namespaces.ts';
import type { ResourceIndex } from '../resource-index.ts';
import type { Resource } from '../types.ts';
import { type NetworkObject, placeName, type Surroundings } from './objects.ts';

/** `unread` says what could bring, or change, what is not known; without it anything could. */
export function surroundingsOf(
  lookup: Pick<ResourceIndex, 'ofKind' | 'find'>,
  unread: Unread = anything,
): Surroundings<Resource> {
  const counts = new Map<string, Map<string, number>>();
  const labelled = new Map<string, ReturnType<Surroundings['labelsOf']>>();
  const named = once(() => Map.groupBy(lookup.ofKind('', 'Namespace'), ({ name }) => name));
  const managed = once(() => managedNamespaces(lookup));
  const labelsOf: Surroundings['labelsOf'] = (namespace) => {
    const [first, ...others] = named().get(namespace) ?? [];
    const { labels, isWhole } = managed().labelsOf(namespace, first?.labels);
    if (first === undefined)
      return { labels, why: `no manifest says which labels namespace \`${namespace}\` has` };
    const several = others.length > 0 ? `there are several Namespaces \`${namespace}\`` : null;
    const contested = isWhole ? null : `Applications label namespace \`${namespace}\` otherwise`;
    return { labels, why: several ?? contested ?? unread.moreLabels(first) };
  };
  return {
    ofKind: lookup.ofKind,
    find: lookup.find,
    mayBe(group, kind, namespace, name) {
      const text = [namespace ?? '', name ?? ''].find(holdsPlaceholder);
      if (text !== undefined) return `what fills in \`${text}\` is not known`;
      if (namespace === null && kind !== 'IngressClass' && kind !== 'GatewayClass')
        return 'the namespace that whoever applies it chooses is not known';
      return unread.mayHold(group, kind, namespace, name);
    },
    labelsOf(namespace) {
      const known = labelled.get(namespace) ?? labelsOf(namespace);
      labelled.set(namespace, known);
      return known;
    },
    mayDiffer(object) {
      const known = counts.get(`${object.group}/${object.kind}`) ?? countsOf(object, lookup);
      counts.set(`${object.group}/${object.kind}`, known);
      const name = placeName(object.namespace, object.name);
      if ((known.get(name) ?? 0) > 1) return `there are several of ${object.kind} \`${name}\``;
      return unread.mayChange(object as Resource);
    },
    createdAt: () => undefined,
  };
}

function countsOf(
  { group, kind }: NetworkObject,
  { ofKind }: Pick<ResourceIndex, 'ofKind'>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of ofKind(group, kind)) {
    const name = placeName(one.namespace, one.name);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const anything: Unread = {
  mayHold: () => 'something that is not read may declare it',
  mayChange: () => 'something that is not read may change it',
  moreLabels: () => 'something that is not read may add labels',
};

/** Each says why, or null where that surely is not so. */
export interface Unread {
  mayHold(group: string, kind: string, namespace: string | null, name: string | undefined): string | null;
  mayChange(resource: Resource): string | null;
  moreLabels(namespace: Resource): string | null;
}
