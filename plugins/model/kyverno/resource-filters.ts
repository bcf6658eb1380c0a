/** What Kyverno leaves out before any policy is asked. Source: `resourceFilters` of its ConfigMap. */
import { textAt } from '../../base/index.ts';
import type { ResourceIndex } from '../resource-index.ts';
import type { Resource } from '../types.ts';
import { wildcard } from './wildcard.ts';

/**
 * Tells whether a resource is left out: by the ConfigMap of Kyverno where a manifest declares it, else by
 * what its chart writes there.
 */
export function createFilters(lookup: ResourceIndex): (resource: Resource) => boolean {
  const own = lookup
    .ofKind('', 'ConfigMap')
    .find((one) => one.name === 'kyverno' && textAt(one.rendered, 'data', 'resourceFilters') !== undefined);
  const written = textAt(own?.rendered, 'data', 'resourceFilters') ?? ofChart;
  const filters = [...written.matchAll(/\[([^\]]*)\]/g)].map(([, filter = '']) =>
    filter.split(',').map((part) => part.trim()),
  );
  const home = own?.namespace ?? 'kyverno';
  return ({ kind, name, namespace, group }) => {
    const lies = kind === 'Namespace' && group === '' ? name : (namespace ?? '');
    if (lies === home) return true;
    return filters.some(([kinds = '', namespaces = '', names = '']) =>
      [
        [kinds.slice(kinds.lastIndexOf('/') + 1), kind],
        [namespaces, lies],
        [names, name],
      ].every(([pattern = '', value = '']) => pattern === '' || wildcard(pattern, value)),
    );
  };
}

const ofChart =
  '[Event,*,*] [*,kube-system,*] [*,kube-public,*] [*,kube-node-lease,*] [Node,*,*] [APIService,*,*] ' +
  '[TokenReview,*,*] [SubjectAccessReview,*,*] [SelfSubjectAccessReview,*,*] [Binding,*,*] [ReplicaSet,*,*]';
