/** Gateway API: what attaches to which Gateway, and routes to which Service. */
import type { BuildContext } from '../context.ts';
import { backendsOf, parentsOf, routeKinds } from '../gateway/http-routes.ts';
import type { Collector } from './collector.ts';

export function routeRelations(collector: Collector, context: BuildContext): void {
  for (const kind of routeKinds) {
    for (const route of context.lookup.ofKind('gateway.networking.k8s.io', kind)) {
      for (const { id, path } of parentsOf(route, context))
        if (id !== null) collector.both('attaches-to', 'serves', route.id, id, route, path);
      for (const { id, path } of backendsOf(route, context))
        if (id !== null) collector.add('routes-to', route.id, id, route, path);
    }
  }
}
