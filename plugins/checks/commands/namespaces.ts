import { listAt, oncePer, textAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';

/**
 * Every namespace that the manifests speak of, with the resource that declares it where one does: Namespaces,
 * where resources and applications go, what projects permit by name, and where kustomizations and their
 * charts put things.
 */
export const namespacesOf = oncePer(({ model, sources }: Platform): Map<string, Resource | null> => {
  const found = new Map<string, Resource | null>();
  for (const resource of model.resources)
    if (resource.kind === 'Namespace' && resource.group === '') found.set(resource.name, resource);
  const spoken = [
    ...model.resources.map(({ namespace }) => namespace),
    ...model.applications.flatMap(({ namespace, destination }) => [namespace, destination.namespace]),
    ...model.projects.flatMap(({ destinations }) => destinations.map(({ namespace }) => namespace)),
    ...[...sources.files.values()]
      .filter(({ role }) => role === 'kustomization')
      .flatMap(({ documents }) => documents)
      .flatMap(({ value }) => [
        textAt(value, 'namespace'),
        ...listAt(value, 'helmCharts').map((chart) => textAt(chart, 'namespace')),
      ]),
  ];
  for (const name of spoken) if (name && isName(name) && !found.has(name)) found.set(name, null);
  return found;
});

/** A name that Kubernetes would accept; what is none (`POD_NAME`, `{}`) stands for another. */
export function isName(text: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9.:]*[a-z0-9])?$/.test(text);
}

/** A name that an author makes up for the reader to exchange. */
export function isStandIn(text: string): boolean {
  return /^(?:my|your|some)-|^new-(?:\w+-)*(?:app|application|cluster|component|env|environment|namespace|service|team|tenant)$|^(?:your|my)?(?:namespace|name|app|application|pod|node|cluster|release|service)(?:-?name|-?\d)?$|^(?:foo|bar|baz|x+|y+|z+|example.*|.*-example|.*-name|path-to.*)$/.test(
    text,
  );
}
