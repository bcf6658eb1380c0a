import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue, listAt, objectAt, textAt, textsAt } from '../../plugins/base/json-value.ts';
import { readConditions } from '../../plugins/model/events/conditions.ts';
import { eventsOf } from '../../plugins/model/events/event-types.ts';
import { filterEvent } from '../../plugins/model/events/filters/filter-event.ts';
import { firingOf } from '../../plugins/model/events/firing.ts';
import { createHearing } from '../../plugins/model/events/hearing.ts';
import { applyParameters } from '../../plugins/model/events/parameters.ts';
import { refusedBus } from '../../plugins/model/events/refused/event-bus.ts';
import { refusedSource } from '../../plugins/model/events/refused/event-source.ts';
import { refusedSensor } from '../../plugins/model/events/refused/sensor.ts';
import { targetOf } from '../../plugins/model/events/targets.ts';
import { workflowUse } from '../../plugins/model/workflows/references.ts';
import { differ, runVectors } from './run.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What is expected, of what was found. */
function named(expected: JsonObject, found: object): string | null {
  const own = new Map<string, unknown>(Object.entries(found));
  return differ(expected, Object.fromEntries(Object.keys(expected).map((key) => [key, own.get(key)])));
}

/** Names and sets of names have no order that would mean anything. */
function inAnyOrder(found: object): JsonObject {
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key, Array.isArray(value) ? sortedDeep(value) : value]),
  );
}

