/** What attaches to which Gateway, and routes to which Service. */

import type { BuildContext } from '../context.ts';
import type { NetworkRecords } from '../gateway/records.ts';
import type { Collector } from './collector.ts';

/** What surely is not so is no relation: a listener that refuses a route, a Service that it may not name. */
export function routeRelations(
  { routes, ingresses }: NetworkRecords,
  collector: Collector,
  { lookup }: BuildContext,
): void {
  for (const { route: id, parents, backends } of routes) {
    const route = lookup.byId(id);
    if (route === undefined) continue;
    for (const parent of parents)
      if (parent.id !== null && parent.accepted !== false)
        collector.both('attaches-to', 'serves', id, parent.id, route, parent.path);
    for (const backend of backends)
      if (backend.id !== null && backend.resolved !== false)
        collector.add('routes-to', id, backend.id, route, backend.path);
  }
  for (const { ingress: id, rules } of ingresses) {
    const ingress = lookup.byId(id);
    if (ingress === undefined) continue;
    for (const rule of rules)
      if (rule.id !== null && rule.resolved !== false)
        collector.add('routes-to', id, rule.id, ingress, rule.place);
  }
}
