import { at, type JsonObject, objectAt } from '../../base/index.ts';
import type { Container, PodView } from './pod-view.ts';

/** One of the Pod Security Standards' controls, as it was from each version on. */
export interface Check {
  /** As k8s.io/pod-security-admission calls it. */
  id: string;
  /** As the Pod Security Standards call it; null for what they do not name yet. */
  control: string | null;
  /** What is wrong, in few words. */
  says: string;
  /** The oldest first. */
  versions: { /** Minor version of Kubernetes. */ since: number; faults(pod: PodView): Fault[] }[];
  /** Checks of `baseline` that it makes needless. */
  overrides?: string[];
}

export interface Fault {
  /** `spec.containers[0].securityContext.privileged` */
  field: string;
  /** What stands there; null where something should. */
  value: string | number | boolean | string[] | null;
}

/** What is wrong in each container, with the field from the container on. */
export function inContainers(pod: PodView, faults: (container: Container) => Fault[]): Fault[] {
  return pod.containers.flatMap((container) =>
    faults(container).map(({ field, value }) => ({ field: `${container.path}.${field}`, value })),
  );
}

/** What is wrong in each security context, with the field from there on: the Pod's, and each container's. */
export function inPodAndContainers(pod: PodView, faults: (context: JsonObject) => Fault[]): Fault[] {
  const own = (
    at(pod.spec, 'securityContext') === undefined ? [] : faults(objectAt(pod.spec, 'securityContext'))
  ).map(({ field, value }) => ({ field: `spec.securityContext.${field}`, value }));
  const inside = inContainers(pod, ({ value }) =>
    faults(objectAt(value, 'securityContext')).map((fault) => ({
      field: `securityContext.${fault.field}`,
      value: fault.value,
    })),
  );
  return [...own, ...inside];
}
