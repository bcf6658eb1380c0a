/** Service → workloads whose Pods it selects. */
import { addTo } from '../../base/index.ts';
import { isSelected, podLabels, podOf, selectorOf } from '../gateway/services.ts';
import type { Resource } from '../types.ts';

/** The workloads that a Service selects, of its namespace. They are looked for when they are asked for. */
export function selectedBy(
  resources: readonly Resource[],
  services: readonly Resource[],
): Map<Resource, { most: number; workloads: () => Resource[] }> {
  const byLabel = new Map<string, Resource[]>();
  const labels = new Map<Resource, Record<string, string>>();
  for (const resource of resources) {
    const pod = podOf(resource);
    if (pod === undefined) continue;
    const own = resource.kind === 'Pod' ? resource.labels : podLabels(pod);
    labels.set(resource, own);
    for (const [key, value] of Object.entries(own))
      addTo(byLabel, labelKey(resource.namespace, key, value), resource);
  }
  const selected = new Map<Resource, { most: number; workloads: () => Resource[] }>();
  for (const service of services) {
    const selector = selectorOf(service);
    const [first] = selector ?? [];
    if (selector === null || !first) continue;
    const likely = byLabel.get(labelKey(service.namespace, first[0], first[1])) ?? [];
    const isOwn = (workload: Resource) => isSelected(selector, labels.get(workload) ?? {});
    selected.set(service, { most: likely.length, workloads: () => likely.filter(isOwn) });
  }
  return selected;
}

function labelKey(namespace: string | null, key: string, value: string): string {
  return `${namespace ?? ''}|${key}=${value}`;
}
