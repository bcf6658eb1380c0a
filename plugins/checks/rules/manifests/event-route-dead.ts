import { firstOf, listAt, nearest, textAt } from '../../../base/index.ts';
import { namesIn, type Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { unreadIn } from '../../commands/unseen.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { nameIndex } from '../../name-index.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

export const eventRouteDead = {
  name: 'event-route-dead',
  about: 'manifests',
  severity: 'error',
  title: 'a sensor waits for an event that no source gives',
  explain: `A sensor names an event source and one of its events. Where either is missing the trigger never fires, and nothing says so in the cluster. The same holds for a trigger whose \`conditions\` name what is no dependency of its sensor, and for a sensor or source whose EventBus (\`default\` where it names none) is not in its namespace.`,
  silent: `Of a source or a bus that is not here, as long as something that is not read may declare it in the sensor's namespace: a failed build, a set that was not expanded, the source of an application, a chart that is no well-known publisher's or whose values speak of it. Of a bus where the repository declares none at all, or one of that name that says no namespace. An event that a source which is here does not give is told whatever else is unread, and so is a name in \`conditions\`.`,
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

/**
 * A sensor's dependency on an event that no source of the repository gives, once a dependency; and a trigger
 * whose condition names no dependency.
 */
function deadRoutes(platform: Platform): DiagnosticOf<'event-route-dead'>[] {
  const sensors = platform.model.resources.filter(
    ({ group, kind }) => group === 'argoproj.io' && kind === 'Sensor',
  );
  return [
    ...withoutSource(platform),
    ...sensors.flatMap((sensor) => withoutDependency(sensor, platform)),
    ...withoutBus(platform),
  ];
}

/**
 * Sensors and event sources speak through the EventBus of their namespace, `default` where they name none;
 * without it the controller starts neither. Told where the repository declares buses at all: else they are
 * made elsewhere.
 */
function withoutBus(platform: Platform): DiagnosticOf<'event-route-dead'>[] {
  const ofEvents = platform.model.resources.filter(({ group }) => group === eventBus.group);
  const buses = ofEvents.filter(({ kind }) => kind === eventBus.kind);
  const users = ofEvents.filter(({ kind }) => kind === 'Sensor' || kind === 'EventSource');
  if (buses.length === 0) return [];
  const index = nameIndex(buses);
  return users.flatMap((user): DiagnosticOf<'event-route-dead'>[] => {
    const name = textAt(user.rendered, 'spec', 'eventBusName') || 'default';
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

/**
 * Argo Events fires a trigger when its `conditions` are met: a name in them that is no dependency never is.
 */
function withoutDependency(sensor: Resource, platform: Platform): DiagnosticOf<'event-route-dead'>[] {
  const known = listAt(sensor.rendered, 'spec', 'dependencies').flatMap((one) => textAt(one, 'name') ?? []);
  return listAt(sensor.rendered, 'spec', 'triggers').flatMap((trigger, index) => {
    const conditions = textAt(trigger, 'template', 'conditions') ?? '';
    const unknown = [...new Set(namesIn(conditions))].filter((name) => !known.includes(name));
    return unknown.map((name): DiagnosticOf<'event-route-dead'> => {
      const candidates = nearest(name, known);
      const path = ['spec', 'triggers', index, 'template', 'conditions'];
      return diagnose(eventRouteDead, {
        about: `${sensor.id}|${textAt(trigger, 'template', 'name') ?? index}|${name}`,
        message: `\`${platform.referenceOf(sensor)}\` fires trigger \`${textAt(trigger, 'template', 'name') ?? index}\` on \`${name}\`, which is none of its dependencies`,
        sources: [
          sourceOf(platform, sensor, 'waits', path),
          sourceOf(platform, sensor, 'nearest', ['spec', 'dependencies']),
        ],
        expected: `a dependency named \`${name}\``,
        actual: known.length > 0 ? `dependencies: ${known.slice(0, 12).join(', ')}` : 'no dependencies',
        candidates,
        help: suggestion(candidates) ?? 'declare the dependency, or drop it from the condition',
      });
    });
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

function withoutSource(platform: Platform): DiagnosticOf<'event-route-dead'>[] {
  const { events } = platform.model;
  const given = events.filter((route) => route.source !== null && route.type !== null);
  const seen = new Set<string>();
  return events.flatMap((route) => {
    if (route.sensor === null || (route.source !== null && route.type !== null)) return [];
    const namespace = platform.resource(route.sensor)?.namespace ?? null;
    if (route.source === null && isElsewhere(route.sourceName, namespace, platform)) return [];
    const key = `${route.sensor}|${route.dependency}|${route.sourceName}.${route.event}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const sensor = platform.resource(route.sensor);
    const name = `${route.sourceName}.${route.event}`;
    const known = [...new Set(given.map((one) => `${one.sourceName}.${one.event}`))];
    const candidates = nearest(name, known);
    const near = given.find((one) => `${one.sourceName}.${one.event}` === candidates[0]);
    const source = near?.source ? platform.resource(near.source) : undefined;
    return [
      diagnose(eventRouteDead, {
        about: key,
        message: `\`${sensor ? platform.referenceOf(sensor) : route.sensor}\` waits for event \`${route.event}\` of source \`${route.sourceName}\`, which ${
          route.source === null ? 'no manifest declares' : 'gives no such event'
        }`,
        sources: [
          {
            ...route.origin,
            resource: sensor ? platform.referenceOf(sensor) : null,
            path: null,
            role: 'waits',
            via: [],
          },
          ...(source ? [sourceOf(platform, source, 'nearest', ['spec'])] : []),
        ],
        expected: `an EventSource \`${route.sourceName}\` with an event \`${route.event}\``,
        actual: known.length > 0 ? `events given: ${known.slice(0, 12).join(', ')}` : 'no event sources',
        candidates,
        help: suggestion(candidates) ?? 'declare the event, or drop the dependency',
      }),
    ];
  });
}
