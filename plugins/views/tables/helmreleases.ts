import { code, reference, text, yes } from '../cells.ts';
import { countCell, dependencyCells, sourceCell } from '../flux-cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { TableView, ViewRow } from '../types.ts';

/** Flux's HelmReleases. */
export const helmReleases: TableView = {
  name: 'helmreleases',
  title: 'HelmReleases',
  summary: 'Every HelmRelease of Flux: chart, version, source, what it depends on, and who deploys it.',
  subject: 'helmrelease',
  columns: [
    { name: 'name', label: 'HelmRelease' },
    { name: 'namespace', label: 'Namespace' },
    { name: 'chart', label: 'Chart' },
    { name: 'version', label: 'Version' },
    { name: 'source', label: 'Source', cel: 'sourceRef' },
    { name: 'dependsOn', label: 'Depends on' },
    { name: 'deployer', label: 'Deployed by' },
    {
      name: 'resources',
      label: 'Resources',
      align: 'right',
      says: 'how many it applies; `+` where there may be more',
    },
    { name: 'releaseName', label: 'Release', hidden: true },
    { name: 'targetNamespace', label: 'Target namespace', hidden: true },
    { name: 'suspend', label: 'Suspended', hidden: true },
    { name: 'stack', label: 'Stack', hidden: true },
    { name: 'file', label: 'File', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('helmrelease').map((subject): ViewRow => {
      const { record, resource } = subject;
      const cells = {
        name: reference(record.name, record.id),
        namespace: lookup.namespaceCell(record.namespace),
        chart: code(record.chart),
        version: text(record.version),
        source: sourceCell(record),
        dependsOn: dependencyCells(record),
        deployer: lookup.deployerCell(resource?.deployer ?? null),
        resources: countCell(record),
        releaseName: code(record.releaseName),
        targetNamespace: lookup.namespaceCell(record.targetNamespace),
        suspend: yes(record.suspend, { yes: 'warn' }),
        stack: text(record.stack),
        file: code(record.origin.file),
      };
      return { id: record.id, subject, cells, origin: record.origin };
    });
  },
};
