/** Levels and versions of the Pod Security Standards. Source: k8s.io/pod-security-admission. */
import { baselineChecks } from './baseline-checks.ts';
import type { Check, Fault } from './check.ts';
import type { PodView } from './pod-view.ts';
import { restrictedChecks } from './restricted-checks.ts';

/**
 * Minor version of `v1.25`; infinite for `latest` and where nothing is said. Null for what is neither: the
 * API server takes the latest then, Kyverno reports an error.
 */
export function parseVersion(text: string | undefined): number | null {
  if (text === undefined || text === '' || text === 'latest') return Number.POSITIVE_INFINITY;
  const found = /^v1\.(0|[1-9]\d{0,3})$/.exec(text);
  return found ? Number(found[1]) : null;
}

export type Level = 'privileged' | 'baseline' | 'restricted';

export interface Violation {
  check: Check;
  faults: Fault[];
}

/** What the API server finds wrong in a Pod, of the checks of a level and a minor version of Kubernetes. */
export function violationsOf(pod: PodView, level: Level, version: number): Violation[] {
  if (level === 'privileged') return [];
  const stricter =
    level === 'restricted'
      ? restrictedChecks.filter((check) => check.versions.some(({ since }) => since <= version))
      : [];
  const overridden = new Set(stricter.flatMap(({ overrides = [] }) => overrides));
  const checks = [...baselineChecks.filter(({ id }) => !overridden.has(id)), ...stricter];
  return checks.flatMap((check) => {
    const inForce = check.versions.findLast(({ since }) => since <= version);
    const faults = inForce?.faults(pod) ?? [];
    return faults.length > 0 ? [{ check, faults }] : [];
  });
}

/** `privileged (spec.template.spec.containers[0].securityContext.privileged is true)`. */
export function violationWords({ check, faults }: Violation, path: readonly string[]): string {
  const places = faults.map(({ field, value }) => {
    const where = [...path, field].join('.');
    if (value === null || value === 'nil') return `${where} is not set`;
    return value === ''
      ? `${where} is set`
      : `${where} is ${Array.isArray(value) ? value.join(', ') : value}`;
  });
  return `${check.says} (${places.join(', ')})`;
}
