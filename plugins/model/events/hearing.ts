/**
 * Which events a dependency hears: of sources in its own namespace, through the bus that both name. Source:
 * argo-events pkg/eventbus/{stan,jetstream,kafka}/sensor, pkg/eventsources/eventing.go.
 */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import { gobwas } from '../argocd/projects/gobwas-glob.ts';
import { contextOf, eventsOf, type SourceEvent } from './event-types.ts';
import { alwaysFails } from './filters/filter-data.ts';
import { passesContext } from './filters/filter-event.ts';
import { type BusKind, busKind, refusedBus } from './refused/event-bus.ts';
import { refusedSource } from './refused/event-source.ts';
import type { Refusal } from './refused/refusal.ts';

/** Sources and buses of the whole platform, each looked at once. */
export function createHearing<T extends EventObject>(sources: readonly T[], buses: readonly T[]): Hearing<T> {
  const known = sources.map(
    (source): KnownSource<T> => ({
      source,
      events: eventsOf(source.rendered),
      refusal: refusedSource(source.rendered),
      bus: busName(source.rendered),
    }),
  );
  const byPlace = new Map<string, KnownSource<T>[]>();
  for (const one of known) {
    const key = one.source.namespace ?? '';
    byPlace.set(key, [...(byPlace.get(key) ?? []), one]);
  }
  const ofBus = Map.groupBy(buses, (bus) => `${bus.namespace ?? ''}/${bus.name}`);

  return {
    sources: known,
    bus(user) {
      const [first, ...others] = ofBus.get(`${user.namespace ?? ''}/${busName(user.rendered)}`) ?? [];
      if (first === undefined) return { bus: null, kind: null, refusal: null };
      // Of several that stand for one another nobody knows which it is.
      const kind = busKind(first.rendered);
      const isOne = others.every(
        ({ rendered }) => busKind(rendered) === kind && refusedBus(rendered) !== null,
      );
      return {
        bus: first,
        kind: others.every(({ rendered }) => busKind(rendered) === kind) ? kind : null,
        refusal: isOne ? refusedBus(first.rendered) : null,
      };
    },
    hear(sensor, dependency, kind) {
      const wanted = {
        source: textAt(dependency, 'eventSourceName') ?? '',
        event: textAt(dependency, 'eventName') ?? '',
      };
      const bus = busName(sensor.rendered);
      const here = byPlace.get(sensor.namespace ?? '') ?? [];
      const fits = matcher(wanted, kind);
      const named = here.filter(({ source }) => fits.source(source.name));
      const filter = filterFault(dependency);
      const candidates = named.flatMap((one) =>
        one.events
          .filter((event) => fits.event(one.source.name, event.name))
          .map((event) => ({ ...one, event })),
      );
      const onBus = candidates.filter((one) => one.bus === bus);
      const given = onBus.filter(({ refusal }) => refusal === null);
      const passing = given.filter(
        ({ source, event }) =>
          filter.context === null || passesContext(filter.context, contextOf(source.name, event)).passes,
      );
      const heard = filter.fault === null ? passing : [];
      const closest = candidates[0] ?? named[0] ?? null;
      const reason = reasonOf();
      return {
        heard,
        reason,
        closest,
        refusal: onBus.find(({ refusal }) => refusal !== null)?.refusal ?? null,
        fault: filter.fault,
      };

      function reasonOf(): DependencyReason | null {
        if (heard.length > 0) return null;
        if (named.length === 0)
          return known.some(({ source }) => fits.source(source.name)) ? 'other-namespace' : 'no-source';
        if (candidates.length === 0) return 'no-event';
        if (onBus.length === 0) return 'other-bus';
        if (given.length === 0) return 'source-invalid';
        return passing.length === 0 ? 'context-filter' : 'filter-fails';
      }
    },
  };
}

/** The bus that a sensor or source names. */
export function busName(object: JsonObject): string {
  return textAt(object, 'spec', 'eventBusName') || 'default';
}

/**
 * On STAN the pair is a glob, and so it may be where the bus is not known; elsewhere it is taken as written.
 */
function matcher(wanted: { source: string; event: string }, kind: BusKind | null): Matcher {
  if ((kind !== 'nats' && kind !== null) || !/[*?[{\\]/.test(wanted.source + wanted.event))
    return { source: (name) => name === wanted.source, event: (_, name) => name === wanted.event };
  const [pair, source] = [gobwas(`${wanted.source}__${wanted.event}`), gobwas(wanted.source)];
  return { source, event: (sourceName, name) => pair(`${sourceName}__${name}`) };
}

/** What of its filters is decided whatever an event holds. */
function filterFault(dependency: JsonValue): { context: JsonObject | null; fault: string | null } {
  const filters = objectAt(dependency, 'filters');
  const data = listAt(filters, 'data');
  const context = isObject(filters.context) ? filters.context : null;
  const others = ['exprs', 'time', 'script'].filter((key) => filters[key] !== undefined).length;
  const isEither = textAt(dependency, 'filtersLogicalOperator') === 'or';
  const faults = data.map(alwaysFails);
  const isDead =
    data.length > 0 &&
    (textAt(filters, 'dataLogicalOperator') === 'or'
      ? faults.every((one) => one !== null)
      : faults.some((one) => one !== null));
  const fault = isDead ? (faults.find((one) => one !== null) ?? null) : null;
  if (!isEither) return { context, fault };
  return {
    context: others + data.length === 0 ? context : null,
    fault: others === 0 && context === null ? fault : null,
  };
}

export type DependencyReason =
  | 'no-source'
  | 'other-namespace'
  | 'no-event'
  | 'other-bus'
  | 'source-invalid'
  | 'context-filter'
  | 'filter-fails';

export interface EventObject {
  namespace: string | null;
  name: string;
  rendered: JsonObject;
}

export interface KnownSource<T> {
  source: T;
  events: SourceEvent[];
  refusal: Refusal | null;
  /** Name of its bus. */
  bus: string;
}

interface HeardEvent<T> extends KnownSource<T> {
  event: SourceEvent;
}

export interface Hearing<T> {
  sources: readonly KnownSource<T>[];
  /** Of a sensor or a source. `bus` is null where no manifest declares it. */
  bus(user: EventObject): { bus: T | null; kind: BusKind | null; refusal: Refusal | null };
  hear(sensor: EventObject, dependency: JsonValue, kind: BusKind | null): Heard<T>;
}

export interface Heard<T> {
  heard: HeardEvent<T>[];
  /** Why it hears nothing; null where it hears something. */
  reason: DependencyReason | null;
  /** The source that it names, with the event where there is one. */
  closest: KnownSource<T> | HeardEvent<T> | null;
  /** Of a source that it would hear. */
  refusal: Refusal | null;
  /** Why its filters let nothing pass. */
  fault: string | null;
}

interface Matcher {
  source: (name: string) => boolean;
  event: (source: string, name: string) => boolean;
}
