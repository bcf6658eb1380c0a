/** Flux: what is deployed, from which source, and after what. */
import type { JsonPath } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { FluxRecords } from '../flux/records.ts';
import type { Collector } from './collector.ts';

export function fluxRelations(records: FluxRecords, collector: Collector, context: BuildContext): void {
  for (const record of [...records.kustomizations, ...records.helmReleases]) {
    const own = context.lookup.byId(record.id);
    if (!own) continue;
    const sourcePath: JsonPath =
      record.kind === 'Kustomization' ? ['spec', 'sourceRef'] : ['spec', 'chart', 'spec', 'sourceRef'];
    if (record.source !== null) collector.add('fetches', record.id, record.source, own, sourcePath);
    for (const [index, { id }] of record.dependsOn.entries())
      if (id !== null) collector.add('depends-on', record.id, id, own, ['spec', 'dependsOn', index]);
    const { namespace } = record.destination;
    const target = namespace === null ? undefined : context.lookup.find('', 'Namespace', null, namespace);
    if (target) collector.add('deploys-to', record.id, target.id, own, ['spec', 'targetNamespace']);
    for (const id of records.deployed.get(record.id) ?? [])
      if (id !== record.id) collector.add('deploys', record.id, id, own, ['spec']);
  }
}
