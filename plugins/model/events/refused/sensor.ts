/**
 * What is refused of a Sensor: one dependency or trigger at fault, and none of its triggers is ever run.
 * Source: argo-events pkg/reconciler/sensor/validate.go.
 */
import { at, type JsonObject, type JsonPath, type JsonValue, listAt, textAt } from '../../../base/index.ts';
import type { BusKind } from './event-bus.ts';
import { refusedFilters, refusedOperator } from './filters.ts';
import { isMissing, type Refusal } from './refusal.ts';
import { refusedTrigger } from './trigger.ts';

/** @param bus how events travel to it; null where that is not known */
export function refusedSensor(sensor: JsonObject, bus: BusKind | null): Refusal | null {
  return refusedDependencies(sensor, bus) ?? refusedTriggers(sensor);
}

function refusedDependencies(sensor: JsonObject, bus: BusKind | null): Refusal | null {
  const dependencies = listAt(sensor, 'spec', 'dependencies');
  if (dependencies.length === 0)
    return { rule: 'no-dependencies', path: ['spec'], message: 'no event dependencies found' };
  const seen = new Set<string>();
  for (const [index, dependency] of dependencies.entries()) {
    const path = ['spec', 'dependencies', index];
    const key = needed.find(([name]) => isMissing(dependency, name));
    if (key !== undefined)
      return {
        rule: key[1],
        path,
        message: `event dependency must define ${key[0] === 'name' ? 'a name' : `the ${key[0]}`}`,
      };
    const pair = `${textAt(dependency, 'eventSourceName')}\0${textAt(dependency, 'eventName')}`;
    if (bus === 'nats' && seen.has(pair))
      return {
        rule: 'event-twice',
        path,
        message: `event '${textAt(dependency, 'eventName')}' from EventSource '${textAt(dependency, 'eventSourceName')}' is referenced for more than one dependency in this Sensor object`,
      };
    seen.add(pair);
    const refused =
      refusedFilters(at(dependency, 'filters'), [...path, 'filters']) ??
      refusedOperator(dependency, 'filtersLogicalOperator', path);
    if (refused !== null) return refused;
  }
  return null;
}

const needed = [
  ['name', 'dependency-without-name'],
  ['eventSourceName', 'dependency-without-source'],
  ['eventName', 'dependency-without-event'],
] as const;

function refusedTriggers(sensor: JsonObject): Refusal | null {
  const triggers = listAt(sensor, 'spec', 'triggers');
  if (triggers.length === 0) return { rule: 'no-triggers', path: ['spec'], message: 'no triggers found' };
  const names = new Set<string>();
  for (const [index, trigger] of triggers.entries()) {
    const path = ['spec', 'triggers', index];
    const refused = refusedTrigger(trigger, path) ?? repeated(trigger, names, path);
    if (refused !== null) return refused;
  }
  return null;
}

function repeated(trigger: JsonValue, names: Set<string>, path: JsonPath): Refusal | null {
  const name = textAt(trigger, 'template', 'name') ?? '';
  if (names.has(name))
    return {
      rule: 'trigger-name-repeats',
      path: [...path, 'template', 'name'],
      message: `duplicate trigger name: ${name}`,
    };
  names.add(name);
  return null;
}
