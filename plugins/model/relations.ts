/** What holds between resources: the union of what each tool's records and manifests say. */
import type { NotingContext } from './context.ts';
import type { FluxRecords } from './flux/records.ts';
import type { NetworkRecords } from './gateway/records.ts';
import { type ArgoRecords, argoRelations } from './relations/argocd.ts';
import { createCollector } from './relations/collector.ts';
import { eventRelations } from './relations/events.ts';
import { fluxRelations } from './relations/flux.ts';
import { manifestRelations } from './relations/manifests.ts';
import { definitionNeeds, withNeeds } from './relations/needs.ts';
import { policyRelations } from './relations/policies.ts';
import { withinRoom } from './relations/room.ts';
import { routeRelations } from './relations/routes.ts';
import { readByArgoCd, secretRelations } from './relations/secrets.ts';
import type { selectedBy } from './relations/services.ts';
import { tearDownRelations } from './relations/tear-down.ts';
import type { EventRoute, Policy, Relation, Resource, SecretFlow, SecretPush, SecretRead } from './types.ts';

export function buildRelations(
  resources: readonly Resource[],
  records: Records,
  context: NotingContext,
): Relation[] {
  const collector = withNeeds(createCollector(context.locate));
  for (const resource of resources) manifestRelations(resource, collector, context);
  definitionNeeds(resources, collector, context);
  argoRelations(records, collector, context);
  fluxRelations(records.flux, collector, context);
  eventRelations(records.events, collector, context);
  secretRelations(records.secrets, records.pushes, collector, context);
  readByArgoCd(records.reads, collector, context);
  routeRelations(records.network, collector, context);
  policyRelations(records.policies, collector, context);
  const asked = [...records.selected].map(([service, { most }]): [Resource, number] => [service, most]);
  const taken = withinRoom(asked, 'selects', context.unverified);
  for (const [service, { workloads }] of records.selected) {
    if (!taken.has(service)) continue;
    for (const { id } of workloads()) collector.add('selects', service.id, id, service, ['spec', 'selector']);
  }
  tearDownRelations(records.applications, collector, context);
  return collector.sorted();
}

/** What relations are made from, beyond the manifests. */
export interface Records extends ArgoRecords {
  flux: FluxRecords;
  events: readonly EventRoute[];
  secrets: readonly SecretFlow[];
  pushes: readonly SecretPush[];
  reads: readonly SecretRead[];
  policies: readonly Policy[];
  network: NetworkRecords;
  selected: ReturnType<typeof selectedBy>;
}
