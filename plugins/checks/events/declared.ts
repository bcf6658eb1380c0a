import { nearest } from '../../base/index.ts';
import { busName, type Resource } from '../../model/index.ts';
import { type Platform, unreadIn } from '../../platform/index.ts';
import { nameIndex } from '../name-index.ts';

/** The events that sources here give, by `SOURCE.EVENT`, and which of them comes near a name. */
export function eventsNear(name: string, platform: Platform): NearEvents {
  const given = platform.model.events.filter(({ source, type }) => source !== null && type !== null);
  const nameOf = (one: (typeof given)[number]) => `${one.sourceName}.${one.event}`;
  const all = [...new Set(given.map(nameOf))];
  const candidates = nearest(name, all);
  const closest = given.find((one) => nameOf(one) === candidates[0]);
  return { all, candidates, closest: closest?.source ? platform.resource(closest.source) : undefined };
}

/** True where something unread may declare the source, or the sensor may go to the namespace that has it. */
export function mayBeElsewhere(source: string, namespace: string | null, platform: Platform): boolean {
  const isHere = platform.model.resources.some(
    ({ group, kind, name }) => group === eventSource.group && kind === eventSource.kind && name === source,
  );
  return (namespace === null && isHere) || unreadIn(platform, [eventSource], namespace, source) !== null;
}

/**
 * Sensors and event sources speak through the EventBus of their namespace, `default` where they name none;
 * without it the controller starts neither. Those are given that surely have none, where the repository
 * declares buses at all: else they are made elsewhere.
 */
export function withoutBus(platform: Platform): WithoutBus[] {
  const ofEvents = platform.model.resources.filter(({ group }) => group === eventBus.group);
  const buses = ofEvents.filter(({ kind }) => kind === eventBus.kind);
  const users = ofEvents.filter(({ kind }) => kind === 'Sensor' || kind === 'EventSource');
  if (buses.length === 0) return [];
  const index = nameIndex(buses);
  return users.flatMap((user) => {
    const name = busName(user.rendered);
    const inside = index.within(user.namespace);
    // Where a manifest says no namespace, whoever applies it does.
    const isThere =
      index.within(user.namespace, null).has(name) ||
      (user.namespace === null && index.named(name).length > 0);
    if (isThere || unreadIn(platform, [eventBus], user.namespace, name) !== null) return [];
    return [{ user, name, buses, inside }];
  });
}

const eventBus = { group: 'argoproj.io', kind: 'EventBus' };
const eventSource = { group: 'argoproj.io', kind: 'EventSource' };

interface NearEvents {
  all: string[];
  candidates: string[];
  closest: Resource | undefined;
}

export interface WithoutBus {
  user: Resource;
  /** Of the bus that it would speak through. */
  name: string;
  /** All buses, and by name those of its namespace. */
  buses: Resource[];
  inside: ReadonlyMap<string, Resource>;
}
