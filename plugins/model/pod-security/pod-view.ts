import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';

/** A Pod, or the template of one, as the checks look at it. */
export interface PodView {
  annotations: JsonObject;
  spec: JsonObject;
  /** Init containers first, ephemeral ones last. */
  containers: Container[];
}

export interface Container {
  /** `spec.initContainers[0]` */
  path: string;
  name: string;
  image: string;
  value: JsonObject;
}

export function podView(metadata: JsonObject, spec: JsonObject): PodView {
  return { annotations: objectAt(metadata, 'annotations'), spec, containers: containersOf(spec) };
}

function containersOf(spec: JsonObject): Container[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((key) =>
    listAt(spec, key).flatMap((value, index): Container[] =>
      isObject(value)
        ? [
            {
              path: `spec.${key}[${index}]`,
              name: textAt(value, 'name') ?? '',
              image: textAt(value, 'image') ?? '',
              value,
            },
          ]
        : [],
    ),
  );
}

/** Where the Pod of a workload is written: `spec.template` of a Deployment. Null for what makes none. */
export function templatePath(kind: string): string[] | null {
  if (kind === 'Pod') return [];
  if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template'];
  return workloads.has(kind) ? ['spec', 'template'] : null;
}

const workloads = new Set([
  'DaemonSet',
  'Deployment',
  'Job',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);
