import { at, firstOf, type JsonValue, listAt, nearest, textAt } from '../../../base/index.ts';
import {
  busName,
  type Firing,
  firingsOf,
  type Refusal,
  type Resource,
  type TriggerFiring,
} from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { eventsNear, mayBeElsewhere, type WithoutBus, withoutBus } from '../../events/declared.ts';
import { isSettled } from '../../events/is-settled.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

export const eventRouteDead = {
  name: 'event-route-dead',
  about: 'manifests',
  severity: 'error',
  title: 'an event never reaches what it should trigger',
  explain: `A sensor names an event source of its namespace and one of its events, and both speak through an EventBus there (\`default\` where they name none). Where one of these is missing the trigger never fires, and nothing says so in the cluster. The same holds for \`conditions\` that cannot be read or name what is no dependency, for a filter that no event can pass, for a trigger that does nothing, and for all that Argo Events refuses: one fault in an EventSource takes all its events with it, one in a Sensor all its triggers. The object is there then, its Deployment is not.`,
  silent: `Says nothing:

- about an event source or EventBus that is missing, while something that is not read may declare it in the sensor's namespace: a failed build, an ApplicationSet that is not expanded, the source of an Application, a chart whose values speak of it or whose publisher is not well known;
- about an EventBus where the repository declares none at all, or declares one of that name without a namespace;
- about what Argo Events would refuse in an object that nothing deploys and another kustomization builds upon, or in one with a placeholder.

Always told: an event that a source in the repository does not have, and an unknown name in \`conditions\`.`,
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
    ...withoutBus(platform).map((user) => missingBus(user, platform)),
  ];
}

/** A dependency on an event that never comes, once a dependency. */
function withoutEvent(sensor: Resource, firing: Firing<Resource>, platform: Platform): Fault[] {
  return firing.dependencies.flatMap(({ name, index, heard }): Fault[] => {
    const awaited = awaitedBy(sensor, index);
    const { sourceName, event } = awaited;
    const closest = heard.closest?.source;
    const fault = (what: string, words: { expected: string; actual: string; help: string }): Fault[] => [
      diagnose(eventRouteDead, {
        about: `${sensor.id}|${name}|${sourceName}.${event}`,
        message: `${waiting(sensor, awaited, platform)}${what}`,
        sources: [
          sourceOf(platform, sensor, 'waits', ['spec', 'dependencies', index]),
          ...(closest === undefined ? [] : [sourceOf(platform, closest, 'nearest', ['spec'])]),
        ],
        candidates: [],
        ...words,
      }),
    ];
    switch (heard.reason) {
      case 'no-source':
      case 'other-namespace':
        return mayBeElsewhere(sourceName, sensor.namespace, platform) || sourceName === ''
          ? []
          : [missingEvent(sensor, awaited, 'which no manifest declares', platform)];
      case 'no-event':
        return event === '' ? [] : [missingEvent(sensor, awaited, 'which gives no such event', platform)];
      case 'other-bus': {
        const [own, other] = [busName(sensor.rendered), heard.closest?.bus];
        return fault(` on bus \`${own}\`, and the source sends through \`${other}\``, {
          expected: 'the same `eventBusName` for both',
          actual: `sensor: ${own}, source: ${other}`,
          help: 'name one bus in both: `default` is meant where none is written',
        });
      }
      case 'context-filter':
        return fault(', and its context filter lets none of them pass', {
          expected: `a context filter that \`source: ${sourceName}\`, \`subject: ${event}\` passes`,
          actual: JSON.stringify(at(awaited.dependency, 'filters', 'context') ?? null),
          help: 'an event has the name of its source as `source`, its own as `subject`, and the type of the source as `type`',
        });
      case 'filter-fails':
        return fault(`, and a data filter discards all of them: ${heard.fault}`, {
          expected: 'a filter that some event can pass',
          actual: `${heard.fault}`,
          help: '`type` is bool, number or string; a string is a regular expression and compares by `=` and `!=` alone',
        });
      default:
        return [];
    }
  });
}

function awaitedBy(sensor: Resource, index: number): Awaited {
  const dependency = listAt(sensor.rendered, 'spec', 'dependencies')[index];
  const [sourceName, event] = ['eventSourceName', 'eventName'].map((key) => textAt(dependency, key));
  return { dependency, index, sourceName: sourceName ?? '', event: event ?? '' };
}

function waiting(sensor: Resource, { sourceName, event }: Awaited, platform: Platform): string {
  return `\`${platform.referenceOf(sensor)}\` waits for event \`${event}\` of source \`${sourceName}\``;
}

function missingEvent(sensor: Resource, awaited: Awaited, why: string, platform: Platform): Fault {
  const { dependency, index, sourceName, event } = awaited;
  const name = `${sourceName}.${event}`;
  const { all, candidates, closest } = eventsNear(name, platform);
  return diagnose(eventRouteDead, {
    about: `${sensor.id}|${textAt(dependency, 'name') ?? index}|${name}`,
    message: `${waiting(sensor, awaited, platform)}, ${why}`,
    sources: [
      sourceOf(platform, sensor, 'waits', ['spec', 'dependencies', index]),
      ...(closest ? [sourceOf(platform, closest, 'nearest', ['spec'])] : []),
    ],
    expected: `an EventSource \`${sourceName}\` with an event \`${event}\``,
    actual: all.length > 0 ? `events given: ${all.slice(0, 12).join(', ')}` : 'no event sources',
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

function missingBus({ user, name, buses, inside }: WithoutBus, platform: Platform): Fault {
  const where = user.namespace === null ? '' : ` in namespace \`${user.namespace}\``;
  const candidates = nearest(name, inside.keys());
  const [closest] = [...inside.values(), ...buses];
  return diagnose(eventRouteDead, {
    about: `${user.id}|bus ${name}`,
    message: `\`${platform.referenceOf(user)}\` needs EventBus \`${name}\`, which no manifest declares${where}`,
    sources: [
      sourceOf(platform, user, 'needs', ['spec', 'eventBusName']),
      ...(closest === undefined ? [] : [sourceOf(platform, closest, 'nearest', ['metadata', 'name'])]),
    ],
    expected: `an EventBus \`${name}\`${where}`,
    actual: `event buses: ${firstOf(buses, 10, (bus) => `${bus.namespace ?? ''}/${bus.name}`)}`,
    candidates,
    help: suggestion(candidates) ?? 'declare the bus in that namespace, or name another with `eventBusName`',
  });
}

/** What a dependency of a sensor names. */
interface Awaited {
  dependency: JsonValue | undefined;
  index: number;
  sourceName: string;
  event: string;
}
