/** What deploys a resource, and where to. */
import { at, textAt } from '../base/index.ts';
import type { Created } from './create-resources.ts';
import type { Resource } from './types.ts';

/** The Application of each resource, which a name alone does not tell: two namespaces may have one of it. */
export function deployers({ ofDeployer, resourceOf }: Pick<Created, 'ofDeployer' | 'resourceOf'>): {
  deployerOf(resource: Resource): Resource | undefined;
} {
  const owners = new Map<Resource, Resource>();
  for (const [index, resources] of ofDeployer) {
    const owner = resourceOf.get(index);
    for (const resource of resources) if (owner) owners.set(resource, owner);
  }
  return { deployerOf: (resource) => owners.get(resource) };
}

/** The cluster that a resource goes to: bootstrap and in-cluster destinations are the same one. */
export function clusterOf(application: Resource | undefined): string {
  if (application === undefined) return 'in-cluster';
  const destination = at(application.rendered, 'spec', 'destination');
  const server = textAt(destination, 'server') || textAt(destination, 'name') || '';
  return server === 'https://kubernetes.default.svc' ? 'in-cluster' : server;
}
