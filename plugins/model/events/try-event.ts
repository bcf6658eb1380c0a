/** What a sensor would do with an event that somebody has at hand. */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import type { Resource } from '../types.ts';
import { contextOf } from './event-types.ts';
import { filterEvent } from './filters/filter-event.ts';
import { firingsOf, type TriggerFiring } from './firing.ts';
import { applyParameters, type ParameterEvent } from './parameters.ts';
import { targetOf } from './targets.ts';

/**
 * The event taken for one of each dependency in turn, or of the one that is named.
 * @param data of the event, as filters and parameters see it: of a webhook `header` and `body`
 * @param time as RFC 3339 has it; null where it is not known
 */
export function tryEvent(
  sensor: Resource,
  resources: readonly Resource[],
  { data, time, dependency: only }: { data: JsonValue; time: string | null; dependency: string | null },
): TriedDependency[] {
  const found = firingsOf(resources).sensors.find((one) => one.sensor === sensor);
  if (found === undefined) return [];
  const { dependencies, triggers } = found.firing;
  return dependencies
    .filter(({ name }) => only === null || name === only)
    .map(({ name, index, heard }) => {
      const value = listAt(sensor.rendered, 'spec', 'dependencies')[index] ?? null;
      const [one] = heard.heard;
      const context = one === undefined ? {} : contextOf(one.source.name, one.event);
      const operator = textAt(value, 'filtersLogicalOperator') ?? '';
      const outcome = filterEvent(objectAt(value, 'filters'), operator, { data, context, time });
      // A sensor discards an event of which a filter reports an error, whatever the others say.
      const passes = outcome.error === null ? outcome.passes : false;
      const event = { data, context };
      return {
        dependency: name,
        hears: heard.reason === null,
        passes,
        why: outcome.error ?? outcome.why ?? null,
        triggers: triggers
          .filter(({ conditions }) => conditions.dead === null && conditions.uses.includes(name))
          .map((trigger) => tried(trigger, name, event, passes, sensor)),
      };
    });
}

function tried(
  trigger: TriggerFiring,
  name: string,
  event: ParameterEvent,
  passes: boolean | null,
  sensor: Resource,
): TriedTrigger {
  const sets = (trigger.firesOn ?? []).filter((set) => set.includes(name));
  const waitsFor = sets.some((set) => set.length === 1)
    ? []
    : sets.map((set) => set.filter((one) => one !== name));
  const reached = trigger.alive === false || sets.length === 0 ? false : passes;
  const nothing = { trigger: trigger.name, fires: reached, waitsFor, object: null, why: null };
  if (reached === false) return nothing;
  const events = new Map([[name, event]]);
  const template = applyParameters(
    listAt(trigger.trigger, 'parameters'),
    objectAt(trigger.trigger, 'template'),
    events,
  );
  if (!('object' in template)) return { ...nothing, ...faultOf(template) };
  const whole = { ...(isObject(trigger.trigger) ? trigger.trigger : {}), template: template.object };
  const { body, value } = targetOf(sensor, whole);
  const made =
    value === undefined
      ? applyParameters(listAt(body, 'payload'), {}, events)
      : applyParameters(listAt(body, 'parameters'), value, events);
  return 'object' in made ? { ...nothing, object: made.object } : { ...nothing, ...faultOf(made) };
}

function faultOf(fault: { error: string } | { unknown: string }): Pick<TriedTrigger, 'fires' | 'why'> {
  return 'error' in fault ? { fires: false, why: fault.error } : { fires: null, why: fault.unknown };
}

export interface TriedDependency {
  dependency: string;
  /** False where no event of a source reaches it. */
  hears: boolean;
  /** Null where that is not known; `why` then says the reason, or the error of a filter. */
  passes: boolean | null;
  why: string | null;
  /** Those that wait for it. */
  triggers: TriedTrigger[];
}

interface TriedTrigger {
  trigger: string;
  /** Whether it does its work once what it waits for has come too. */
  fires: boolean | null;
  /** Sets of other dependencies of which one must have come. */
  waitsFor: string[][];
  /** What it would create or send; null where it does neither, or nothing. */
  object: JsonObject | null;
  why: string | null;
}
