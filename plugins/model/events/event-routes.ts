/** Argo Events: event of a source → sensor that depends on it → what it triggers. Any part may be missing. */
import { compareText, listAt, textAt } from '../../base/index.ts';
import { english } from '../../words/index.ts';
import type { BuildContext } from '../context.ts';
import type { Resource } from '../types.ts';
import { type Firing, firingOf, type TriggerFiring } from './firing.ts';
import { createHearing, type Hearing } from './hearing.ts';
import { routeWords } from './sentence.ts';
import { triggerOf } from './triggers.ts';
import type { EventFault, EventRoute } from './types.ts';

export function buildEventRoutes(context: BuildContext): EventRoute[] {
  const ofKind = (kind: string) => context.lookup.ofKind('argoproj.io', kind);
  const hearing = createHearing(ofKind('EventSource'), ofKind('EventBus'));
  const heard = new Set<string>();
  const routes = ofKind('Sensor').flatMap((sensor) => routesOf(sensor, hearing, heard, context));
  for (const { source, events } of hearing.sources) {
    for (const event of events) {
      if (heard.has(`${source.id} ${event.name}`)) continue;
      const said = routeWords({ source, event, dependency: null, trigger: null, others: [], fault: null });
      routes.push({
        source: source.id,
        sourceName: source.name,
        type: event.type,
        event: event.name,
        bus: hearing.bus(source).bus?.id ?? null,
        sensor: null,
        dependency: null,
        trigger: null,
        live: false,
        dead: null,
        open: null,
        sentence: english.said(said),
        said,
        origin: context.locate(source, ['spec', event.type, event.name]),
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
  const triggers = firing.triggers.map((one) => ({
    firing: one,
    trigger: triggerOf(sensor, one, context),
  }));
  return firing.dependencies.flatMap(({ name, index, heard: own }) => {
    // One that is named and does not arrive is no event that nobody wants.
    const { closest } = own;
    const named = closest !== null && 'event' in closest ? closest : null;
    const events = own.heard.length > 0 ? own.heard : [named];
    for (const one of events) if (one !== null) heard.add(`${one.source.id} ${one.event.name}`);
    const value = listAt(sensor.rendered, 'spec', 'dependencies')[index] ?? null;
    const written = {
      source: textAt(value, 'eventSourceName') ?? '',
      event: textAt(value, 'eventName') ?? '',
    };
    const waiting = triggers.filter((one) => usedBy(one.firing, name, firing));
    const origin = context.locate(sensor, ['spec', 'dependencies', index]);
    return events.flatMap((one) =>
      (waiting.length > 0 ? waiting : [null]).map((use): EventRoute => {
        const fault = own.reason ?? (use === null ? null : faultOf(use.firing, name));
        const isOpen = fault === 'bus-missing';
        const source = one?.source ?? closest?.source ?? null;
        const event = one?.event ?? { type: null, name: written.event };
        const trigger = use?.firing ?? null;
        const said = routeWords({
          source: source ?? { name: written.source },
          event,
          dependency: value,
          trigger,
          others: trigger === null ? [] : othersOf(trigger, name),
          fault:
            fault === null
              ? null
              : { fault, firing, trigger, heard: own, sensor: sensor.rendered, dependency: value, isOpen },
        });
        return {
          source: source?.id ?? null,
          sourceName: source?.name ?? written.source,
          type: event.type,
          event: event.name,
          bus: source === null ? null : (hearing.bus(source).bus?.id ?? null),
          sensor: sensor.id,
          dependency: name,
          trigger: use?.trigger ?? null,
          live: own.reason === null && use !== null && (fault === null || isOpen),
          dead: isOpen ? null : fault,
          open: isOpen ? fault : null,
          sentence: english.said(said),
          said,
          origin,
        };
      }),
    );
  });
}

/**
 * One whose conditions cannot be read waits for none: it is told with those that they name, or with all where
 * they name none.
 */
function usedBy(
  { conditions, trigger }: TriggerFiring,
  name: string,
  { dependencies }: Firing<Resource>,
): boolean {
  if (conditions.dead === null) return conditions.uses.includes(name);
  const words = new Set((textAt(trigger, 'template', 'conditions') ?? '').split(/[^\w.-]+/));
  const isNamed = dependencies.some((one) => words.has(one.name));
  return isNamed ? words.has(name) : true;
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
