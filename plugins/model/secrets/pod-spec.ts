/** The Pod that a workload makes. */
import { at, isObject, type JsonObject, type JsonPath, oncePer } from '../../base/index.ts';
import { textsOf } from '../identity.ts';
import type { Manifest } from './objects.ts';

/** Null for what makes no Pods. A Rollout and others that have a Pod template count as workloads. */
export const podSpecOf = oncePer(
  ({ rendered, kind, group }: Pick<Manifest, 'rendered' | 'kind' | 'group'>): PodTemplate | null => {
    const path = pathOf(group, kind);
    const spec = at(rendered, ...path, 'spec');
    if (!isObject(spec) || !Array.isArray(spec.containers)) return null;
    return {
      spec,
      path: [...path, 'spec'],
      annotations: textsOf(at(rendered, ...path, 'metadata', 'annotations')),
    };
  },
);

function pathOf(group: string, kind: string): JsonPath {
  if (group === '' && kind === 'Pod') return [];
  if (group === 'batch' && kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template'];
  return ['spec', 'template'];
}

export interface PodTemplate {
  spec: JsonObject;
  /** Where it stands in the manifest. */
  path: JsonPath;
  annotations: Record<string, string>;
}
