/** Argo CD: what projects permit and contain, sets generate and applications deploy. */
import { projectNamed } from '../argocd/projects/project-of.ts';
import type { BuildContext } from '../context.ts';
import type { Application, ApplicationSet, Project, Resource } from '../types.ts';
import type { Collector } from './collector.ts';

export function argoRelations(records: ArgoRecords, collector: Collector, context: BuildContext): void {
  const resource = (id: string): Resource | undefined => context.lookup.byId(id);
  for (const [project, namespaces] of records.permitted) {
    const own = resource(project.id);
    for (const { id, item } of namespaces) {
      if (own)
        collector.add(
          'permits',
          project.id,
          id,
          own,
          item === null ? ['spec', 'destinations'] : ['spec', 'destinations', item],
        );
    }
  }
  for (const set of records.applicationSets) {
    const own = resource(set.id);
    const project = own && set.project !== null && projectNamed(set.project, own, context).project;
    if (project)
      collector.both('belongs-to', 'contains', set.id, project.id, own, [
        'spec',
        'template',
        'spec',
        'project',
      ]);
  }
  for (const application of records.applications) {
    const own = resource(application.id);
    if (!own) continue;
    const { project } = projectNamed(application.project, own, context);
    if (project)
      collector.both('belongs-to', 'contains', application.id, project.id, own, ['spec', 'project']);
    const set = application.generatedBy === null ? undefined : resource(application.generatedBy);
    if (set) collector.add('generates', set.id, application.id, set, ['spec', 'template']);
    const namespace = application.destination.namespace;
    const target = namespace === null ? undefined : context.lookup.find('', 'Namespace', null, namespace);
    if (target)
      collector.add('deploys-to', application.id, target.id, own, ['spec', 'destination', 'namespace']);
    for (const id of records.deployed.get(application.id) ?? [])
      collector.add('deploys', application.id, id, own, ['spec']);
  }
}

export interface ArgoRecords {
  /** Namespaces that each project permits, with the index of the destination that does. */
  permitted: ReadonlyMap<Project, { id: string; item: number | null }[]>;
  applicationSets: readonly ApplicationSet[];
  applications: readonly Application[];
  /** Ids of what each Application deploys. */
  deployed: ReadonlyMap<string, string[]>;
}
