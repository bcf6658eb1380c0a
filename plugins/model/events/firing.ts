/** Which triggers of a sensor can ever fire. Source: argo-events pkg/sensors/listener.go (listenEvents). */
import { type JsonValue, listAt, textAt } from '../../base/index.ts';
import { type Conditions, canBecomeTrue, readConditions, smallestSets } from './conditions.ts';
import { createHearing, type EventObject, type Heard, type Hearing, type KnownSource } from './hearing.ts';
import { refusedBus } from './refused/event-bus.ts';
import type { Refusal } from './refused/refusal.ts';
import { refusedSensor } from './refused/sensor.ts';
import { type TriggerTarget, targetOf } from './targets.ts';

/** All sensors, sources and buses of a platform with what becomes of each. */
export function firingsOf<T extends EventObject & { group: string; kind: string }>(
  resources: readonly T[],
): Firings<T> {
  const ofKind = (wanted: string) =>
    resources.filter(({ group, kind }) => group === 'argoproj.io' && kind === wanted);
  const buses = ofKind('EventBus');
  const hearing = createHearing(ofKind('EventSource'), buses);
  return {
    sensors: ofKind('Sensor').map((sensor) => ({ sensor, firing: firingOf(sensor, hearing) })),
    sources: hearing.sources,
    buses: buses.map((bus) => ({ bus, refusal: refusedBus(bus.rendered) })),
  };
}

export function firingOf<T extends EventObject>(sensor: EventObject, hearing: Hearing<T>): Firing<T> {
  const bus = hearing.bus(sensor);
  const refusal = refusedSensor(sensor.rendered, bus.kind);
  const dependencies = listAt(sensor.rendered, 'spec', 'dependencies').map((value, index) => ({
    name: textAt(value, 'name') ?? '',
    index,
    heard: hearing.hear(sensor, value, bus.kind),
  }));
  // Of equal names the later one stands.
  const heard = new Map(dependencies.map((one) => [one.name, one.heard]));
  const isAlive = (name: string) => heard.get(name)?.reason === null;
  const names = dependencies.map(({ name }) => name);
  const triggers = listAt(sensor.rendered, 'spec', 'triggers').map((trigger, index): TriggerFiring => {
    const conditions = readConditions(textAt(trigger, 'template', 'conditions') ?? null, names);
    const target = targetOf(sensor, trigger);
    return {
      index,
      name: textAt(trigger, 'template', 'name') ?? '',
      trigger,
      conditions,
      target,
      ...verdict(),
    };

    function verdict(): Pick<TriggerFiring, 'alive' | 'reason' | 'firesOn'> {
      const dead = (reason: TriggerReason) => ({ alive: false, reason, firesOn: [] });
      if (refusal !== null) return dead('sensor-invalid');
      if (bus.refusal !== null) return dead('bus-invalid');
      if (conditions.dead !== null) return dead(conditions.dead);
      if (target.dead !== undefined) return dead(target.dead);
      if (!canBecomeTrue(conditions.expression, isAlive)) return dead('dependency-dead');
      if (bus.bus === null) return { alive: null, reason: 'bus-missing', firesOn: null };
      return { alive: true, reason: null, firesOn: smallestSets(conditions.expression, isAlive) };
    }
  });
  const isWaiting = bus.kind === 'kafka' && triggers.some(({ conditions }) => conditions.dead !== null);
  return {
    bus: bus.bus,
    busRefusal: bus.refusal,
    refusal,
    dependencies,
    triggers: triggers.map((one) =>
      isWaiting && one.alive === true
        ? { ...one, alive: false, reason: 'kafka-waits-for-all', firesOn: [] }
        : one,
    ),
  };
}

export type TriggerReason =
  | 'sensor-invalid'
  | 'bus-invalid'
  | 'bus-missing'
  | NonNullable<Conditions['dead']>
  | NonNullable<TriggerTarget['dead']>
  | 'dependency-dead'
  | 'kafka-waits-for-all';

export interface Firing<T> {
  bus: T | null;
  busRefusal: Refusal | null;
  /** Of the sensor: it takes all its triggers with it. */
  refusal: Refusal | null;
  dependencies: { name: string; index: number; heard: Heard<T> }[];
  triggers: TriggerFiring[];
}

export interface TriggerFiring {
  index: number;
  name: string;
  trigger: JsonValue;
  conditions: Conditions;
  target: TriggerTarget;
  /** Null where only what is not here says. */
  alive: boolean | null;
  reason: TriggerReason | null;
  /** All smallest sets of dependencies that fire it; null where they are too many to tell, or not known. */
  firesOn: string[][] | null;
}

interface Firings<T> {
  sensors: { sensor: T; firing: Firing<T> }[];
  sources: readonly KnownSource<T>[];
  buses: { bus: T; refusal: Refusal | null }[];
}
