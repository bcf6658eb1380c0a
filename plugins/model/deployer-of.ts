/** What deploys a resource, and where to. */
import { at, textAt } from '../base/index.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { Resource } from './types.ts';

/** What deploys a resource. */
export function deployerOf(
  { deployer }: Resource,
  { byId }: Pick<ResourceIndex, 'byId'>,
): Resource | undefined {
  return deployer === null ? undefined : byId(deployer);
}

/** The cluster that a resource goes to: bootstrap and in-cluster destinations are the same one. */
export function clusterOf(application: Resource | undefined): string {
  if (application === undefined) return 'in-cluster';
  const destination = at(application.rendered, 'spec', 'destination');
  const server = textAt(destination, 'server') || textAt(destination, 'name') || '';
  return server === 'https://kubernetes.default.svc' ? 'in-cluster' : server;
}
