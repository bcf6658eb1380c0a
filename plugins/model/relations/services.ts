/** Service → workloads whose Pods it selects. */
import { objectAt } from '../../base/index.ts';
import { textsOf } from '../identity.ts';
import type { Resource } from '../types.ts';

const workloads = new Set([
  'DaemonSet',
  'Deployment',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
  'StatefulSet',
]);

/** The workloads that a Service selects, of its namespace. They are looked for when they are asked for. */
export function selectedBy(
  resources: readonly Resource[],
  services: readonly Resource[],
): Map<Resource, { most: number; workloads: () => Resource[] }> {
  const byLabel = new Map<string, Resource[]>();
  const labels = new Map<Resource, Record<string, string>>();
  for (const resource of resources) {
    if (!workloads.has(resource.kind)) continue;
    const own =
      resource.kind === 'Pod'
        ? resource.labels
        : textsOf(objectAt(resource.rendered, 'spec', 'template', 'metadata', 'labels'));
    labels.set(resource, own);
    for (const [key, value] of Object.entries(own)) {
      const at = labelKey(resource.namespace, key, value);
      const list = byLabel.get(at);
      if (list) list.push(resource);
      else byLabel.set(at, [resource]);
    }
  }
  const selected = new Map<Resource, { most: number; workloads: () => Resource[] }>();
  for (const service of services) {
    const selector = Object.entries(textsOf(objectAt(service.rendered, 'spec', 'selector')));
    const [first] = selector;
    if (!first) continue;
    const likely = byLabel.get(labelKey(service.namespace, first[0], first[1])) ?? [];
    const isSelected = (workload: Resource) => {
      const own = labels.get(workload) ?? {};
      return selector.every(([key, value]) => own[key] === value);
    };
    selected.set(service, { most: likely.length, workloads: () => likely.filter(isSelected) });
  }
  return selected;
}

function labelKey(namespace: string | null, key: string, value: string): string {
  return `${namespace ?? ''}|${key}=${value}`;
}
