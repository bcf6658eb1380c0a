/**
 * How Kyverno holds the Pod Security Standards to a Pod and what its rules exempt from them. Source:
 * `pkg/pss/evaluate.go` of kyverno.
 */
import { type JsonObject, textAt, textsAt } from '../../../base/index.ts';
import { baselineChecks } from '../../pod-security/baseline-checks.ts';
import type { Fault } from '../../pod-security/check.ts';
import type { Level, Violation } from '../../pod-security/evaluate-pod.ts';
import { type Container, type PodView, podView } from '../../pod-security/pod-view.ts';
import { restrictedChecks } from '../../pod-security/restricted-checks.ts';
import { wildcard } from '../wildcard.ts';

/**
 * Unlike the API server, Kyverno asks every check of the level, also those that are overridden by stricter
 * ones or younger than the version: of those the oldest form. It knows the standards as of Kubernetes 1.34.
 */
export function kyvernoViolations(pod: PodView, level: Level, version: number): Violation[] {
  const checks = level === 'restricted' ? [...baselineChecks, ...restrictedChecks] : baselineChecks;
  return checks.flatMap((check) => {
    const known = check.versions.filter(({ since }) => since <= newest);
    const inForce = known.findLast(({ since }) => since <= version) ?? known[0];
    const faults = inForce?.faults(pod) ?? [];
    return faults.length > 0 ? [{ check, faults }] : [];
  });
}

/** Minor version of Kubernetes whose checks Kyverno has. */
const newest = 34;

/** What is left of the violations where the rule excludes a control. */
export function exempted(
  found: readonly Violation[],
  exclude: JsonObject,
  pod: PodView,
  level: Level,
  version: number,
): Violation[] {
  const images = textsAt(exclude, 'images');
  const isOfContainers = images.length > 0;
  const part = isOfContainers ? matching(pod, images) : withoutContainers(pod);
  const excused = kyvernoViolations(part, level, version).filter(
    ({ check }) => check.control !== null && check.control === textAt(exclude, 'controlName'),
  );
  return found.flatMap((violation): Violation[] => {
    const faults = [...violation.faults];
    const same = excused.find(({ check }) => check.id === violation.check.id);
    for (const fault of same?.faults ?? []) {
      if (!isExcused(fault, exclude)) continue;
      const at = faults.findIndex((one) => isSame(one, fault, pod, part, isOfContainers));
      if (at >= 0) faults.splice(at, 1);
    }
    return faults.length === 0 ? [] : [{ ...violation, faults }];
  });
}

/** Its field is the one that is excluded, and what stands there is one of the values, if any are named. */
function isExcused({ field, value }: Fault, exclude: JsonObject): boolean {
  const restricted = textAt(exclude, 'restrictedField') ?? '';
  if (restricted !== '' && restricted !== general(field)) return false;
  const allowed = textsAt(exclude, 'values');
  if (allowed.length === 0) return true;
  const written = value === null || value === '' ? [] : Array.isArray(value) ? value : [String(value)];
  return written.every((one) => allowed.some((pattern) => wildcard(pattern, one)));
}

function isSame(one: Fault, other: Fault, pod: PodView, part: PodView, isOfContainers: boolean): boolean {
  if (general(one.field) !== general(other.field)) return false;
  const [left, right] = [containerOf(one, pod), containerOf(other, part)];
  return !isOfContainers || left === undefined || left.name === right?.name;
}

function containerOf({ field }: Fault, pod: PodView): Container | undefined {
  return pod.containers.find(({ path }) => field.startsWith(`${path}.`));
}

/** `spec.containers[*].ports[*].hostPort` */
function general(field: string): string {
  return field.replaceAll(/\d+/g, '*');
}

/** What the Pod itself says, beside a container that says nothing. */
function withoutContainers(pod: PodView): PodView {
  const { initContainers: _, ephemeralContainers: __, ...spec } = pod.spec;
  const made = podView({}, { ...spec, containers: [{ name: 'fake' }] });
  return { ...made, annotations: pod.annotations };
}

/** The containers of these images, without what the Pod says; they keep the order of each list. */
function matching(pod: PodView, images: readonly string[]): PodView {
  const lists: Record<string, JsonObject[]> = {};
  for (const { path, image, value } of pod.containers) {
    const key = /\.(\w+)\[/.exec(path)?.[1] ?? 'containers';
    if (images.some((pattern) => wildcard(pattern, image))) lists[key] = [...(lists[key] ?? []), value];
  }
  return podView({}, lists);
}
