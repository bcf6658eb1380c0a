/** What Kyverno leaves out before any policy is asked. Source: `resourceFilters` of its ConfigMap. */
import { posix } from 'node:path';
import { at, type JsonValue, listAt, textAt } from '../../base/index.ts';
import type { SourceFile } from '../../source/index.ts';
import type { ResourceIndex } from '../resource-index.ts';
import type { Resource } from '../types.ts';
import { wildcard } from './wildcard.ts';

/**
 * Tells whether a resource is left out: by the ConfigMap of Kyverno where a manifest declares it, else by
 * what its chart writes there.
 */
export function createFilters(
  lookup: ResourceIndex,
  files: ReadonlyMap<string, SourceFile>,
): (resource: Resource) => boolean {
  const own = lookup
    .ofKind('', 'ConfigMap')
    .find((one) => one.name === 'kyverno' && textAt(one.rendered, 'data', 'resourceFilters') !== undefined);
  const written = textAt(own?.rendered, 'data', 'resourceFilters') ?? ofChart;
  const filters = [...written.matchAll(/\[([^\]]*)\]/g)].map(([, filter = '']) =>
    filter.split(',').map((part) => part.trim()),
  );
  const homes = own?.namespace ? new Set([own.namespace]) : homesOf(lookup, files);
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
function homesOf(lookup: ResourceIndex, files: ReadonlyMap<string, SourceFile>): ReadonlySet<string> {
  const installed: Installed[] = [
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
    ...[...files.values()].flatMap((file) => (file.role === 'kustomization' ? inflatedIn(file, lookup) : [])),
  ];
  if (installed.length === 0) return new Set([usual]);
  return new Set(
    installed.flatMap(({ home, values }) =>
      home && at(values, 'config', 'excludeKyvernoNamespace') !== false ? [home] : [],
    ),
  );
}

/** Where a kustomization inflates Kyverno's chart to: what it says of all objects comes before the entry. */
function inflatedIn({ path, documents: [document] }: SourceFile, lookup: ResourceIndex): Installed[] {
  const entries = listAt(document?.value, 'helmCharts').filter((one) => textAt(one, 'name') === 'kyverno');
  return entries.map((entry) => ({
    home:
      textAt(document?.value, 'namespace') ||
      textAt(entry, 'namespace') ||
      targetOf(posix.dirname(path), lookup) ||
      usual,
    values: at(entry, 'valuesInline'),
  }));
}

/** The namespace that somebody deploys a folder to. */
function targetOf(folder: string, lookup: ResourceIndex): string | undefined {
  const isIt = (path: string | undefined): boolean =>
    path !== undefined && posix.join('.', path).replace(/(.)\/$/, '$1') === folder;
  const application = lookup
    .ofKind('argoproj.io', 'Application')
    .find(({ rendered: { spec } }) =>
      [at(spec, 'source'), ...listAt(spec, 'sources')].some((one) => isIt(textAt(one, 'path'))),
    );
  const kustomization = lookup
    .ofKind('kustomize.toolkit.fluxcd.io', 'Kustomization')
    .find(({ rendered }) => isIt(textAt(rendered, 'spec', 'path')));
  return (
    textAt(application?.rendered, 'spec', 'destination', 'namespace') ??
    textAt(kustomization?.rendered, 'spec', 'targetNamespace')
  );
}

const usual = 'kyverno';
const ofChart =
  '[Event,*,*] [*,kube-system,*] [*,kube-public,*] [*,kube-node-lease,*] [Node,*,*] [APIService,*,*] ' +
  '[TokenReview,*,*] [SubjectAccessReview,*,*] [SelfSubjectAccessReview,*,*] [Binding,*,*] [ReplicaSet,*,*]';

interface Installed {
  home: string | null | undefined;
  values: JsonValue | undefined;
}
