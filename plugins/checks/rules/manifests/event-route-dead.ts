import { firstOf, listAt, nearest, textAt } from '../../../base/index.ts';
import {
  busName,
  type Firing,
  firingsOf,
  type Refusal,
  type Resource,
  type TriggerFiring,
} from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { unreadIn } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { isSettled } from '../../events/is-settled.ts';
import { nameIndex } from '../../name-index.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

export const eventRouteDead = {
  name: 'event-route-dead',
  about: 'manifests',
  severity: 'error',
  title: 'an event never reaches what it should trigger',
  explain: `A sensor names an event source of its namespace and one of its events, and both speak through an EventBus there (\`default\` where they name none). Where one of these is missing the trigger never fires, and nothing says so in the cluster. The same holds for \`conditions\` that cannot be read or name what is no dependency, for a filter that no event can pass, for a trigger that does nothing, and for all that Argo Events refuses: one fault in an EventSource takes all its events with it, one in a Sensor all its triggers. The object is there then, its Deployment is not.`,
  silent: `Of a source or a bus that is not here, as long as something that is not read may declare it in the sensor's namespace: a failed build, a set that was not expanded, the source of an application, a chart that is no well-known publisher's or whose values speak of it. Of a bus where the repository declares none at all, or one of that name that says no namespace. Of what Argo Events would refuse of an object that nobody deploys and somebody builds upon, or where a placeholder stands. An event that a source which is here does not give is told whatever else is unread, and so is a name in \`conditions\`.`,
  failing: `==> K8s/web/source.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata:
  name: git
spec:
  webhook:
    pushes: {port: "12000", endpoint: /push, method: POST}
==> K8s/web/sensor.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata:
  name: on-push
spec:
  dependencies:
    - {name: pushed, eventSourceName: git, eventName: push}
  triggers:
    - template:
        name: tell
        log: {}
`,
  mended: `==> K8s/web/source.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata:
  name: git
spec:
  webhook:
    push: {port: "12000", endpoint: /push, method: POST}
==> K8s/web/sensor.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata:
  name: on-push
spec:
  dependencies:
    - {name: pushed, eventSourceName: git, eventName: push}
  triggers:
    - template:
        name: tell
        log: {}
`,
  check: deadRoutes,
} as const satisfies ManifestRule;

type Fault = DiagnosticOf<'event-route-dead'>;

function deadRoutes(platform: Platform): Fault[] {
  const { sensors, sources, buses } = firingsOf(platform.model.resources);
  const refused = [
    ...sources.map(({ source, refusal }) => ({ resource: source, refusal })),
    ...buses.map(({ bus, refusal }) => ({ resource: bus, refusal })),
    ...sensors.map(({ sensor, firing }) => ({ resource: sensor, refusal: firing.refusal })),
  ];
  return [
    ...sensors.flatMap(({ sensor, firing }) => withoutEvent(sensor, firing, platform)),
    ...sensors.flatMap(({ sensor, firing }) =>
      firing.triggers.flatMap((trigger) => neverFiring(sensor, firing, trigger, platform)),
    ),
    ...refused.flatMap(({ resource, refusal }) =>
      refusal === null ? [] : refusedBy(resource, refusal, platform),
    ),
    ...withoutBus(platform),
  ];
}

/** A dependency on an event that never comes, once a dependency. */
function withoutEvent(sensor: Resource, firing: Firing<Resource>, platform: Platform): Fault[] {
  return firing.dependencies.flatMap(({ name, index, heard }): Fault[] => {
    const path = ['spec', 'dependencies', index];
    const value = listAt(sensor.rendered, 'spec', 'dependencies')[index];
    const [sourceName, event] = [textAt(value, 'eventSourceName') ?? '', textAt(value, 'eventName') ?? ''];
    const closest = heard.closest?.source;
    const waits = `\`${platform.referenceOf(sensor)}\` waits for event \`${event}\` of source \`${sourceName}\``;
    const about = `${sensor.id}|${name}|${sourceName}.${event}`;
    const sources = [
      sourceOf(platform, sensor, 'waits', path),
      ...(closest === undefined ? [] : [sourceOf(platform, closest, 'nearest', ['spec'])]),
    ];
    switch (heard.reason) {
      case 'no-source':
      case 'other-namespace':
        return isElsewhere(sourceName, sensor.namespace, platform) || sourceName === ''
          ? []
          : [missingEvent(sensor, index, 'which no manifest declares', platform)];
      case 'no-event':
        return event === '' ? [] : [missingEvent(sensor, index, 'which gives no such event', platform)];
      case 'other-bus':
        return [
          diagnose(eventRouteDead, {
            about,
            message: `${waits} on bus \`${busName(sensor.rendered)}\`, and the source sends through \`${heard.closest?.bus}\``,
            sources,
            expected: 'the same `eventBusName` for both',
            actual: `sensor: ${busName(sensor.rendered)}, source: ${heard.closest?.bus}`,
            candidates: [],
            help: 'name one bus in both: `default` is meant where none is written',
          }),
        ];
      case 'context-filter':
        return [
          diagnose(eventRouteDead, {
            about,
            message: `${waits}, and its context filter lets none of them pass`,
            sources,
            expected: `a context filter that \`source: ${sourceName}\`, \`subject: ${event}\` passes`,
            actual: JSON.stringify(textlessly(value)),
            candidates: [],
            help: 'an event has the name of its source as `source`, its own as `subject`, and the type of the source as `type`',
          }),
        ];
      case 'filter-fails':
        return [
          diagnose(eventRouteDead, {
            about,
            message: `${waits}, and a data filter discards all of them: ${heard.fault}`,
            sources,
            expected: 'a filter that some event can pass',
            actual: `${heard.fault}`,
            candidates: [],
            help: '`type` is bool, number or string; a string is a regular expression and compares by `=` and `!=` alone',
          }),
        ];
      default:
        return [];
    }
  });
}

