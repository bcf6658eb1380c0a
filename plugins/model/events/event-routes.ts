/** Argo Events: event of a source → sensor that depends on it → what it triggers. Any part may be missing. */
import { compareText, isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { EventRoute, EventTrigger, Resource } from '../types.ts';
import { mentions } from './conditions.ts';
import { triggerOf } from './triggers.ts';

/** Keys of an EventSource's spec that hold no events. */
const notEvents = new Set(['eventBusName', 'replicas', 'service', 'template']);

export function buildEventRoutes(context: BuildContext): EventRoute[] {
  const sources = new Map<string, SourceEvents>();
  for (const source of context.lookup.ofKind('argoproj.io', 'EventSource')) {
    sources.set(`${source.namespace ?? ''}/${source.name}`, {
      source,
      events: eventsOf(source.rendered),
      heard: new Set(),
    });
  }
  const routes: EventRoute[] = [];
  for (const sensor of context.lookup.ofKind('argoproj.io', 'Sensor'))
    routes.push(...routesOf(sensor, sources, context));
  for (const { source, events, heard } of sources.values()) {
    for (const event of events) {
      if (heard.has(event.name)) continue;
      routes.push({
        source: source.id,
        sourceName: source.name,
        type: event.type,
        event: event.name,
        sensor: null,
        dependency: null,
        trigger: null,
        live: false,
        origin: context.locate(source, ['spec', event.type, event.name]),
      });
    }
  }
  return routes.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function routesOf(sensor: Resource, sources: Map<string, SourceEvents>, context: BuildContext): EventRoute[] {
  const dependencies = listAt(sensor.rendered, 'spec', 'dependencies').map((value, index) => ({
    value,
    index,
  }));
  const names = dependencies.map(({ value }) => textAt(value, 'name') ?? '');
  const triggers = listAt(sensor.rendered, 'spec', 'triggers').map((_, index) =>
    triggerOf(sensor, index, context),
  );
  const used = triggers.map((trigger) => ({ trigger, names: mentions(trigger.conditions, names) }));
  const routes: EventRoute[] = [];
  for (const { value, index } of dependencies) {
    const name = textAt(value, 'name') ?? '';
    const own = used.filter((entry) => entry.names.includes(name)).map((entry) => entry.trigger);
    for (const heard of hearing(sensor, objectAt(value), sources)) {
      const base = {
        ...heard,
        sensor: sensor.id,
        dependency: name,
        origin: context.locate(sensor, ['spec', 'dependencies', index]),
      };
      const each: (EventTrigger | null)[] = own.length > 0 ? own : [null];
      for (const trigger of each)
        routes.push({ ...base, trigger, live: heard.type !== null && trigger !== null });
    }
  }
  return routes;
}

/**
 * The events that a dependency hears; one that does not exist has no type. A Sensor hears sources of its own
 * namespace alone.
 */
function hearing(sensor: Resource, dependency: JsonObject, sources: Map<string, SourceEvents>): Heard[] {
  const sourceName = textAt(dependency, 'eventSourceName') ?? '';
  const event = textAt(dependency, 'eventName') ?? '';
  const found = sources.get(`${sensor.namespace ?? ''}/${sourceName}`);
  if (!found) return [{ source: null, sourceName, type: null, event }];
  const fitting = found.events.filter((one) => one.name === event || event === '*');
  for (const one of fitting) found.heard.add(one.name);
  if (fitting.length === 0) return [{ source: found.source.id, sourceName, type: null, event }];
  return fitting.map((one) => ({ source: found.source.id, sourceName, type: one.type, event: one.name }));
}

/** Events of a source: the keys under each type. */
function eventsOf(source: JsonObject): { type: string; name: string }[] {
  return Object.entries(objectAt(source, 'spec')).flatMap(([type, events]) =>
    notEvents.has(type) || !isObject(events) ? [] : Object.keys(events).map((name) => ({ type, name })),
  );
}

function sortKey(route: EventRoute): string {
  const parts = [
    route.sourceName,
    route.event,
    route.sensor ?? '',
    route.dependency ?? '',
    route.trigger?.name ?? '',
    route.source ?? '',
  ];
  return parts.join('\0');
}

interface SourceEvents {
  source: Resource;
  events: { type: string; name: string }[];
  heard: Set<string>;
}
interface Heard {
  source: string | null;
  sourceName: string;
  type: string | null;
  event: string;
}
