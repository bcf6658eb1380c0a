import type { Deployer, Model } from '../types.ts';

/** Everything of the platform that deploys something. */
export function deployersOf({ applications, kustomizations, helmReleases }: Deployers): Deployer[] {
  return [...applications, ...kustomizations, ...helmReleases];
}

/** The kind of a deployer. */
export function deployerKind({ kind }: Deployer): 'Application' | 'Kustomization' | 'HelmRelease' {
  return kind ?? 'Application';
}

type Deployers = Pick<Model, 'applications' | 'kustomizations' | 'helmReleases'>;