function textlessly(dependency: unknown): unknown {
  return (dependency as { filters?: { context?: unknown } } | null)?.filters?.context ?? null;
}

function missingEvent(sensor: Resource, index: number, why: string, platform: Platform): Fault {
  const value = listAt(sensor.rendered, 'spec', 'dependencies')[index];
  const [sourceName, event] = [textAt(value, 'eventSourceName') ?? '', textAt(value, 'eventName') ?? ''];
  const given = platform.model.events.filter(({ source, type }) => source !== null && type !== null);
  const name = `${sourceName}.${event}`;
  const known = [...new Set(given.map((one) => `${one.sourceName}.${one.event}`))];
  const candidates = nearest(name, known);
  const near = given.find((one) => `${one.sourceName}.${one.event}` === candidates[0]);
  const source = near?.source ? platform.resource(near.source) : undefined;
  return diagnose(eventRouteDead, {
    about: `${sensor.id}|${textAt(value, 'name') ?? index}|${name}`,
    message: `\`${platform.referenceOf(sensor)}\` waits for event \`${event}\` of source \`${sourceName}\`, ${why}`,
    sources: [
      sourceOf(platform, sensor, 'waits', ['spec', 'dependencies', index]),
      ...(source ? [sourceOf(platform, source, 'nearest', ['spec'])] : []),
    ],
    expected: `an EventSource \`${sourceName}\` with an event \`${event}\``,
    actual: known.length > 0 ? `events given: ${known.slice(0, 12).join(', ')}` : 'no event sources',
    candidates,
    help: suggestion(candidates) ?? 'declare the event, or drop the dependency',
  });
}

