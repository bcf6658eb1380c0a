/** Levels and versions of the Pod Security Standards. Source: k8s.io/pod-security-admission. */
import type { Check, Fault } from './check.ts';

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
