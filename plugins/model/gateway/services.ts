/**
 * Services → workloads: by the labels of their Pods, and by the ports of their containers (core/v1/types.go,
 * ServiceSpec; kubernetes, endpointslice utils, FindPort).
 */
import { isObject, type JsonObject, listAt, objectAt, oncePer, textAt } from '../../base/index.ts';
import { textsOf } from '../identity.ts';
import { type NetworkObject, numberAt } from './objects.ts';

/** Where a kind keeps the template of its Pods. */
const templates: Record<string, string[]> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  Pod: [],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** The Pod template of a workload (metadata and spec); undefined for other kinds. */
export const podOf = oncePer(
  ({ kind, rendered }: Pick<NetworkObject, 'kind' | 'rendered'>): JsonObject | undefined => {
    const path = Object.hasOwn(templates, kind) ? templates[kind] : undefined;
    return path === undefined ? undefined : objectAt(rendered, ...path);
  },
);

export function podLabels(pod: JsonObject): Record<string, string> {
  return textsOf(objectAt(pod, 'metadata', 'labels'));
}

/** What it selects by; null where its endpoints come from elsewhere. */
export function selectorOf({ rendered }: Pick<NetworkObject, 'rendered'>): [string, string][] | null {
  if (textAt(rendered, 'spec', 'type') === 'ExternalName') return null;
  const selector = Object.entries(textsOf(objectAt(rendered, 'spec', 'selector')));
  return selector.length === 0 ? null : selector;
}

export function isSelected(selector: readonly [string, string][], labels: Record<string, string>): boolean {
  return selector.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

/** Of each port of a Service the container port that answers; null where a workload has no endpoint on it. */
export function endpointPorts(service: NetworkObject, pod: JsonObject): EndpointPort[] {
  return listAt(service.rendered, 'spec', 'ports')
    .filter(isObject)
    .map((port) => {
      const number = numberAt(port, 'port') ?? null;
      const target = port.targetPort ?? number;
      const protocol = textAt(port, 'protocol') ?? 'TCP';
      const name = textAt(port, 'name') ?? null;
      if (typeof target === 'number')
        return { name, number, target, container: holderOf(pod, target, protocol) };
      const found = typeof target === 'string' ? namedPort(pod, target, protocol) : null;
      return { name, number, target: found?.target ?? null, container: found?.container ?? null };
    });
}

/** Containers first, then init containers that go on running beside them. */
function containersOf(pod: JsonObject): JsonObject[] {
  const sidecars = listAt(pod, 'spec', 'initContainers').filter(
    (one) => textAt(one, 'restartPolicy') === 'Always',
  );
  return [...listAt(pod, 'spec', 'containers'), ...sidecars].filter(isObject);
}

function namedPort(
  pod: JsonObject,
  name: string,
  protocol: string,
): { target: number; container: string | null } | null {
  for (const container of containersOf(pod)) {
    for (const port of listAt(container, 'ports')) {
      if (textAt(port, 'name') !== name || (textAt(port, 'protocol') ?? 'TCP') !== protocol) continue;
      const target = numberAt(port, 'containerPort');
      if (target !== undefined) return { target, container: textAt(container, 'name') ?? null };
    }
  }
  return null;
}

/** A number is taken as it is, whether or not a container declares it. */
function holderOf(pod: JsonObject, target: number, protocol: string): string | null {
  const holder = containersOf(pod).find((container) =>
    listAt(container, 'ports').some(
      (port) =>
        numberAt(port, 'containerPort') === target && (textAt(port, 'protocol') ?? 'TCP') === protocol,
    ),
  );
  return textAt(holder, 'name') ?? null;
}

export interface EndpointPort {
  /** The Service's name and number of it. */
  name: string | null;
  number: number | null;
  /** The container port. */
  target: number | null;
  /** The container that declares it; null where none does. */
  container: string | null;
}
