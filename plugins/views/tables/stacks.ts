import type { Model } from '../../model/index.ts';
import { code, list, nothing, reference, text } from '../cells.ts';
import { createLookup, nameOf } from '../row-lookup.ts';
import type { TableView, ViewRow } from '../types.ts';

/** The stacks of the reconciled layer. */
export const stacks: TableView = {
  name: 'stacks',
  title: 'Stacks',
  summary:
    'Every stack: its folder, the ApplicationSet that watches it, project, namespace and what deploys from it.',
  subject: 'stack',
  columns: [
    { name: 'name', label: 'Stack' },
    { name: 'path', label: 'Folder' },
    { name: 'set', label: 'ApplicationSet' },
    { name: 'project', label: 'Project' },
    { name: 'namespace', label: 'Namespace' },
    { name: 'applications', label: 'Applications' },
    { name: 'kustomizations', label: 'Kustomizations', hidden: true, hiddenIn: hasNoFlux },
    { name: 'helmReleases', label: 'HelmReleases', hidden: true, hiddenIn: hasNoFlux },
    { name: 'count', label: 'Count', align: 'right', hidden: true, says: 'how many applications' },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('stack').flatMap((subject): ViewRow[] => {
      const { record } = subject;
      const cells = {
        name: text(record.name),
        path: code(record.path),
        set:
          record.applicationSet === null
            ? nothing()
            : reference(nameOf(platform, record.applicationSet), record.applicationSet),
        project: lookup.projectCell(record.project),
        namespace: lookup.namespaceCell(record.namespace),
        applications: list(record.applications.map(lookup.applicationCell)),
        kustomizations: list(record.kustomizations.map(code)),
        helmReleases: list(record.helmReleases.map(code)),
        count: text(record.applications.length),
      };
      return [{ id: record.path, subject, cells, origin: subject.resource?.origin ?? null }];
    });
  },
};

function hasNoFlux({ kustomizations, helmReleases }: Model): boolean {
  return kustomizations.length + helmReleases.length === 0;
}
