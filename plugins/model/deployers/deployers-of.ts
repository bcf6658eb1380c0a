import type { Deployer, Model } from '../types.ts';

/** Everything of the platform that deploys something. */
export function deployersOf({ applications, kustomizations, helmReleases }: Deployers): Deployer[] {
  return [...applications, ...kustomizations, ...helmReleases];
}

/** What deploys into a namespace: what says that it does, and what has something there. */
export function deployersInto(namespace: string, model: Pick<Model, 'resources'> & Deployers): Deployer[] {
  const there = model.resources.filter((one) => one.namespace === namespace);
  const known = new Set(there.map(({ deployer }) => deployer));
  return deployersOf(model).filter(
    ({ id, destination }) => destination.namespace === namespace || known.has(id),
  );
}

/** The kind of a deployer. */
export function deployerKind({ kind }: Deployer): 'Application' | 'Kustomization' | 'HelmRelease' {
  return kind ?? 'Application';
}

type Deployers = Pick<Model, 'applications' | 'kustomizations' | 'helmReleases'>;