function sortedDeep(list: readonly unknown[]): JsonValue[] {
  return list
    .map((one) => (Array.isArray(one) ? sortedDeep(one) : (one as JsonValue)))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe('Argo Events, as upstream decides it', () => {
  it('conditions of triggers', () => {
    const { failures, ran } = runVectors('events/conditions.json', {
      conditions: ({ input, expected }) => {
        const found = readConditions(
          typeof input.conditions === 'string' ? input.conditions : null,
          textsAt(input, 'dependencies'),
        );
        return named(inAnyOrder(expected), inAnyOrder(found));
      },
    });
    expect(failures).toEqual([]);
    expect(ran).toBe(31);
  });

  it('filters', () => {
    const { failures, ran } = runVectors('events/filters.json', {
      filter: ({ input, expected }) => {
        const event = objectAt(input, 'event');
        const { passes, error } = filterEvent(objectAt(input, 'filters'), text(input.operator), {
          data: event.data ?? null,
          context: event.context === undefined ? null : objectAt(event, 'context'),
          time: textAt(event, 'time') ?? null,
        });
        return differ({ error: false, ...expected }, { passes, error: error !== null });
      },
    });
    expect(failures).toEqual([]);
    expect(ran).toBe(48);
  });

  it('parameters', () => {
    const { failures, ran } = runVectors('events/parameters.json', {
      apply: ({ input, expected }) => {
        const events = new Map(
          Object.entries(objectAt(input, 'events')).map(([name, event]) => [
            name,
            { data: objectAt(event, 'data'), context: objectAt(event, 'context') },
          ]),
        );
        const found = applyParameters(listAt(input, 'parameters'), objectAt(input, 'object'), events);
        return differ(expected, 'error' in found ? { error: true } : found);
      },
    });
    expect(failures).toEqual([]);
    expect(ran).toBe(16);
  });

  it('what controllers refuse', () => {
    const { failures, ran } = runVectors('events/validation.json', {
      validate: ({ input, expected }) => {
        const manifest = objectAt(input, 'manifest');
        const bus = text(input.bus) as 'nats' | 'jetstream' | 'kafka';
        const refused =
          manifest.kind === 'EventBus'
            ? refusedBus(manifest)
            : manifest.kind === 'EventSource'
              ? refusedSource(manifest)
              : refusedSensor(manifest, bus);
        return differ(expected, refused === null ? { valid: true } : { valid: false, rule: refused.rule });
      },
    });
    expect(failures).toEqual([]);
    expect(ran).toBe(87);
  });

  it('what triggers act on', () => {
    const { failures, ran } = runVectors('events/targets.json', {
      target: ({ input, expected }) => {
        const found = targetOf({ namespace: textAt(input, 'sensor', 'namespace') ?? null }, objectAt(input, 'trigger'));
        const { group: _, ...object } = found.object ?? { group: '' };
        return named(expected, { ...found, object: found.object ? object : found.object });
      },
    });
    expect(failures).toEqual([]);
    expect(ran).toBe(18);
  });

  it('routes from sources to triggers', () => {
    const { failures, ran } = runVectors('events/routes.json', {
      routes: ({ input, expected }) => {
        const found = routesOf(listAt(input, 'manifests').map((one) => objectAt(one)));
        return ['triggers', 'dependencies', 'unheard']
          .filter((key) => expected[key] !== undefined)
          .map((key) => differ(expected[key], found[key as keyof typeof found]))
          .find((fault) => fault !== null) ?? null;
      },
    });
    expect(failures).toEqual([]);
    expect(ran).toBe(29);
  });

  it('references between workflows', () => {
    const { failures, ran } = runVectors('events/workflows.json', {
      workflowRefs: ({ input, expected }) => {
        const found = workflowsOf(listAt(input, 'manifests').map((one) => objectAt(one)));
        return named(objectAt(expected, 'objects'), found);
      },
    });
    expect(failures).toEqual([]);
    expect(ran).toBe(22);
  });
});

function routesOf(manifests: readonly JsonObject[]) {
  const objects = manifests.map((rendered) => ({
    kind: text(rendered.kind),
    namespace: textAt(rendered, 'metadata', 'namespace') ?? null,
    name: textAt(rendered, 'metadata', 'name') ?? '',
    rendered,
  }));
  const ofKind = (kind: string) => objects.filter((one) => one.kind === kind);
  const hearing = createHearing(ofKind('EventSource'), ofKind('EventBus'));
  const triggers: JsonObject = {};
  const dependencies: JsonObject = {};
  const heard = new Set<string>();
  for (const sensor of ofKind('Sensor')) {
    const firing = firingOf(sensor, hearing);
    const at = `${sensor.namespace}/${sensor.name}`;
    for (const { name, alive, reason, firesOn } of firing.triggers)
      triggers[`${at}/${name}`] = alive === true ? { alive, firesOn: firesOn ?? [] } : { alive, reason };
    for (const { name, heard: own } of firing.dependencies) {
      const events = own.heard.map(({ source, event }) => {
        heard.add(`${source.namespace}/${source.name}/${event.name}`);
        return `${source.namespace}/${source.name}/${event.type}/${event.name}`;
      });
      dependencies[`${at}/${name}`] = { events: events.sort(), ...(own.reason === null ? {} : { reason: own.reason }) };
    }
  }
  const unheard = ofKind('EventSource')
    .flatMap(({ namespace, name, rendered }) => eventsOf(rendered).map((event) => `${namespace}/${name}/${event.name}`))
    .filter((event) => !heard.has(event))
    .sort();
  return { triggers, dependencies, unheard };
}

function workflowsOf(manifests: readonly JsonObject[]): JsonObject {
  const idOf = (kind: string, namespace: string | null, name: string) =>
    [kind, namespace, name].filter((part) => part !== null).join('/');
  const known = new Map(
    manifests.map((one) => [
      idOf(text(one.kind), textAt(one, 'metadata', 'namespace') ?? null, textAt(one, 'metadata', 'name') ?? ''),
      one,
    ]),
  );
  return Object.fromEntries(
    [...known].map(([id, value]) => {
      const namespace = textAt(value, 'metadata', 'namespace') ?? null;
      const use = workflowUse(value, namespace, (kind, where, name) => known.get(idOf(kind, where, name)));
      const refs = use.references.map(({ at, kind, namespace: where, name, ok, reason, template }) => ({
        at: at.join('/'),
        to: idOf(kind, where, name),
        ok,
        ...(reason === null ? {} : { reason }),
        ...(template === null ? {} : { template }),
      }));
      const faults = [...new Set(use.faults.map((one) => one.name))].sort();
      return [id, { refs, ...(faults.length > 0 ? { faults } : {}) }];
    }),
  );
}
