/** Argo Events: event of a source → sensor that depends on it → what it triggers. Any part may be missing. */
import { compareText, listAt, textAt } from '../../base/index.ts';
import { english } from '../../words/index.ts';
import type { BuildContext } from '../context.ts';
import type { Resource } from '../types.ts';
import { type Firing, firingOf, type TriggerFiring } from './firing.ts';
import { createHearing, type HeardEvent, type Hearing } from './hearing.ts';
import { routeWords } from './sentence.ts';
import { triggerOf } from './triggers.ts';
import type { EventFault, EventRoute } from './types.ts';

export function buildEventRoutes(context: BuildContext): EventRoute[] {
  const ofKind = (kind: string) => context.lookup.ofKind('argoproj.io', kind);
  const hearing = createHearing(ofKind('EventSource'), ofKind('EventBus'));
  const heard = new Set<string>();
  const routes = ofKind('Sensor').flatMap((sensor) => routesOf(sensor, hearing, heard, context));
  for (const known of hearing.sources) {
    for (const event of known.events) {
      if (heard.has(`${known.source.id} ${event.name}`)) continue;
      const base = partsOf({ ...known, event }, hearing);
      const said = routeWords({
        source: known.source,
        event,
        dependency: null,
        trigger: null,
        others: [],
        fault: null,
      });
      const origin = context.locate(known.source, ['spec', event.type, event.name]);
      routes.push({
        ...base,
        sensor: null,
        dependency: null,
        trigger: null,
        live: false,
        dead: null,
        open: null,
        said,
        sentence: english.said(said),
        origin,
      });
    }
  }
  return routes.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function routesOf(
  sensor: Resource,
  hearing: Hearing<Resource>,
  heard: Set<string>,
  context: BuildContext,
): EventRoute[] {
  const firing = firingOf(sensor, hearing);
  const triggers = firing.triggers.map((one) => ({ firing: one, trigger: triggerOf(sensor, one, context) }));
  return firing.dependencies.flatMap((dependency) => {
    const { name, index, heard: own } = dependency;
    for (const { source, event } of own.heard) heard.add(`${source.id} ${event.name}`);
    const value = listAt(sensor.rendered, 'spec', 'dependencies')[index] ?? null;
    const waiting = triggers.filter((one) => usedBy(one.firing, name, firing));
    const events: (HeardEvent<Resource> | null)[] = own.heard.length > 0 ? own.heard : [null];
    const origin = context.locate(sensor, ['spec', 'dependencies', index]);
    return events.flatMap((one) =>
      (waiting.length > 0 ? waiting : [null]).map((use): EventRoute => {
        const fault = own.reason ?? (use === null ? null : faultOf(use.firing, name));
        const isOpen = fault === 'bus-missing';
        const closest = one ?? own.closest;
        const sourceName = one?.source.name ?? textAt(value, 'eventSourceName') ?? '';
        const event = one?.event.name ?? textAt(value, 'eventName') ?? '';
        const said = routeWords({
          source: closest?.source ?? { name: sourceName },
          event: one?.event ?? { type: null, name: event },
          dependency: value,
          trigger: use?.firing ?? null,
          others: use === null ? [] : othersOf(use.firing, name),
          fault:
            fault === null
              ? null
              : {
                  fault,
                  firing,
                  trigger: use?.firing ?? null,
                  heard: own,
                  sensor: sensor.rendered,
                  dependency: value,
                  isOpen,
                },
        });
        return {
          ...(closest === null
            ? { source: null, sourceName, type: null, event, bus: null }
            : {
                ...partsOf({ ...closest, event: one?.event ?? { type: '', name: event } }, hearing),
                type: one?.event.type ?? null,
              }),
          // A source of another namespace is none of this sensor's.
          ...(own.reason === 'other-namespace' ? { source: null, bus: null } : {}),
          sensor: sensor.id,
          dependency: name,
          trigger: use?.trigger ?? null,
          live: one !== null && use !== null && (fault === null || isOpen),
          dead: isOpen ? null : fault,
          open: isOpen ? fault : null,
          said,
          sentence: english.said(said),
          origin,
        };
      }),
    );
  });
}

/** One whose conditions cannot be read waits for none; it is told with all that it may have meant. */
function usedBy(trigger: TriggerFiring, name: string, { dependencies }: Firing<Resource>): boolean {
  const { conditions } = trigger;
  if (conditions.dead === null) return conditions.uses.includes(name);
  return dependencies.some((one) => one.name === name);
}

/** Why a trigger does not fire by way of a dependency that is alive itself. */
function faultOf({ alive, reason, firesOn }: TriggerFiring, name: string): EventFault | null {
  if (alive !== true) return reason;
  return firesOn === null || firesOn.some((set) => set.includes(name)) ? null : 'dependency-dead';
}

/** What else must have arrived: the smallest sets with it, without it; none where it fires alone. */
function othersOf({ firesOn }: TriggerFiring, name: string): string[][] {
  const sets = (firesOn ?? []).filter((set) => set.includes(name));
  return sets.some((set) => set.length === 1) ? [] : sets.map((set) => set.filter((one) => one !== name));
}

function partsOf(
  { source, event }: Pick<HeardEvent<Resource>, 'source' | 'event'>,
  hearing: Hearing<Resource>,
): Pick<EventRoute, 'source' | 'sourceName' | 'type' | 'event' | 'bus'> {
  return {
    source: source.id,
    sourceName: source.name,
    type: event.type,
    event: event.name,
    bus: hearing.bus(source).bus?.id ?? null,
  };
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