/** A trigger that cannot fire whatever comes; one that waits for a dead dependency is told at that. */
function neverFiring(
  sensor: Resource,
  firing: Firing<Resource>,
  trigger: TriggerFiring,
  platform: Platform,
): Fault[] {
  const known = firing.dependencies.map(({ name }) => name);
  const template = ['spec', 'triggers', trigger.index, 'template'];
  const told = `\`${platform.referenceOf(sensor)}\` fires trigger \`${trigger.name || trigger.index}\``;
  const fault = (
    what: string,
    path: (string | number)[],
    words: { about: string; expected: string; actual: string; candidates?: string[]; help: string },
  ): Fault =>
    diagnose(eventRouteDead, {
      candidates: [],
      ...words,
      about: `${sensor.id}|${trigger.name || trigger.index}|${words.about}`,
      message: `${told} ${what}`,
      sources: [
        sourceOf(platform, sensor, 'waits', path),
        sourceOf(platform, sensor, 'nearest', ['spec', 'dependencies']),
      ],
    });
  const actual = known.length > 0 ? `dependencies: ${known.slice(0, 12).join(', ')}` : 'no dependencies';
  const { conditions, target } = trigger;
  const written = textAt(trigger.trigger, 'template', 'conditions') ?? '';
  const atConditions = written === '' ? template : [...template, 'conditions'];
  switch (conditions.dead) {
    case 'unknown-dependency':
      return conditions.names.map((name) => {
        const candidates = nearest(name, known);
        const help = suggestion(candidates) ?? 'declare the dependency, or drop it from the condition';
        const what = `on \`${name}\`, which is none of its dependencies`;
        return fault(what, atConditions, {
          about: name,
          expected: `a dependency named \`${name}\``,
          actual,
          candidates,
          help,
        });
      });
    case 'conditions-syntax':
      return [
        fault(`on \`${written}\`, which Argo Events cannot read`, atConditions, {
          about: 'conditions',
          expected: 'names of dependencies, `&&`, `||` and parentheses',
          actual: written,
          help: 'conditions have no `!`, no `and`, no `or` and no commas',
        }),
      ];
    case 'dependency-name':
      return [
        fault(
          `on ${firstOf(conditions.names, 6, (name) => `\`${name}\``)}, which cannot stand in conditions`,
          ['spec', 'dependencies'],
          {
            about: 'names',
            expected: 'names that begin with a letter, of letters, digits, `-` and `_`',
            actual,
            help: 'rename the dependency',
          },
        ),
      ];
    default:
  }
  if (target.dead === undefined || target.dynamic === true) return [];
  const [what, help] = deadTargets[target.dead];
  return [
    fault(what, template, { about: target.dead, expected: help, actual: target.type ?? 'nothing', help }),
  ];
}

const deadTargets = {
  'no-implementation': [
    'and nothing is written that it does',
    'give its template one of `argoWorkflow`, `http`, `k8s`, `log`, …',
  ],
  'no-name': [
    'on an object without a name, so that it fails on every event',
    'name the object: only `submit` takes `generateName`',
  ],
  kind: [
    'by `submit-from`, which takes a WorkflowTemplate or CronWorkflow alone',
    'submit a Workflow whose `workflowTemplateRef` has `clusterScope: true`',
  ],
  'live-object-identity': [
    'on the live object of one without name or namespace',
    'give the object its name and namespace',
  ],
} as const;

/** What a controller of Argo Events does not deploy, in its words. */
function refusedBy(resource: Resource, refusal: Refusal, platform: Platform): Fault[] {
  if (!isSettled(resource, refusal, platform)) return [];
  const loses = { EventSource: 'none of its events is ever sent', Sensor: 'none of its triggers ever fires' };
  const what = loses[resource.kind as keyof typeof loses] ?? 'nothing goes through it';
  return [
    diagnose(eventRouteDead, {
      about: `${resource.id}|${refusal.rule}`,
      message: `Argo Events refuses \`${platform.referenceOf(resource)}\`, and ${what}: ${refusal.message}`,
      sources: [sourceOf(platform, resource, 'waits', refusal.path)],
      expected: 'what its controller takes',
      actual: refusal.message,
      candidates: [],
      help: 'mend it: the object is in the cluster then, and its status says the same, yet nothing runs',
    }),
  ];
}

/**
 * Sensors and event sources speak through the EventBus of their namespace, `default` where they name none;
 * without it the controller starts neither. Told where the repository declares buses at all: else they are
 * made elsewhere.
 */
function withoutBus(platform: Platform): Fault[] {
  const ofEvents = platform.model.resources.filter(({ group }) => group === eventBus.group);
  const buses = ofEvents.filter(({ kind }) => kind === eventBus.kind);
  const users = ofEvents.filter(({ kind }) => kind === 'Sensor' || kind === 'EventSource');
  if (buses.length === 0) return [];
  const index = nameIndex(buses);
  return users.flatMap((user): Fault[] => {
    const name = busName(user.rendered);
    // Where a manifest says no namespace, whoever applies it does.
    const isThere =
      index.within(user.namespace, null).has(name) ||
      (user.namespace === null && index.named(name).length > 0);
    if (isThere || unreadIn(platform, [eventBus], user.namespace, name) !== null) return [];
    const where = user.namespace === null ? '' : ` in namespace \`${user.namespace}\``;
    const known = index.within(user.namespace);
    const candidates = nearest(name, known.keys());
    return [
      diagnose(eventRouteDead, {
        about: `${user.id}|bus ${name}`,
        message: `\`${platform.referenceOf(user)}\` needs EventBus \`${name}\`, which no manifest declares${where}`,
        sources: [
          sourceOf(platform, user, 'needs', ['spec', 'eventBusName']),
          ...[...known.values(), ...buses.slice(0, 1)]
            .slice(0, 1)
            .map((bus) => sourceOf(platform, bus, 'nearest', ['metadata', 'name'])),
        ],
        expected: `an EventBus \`${name}\`${where}`,
        actual: `event buses: ${firstOf(buses, 10, (bus) => `${bus.namespace ?? ''}/${bus.name}`)}`,
        candidates,
        help:
          suggestion(candidates) ?? 'declare the bus in that namespace, or name another with `eventBusName`',
      }),
    ];
  });
}

const eventBus = { group: 'argoproj.io', kind: 'EventBus' };
const eventSource = { group: 'argoproj.io', kind: 'EventSource' };

/** True where something unread may declare the source, or the sensor may go to the namespace that has it. */
function isElsewhere(name: string, namespace: string | null, platform: Platform): boolean {
  const sources = platform.model.resources.filter(
    ({ group, kind }) => group === eventSource.group && kind === eventSource.kind,
  );
  return (
    (namespace === null && sources.some((one) => one.name === name)) ||
    unreadIn(platform, [eventSource], namespace, name) !== null
  );
}
