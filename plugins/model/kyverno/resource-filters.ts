/** What Kyverno leaves out before any policy is asked. Source: `resourceFilters` of its ConfigMap. */
import { at, listAt, textAt } from '../../base/index.ts';
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
  const homes = own?.namespace ? new Set([own.namespace]) : homesOf(lookup);
  return ({ kind, name, namespace, group }) => {
    const lies = kind === 'Namespace' && group === '' ? name : (namespace ?? '');
    if (homes.has(lies)) return true;
    return filters.some(([kinds = '', namespaces = '', names = '']) =>
      [
        [kinds.slice(kinds.lastIndexOf('/') + 1), kind],
        [namespaces, lies],
        [names, name],
      ].every(([pattern = '', value = '']) => pattern === '' || wildcard(pattern, value)),
    );
  };
}

/**
 * Where Kyverno's chart goes, which keeps its webhooks out of its own namespace unless told otherwise; its
 * usual one where nobody is seen to install it.
 */
function homesOf(lookup: ResourceIndex): ReadonlySet<string> {
  const installed = [
    ...lookup.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease').flatMap(({ rendered: { spec }, namespace }) => {
      const artifact = lookup
        .ofKind('source.toolkit.fluxcd.io', 'OCIRepository')
        .find(({ name }) => name === textAt(spec, 'chartRef', 'name'));
      const chart = textAt(spec, 'chart', 'spec', 'chart') ?? textAt(artifact?.rendered, 'spec', 'url');
      const home = textAt(spec, 'targetNamespace') ?? namespace;
      return chart?.split('/').at(-1) === 'kyverno' ? [{ home, values: at(spec, 'values') }] : [];
    }),
    ...lookup.ofKind('argoproj.io', 'Application').flatMap(({ rendered: { spec } }) => {
      const sources = [at(spec, 'source'), ...listAt(spec, 'sources')];
      const own = sources.find((one) => at(one, 'chart') === 'kyverno');
      const home = textAt(spec, 'destination', 'namespace');
      return own === undefined ? [] : [{ home, values: at(own, 'helm', 'valuesObject') }];
    }),
  ];
  if (installed.length === 0) return new Set(['kyverno']);
  return new Set(
    installed.flatMap(({ home, values }) =>
      home && at(values, 'config', 'excludeKyvernoNamespace') !== false ? [home] : [],
    ),
  );
}

const ofChart =
  '[Event,*,*] [*,kube-system,*] [*,kube-public,*] [*,kube-node-lease,*] [Node,*,*] [APIService,*,*] ' +
  '[TokenReview,*,*] [SubjectAccessReview,*,*] [SelfSubjectAccessReview,*,*] [Binding,*,*] [ReplicaSet,*,*]';
