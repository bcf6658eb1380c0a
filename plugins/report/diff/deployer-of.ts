import type { ChangeSide } from '../../engine/index.ts';

/** What deploys something, in its own words; null where nothing does. */
export function deployerOf(
  side: Pick<ChangeSide, 'application' | 'kustomization' | 'helmRelease'> | null,
): { kind: string; name: string } | null {
  const { application = null, kustomization = null, helmRelease = null } = side ?? {};
  if (application !== null) return { kind: 'application', name: application };
  if (kustomization !== null) return { kind: 'Kustomization', name: kustomization };
  return helmRelease === null ? null : { kind: 'HelmRelease', name: helmRelease };
}
