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

/** Pairs of a Service and a workload of its namespace. */
export function selectedBy(
  resources: readonly Resource[],
  services: readonly Resource[],
): [Resource, Resource][] {
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
  const pairs: [Resource, Resource][] = [];
  for (const service of services) {
    const selector = Object.entries(textsOf(objectAt(service.rendered, 'spec', 'selector')));
    const [first] = selector;
    if (!first) continue;
    for (const workload of byLabel.get(labelKey(service.namespace, first[0], first[1])) ?? []) {
      const own = labels.get(workload) ?? {};
      if (selector.every(([key, value]) => own[key] === value)) pairs.push([service, workload]);
    }
  }
  return pairs;
}

function labelKey(namespace: string | null, key: string, value: string): string {
  return `${namespace ?? ''}|${key}=${value}`;
}
