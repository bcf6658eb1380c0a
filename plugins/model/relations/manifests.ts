/** What a manifest says by itself: its namespace, the objects that it names, the templates that it calls. */
import type { BuildContext } from '../context.ts';
import type { Resource } from '../types.ts';
import { workflowUse } from '../workflows/references.ts';
import type { Collector } from './collector.ts';
import { namedReferences } from './object-references.ts';

export function manifestRelations(resource: Resource, collector: Collector, context: BuildContext): void {
  if (resource.namespace !== null) {
    const namespace = context.lookup.find('', 'Namespace', null, resource.namespace);
    if (namespace) collector.add('lives-in', resource.id, namespace.id, resource, ['metadata', 'namespace']);
  }
  for (const reference of namedReferences(resource)) {
    const found = context.lookup.find('', reference.kind, reference.namespace, reference.name);
    if (!found) continue;
    if (reference.kind === 'ServiceAccount')
      collector.add('runs-as', resource.id, found.id, resource, reference.path);
    else collector.both('consumes', 'provides-to', resource.id, found.id, resource, reference.path);
  }
  if (resource.group === 'argoproj.io' && /Workflow/.test(resource.kind)) {
    const found = (kind: string, namespace: string | null, name: string) =>
      context.lookup.find('argoproj.io', kind, namespace, name);
    const use = workflowUse(
      resource.rendered,
      resource.namespace,
      (kind, namespace, name) => found(kind, namespace, name)?.rendered,
    );
    for (const { kind, namespace, name, path } of use.references) {
      const template = found(kind, namespace, name);
      if (template) collector.add('calls', resource.id, template.id, resource, path);
    }
  }
}
