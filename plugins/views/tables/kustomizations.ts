import { code, list, reference, text, yes } from '../cells.ts';
import { countCell, dependencyCells, sourceCell } from '../flux-cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { TableView, ViewRow } from '../types.ts';

/** Flux's Kustomizations. */
export const kustomizations: TableView = {
  name: 'kustomizations',
  title: 'Kustomizations',
  summary: 'Every Kustomization of Flux: source, path, what it depends on, and what it applies.',
  subject: 'kustomization',
  columns: [
    { name: 'name', label: 'Kustomization' },
    { name: 'namespace', label: 'Namespace' },
    { name: 'source', label: 'Source', cel: 'sourceRef' },
    { name: 'path', label: 'Path' },
    { name: 'dependsOn', label: 'Depends on' },
    { name: 'targetNamespace', label: 'Target namespace' },
    { name: 'prune', label: 'Prune' },
    {
      name: 'resources',
      label: 'Resources',
      align: 'right',
      says: 'how many it applies; `+` where there may be more',
    },
    { name: 'wait', label: 'Wait', hidden: true },
    { name: 'suspend', label: 'Suspended', hidden: true },
    { name: 'healthChecks', label: 'Health checks', hidden: true },
    { name: 'variables', label: 'Variables without a value', hidden: true },
    { name: 'stack', label: 'Stack', hidden: true },
    { name: 'file', label: 'File', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('kustomization').map((subject): ViewRow => {
      const { record } = subject;
      const cells = {
        name: reference(record.name, record.id),
        namespace: lookup.namespaceCell(record.namespace),
        source: sourceCell(record),
        path: code(record.path ?? record.sources[0]?.path),
        dependsOn: dependencyCells(record),
        targetNamespace: lookup.namespaceCell(record.targetNamespace),
        prune: yes(record.prune, { yes: 'good', no: 'warn' }),
        resources: countCell(record),
        wait: yes(record.wait),
        suspend: yes(record.suspend, { yes: 'warn' }),
        healthChecks: list(record.healthChecks.map(code)),
        variables: list(record.unknownVariables.map(code)),
        stack: text(record.stack),
        file: code(record.origin.file),
      };
      return { id: record.id, subject, cells, origin: record.origin };
    });
  },
};
