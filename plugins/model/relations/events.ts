/** Argo Events: what listens to what, and triggers what. */
import { listAt, textAt } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import { busName } from '../events/hearing.ts';
import type { EventRoute } from '../types.ts';
import type { Collector } from './collector.ts';

export function eventRelations(
  events: readonly EventRoute[],
  collector: Collector,
  context: BuildContext,
): void {
  throughBuses(collector, context);
  for (const route of events) {
    const sensor = route.sensor === null ? undefined : context.lookup.byId(route.sensor);
    if (!sensor) continue;
    // A dependency on an event that its source does not have is no relation.
    if (route.source !== null && route.type !== null) {
      const index = listAt(sensor.rendered, 'spec', 'dependencies').findIndex(
        (one) => textAt(one, 'name') === route.dependency,
      );
      collector.both('listens-to', 'feeds', sensor.id, route.source, sensor, ['spec', 'dependencies', index]);
    }
    if (!route.trigger) continue;
    const { name } = route.trigger;
    const index = listAt(sensor.rendered, 'spec', 'triggers').findIndex(
      (one) => textAt(one, 'template', 'name') === name,
    );
    for (const target of route.trigger.targets) {
      collector.add('triggers', sensor.id, target, sensor, [
        'spec',
        'triggers',
        index,
        'template',
        route.trigger.type,
      ]);
    }
  }
}

/** The bus of its own namespace that each sensor and source names, `default` where it names none. */
function throughBuses(collector: Collector, context: BuildContext): void {
  for (const kind of ['EventSource', 'Sensor']) {
    for (const user of context.lookup.ofKind('argoproj.io', kind)) {
      const bus = context.lookup.find('argoproj.io', 'EventBus', user.namespace, busName(user.rendered));
      if (bus) collector.add('speaks-through', user.id, bus.id, user, ['spec', 'eventBusName']);
    }
  }
}
