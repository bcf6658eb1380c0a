/** What a resource is made of. */
import type { Exclusions } from './argocd/sync/exclusions.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import type { Scopes } from './scope.ts';
import type { Resource } from './types.ts';

/** An object, once for each that deploys it. */
export interface Entry {
  object: DeployedObject;
  /** Index of what deploys it. */
  deployer: number | null;
  applied: 'deployer' | 'build' | 'file';
  /** What it gives of the same identity before: Argo CD keeps the last alone. */
  earlier?: DeployedObject[];
  /** What became of it when it was looked at last. */
  placed?: Placed;
}

/** Where an object comes to be. */
export interface Placed extends Pick<Resource, 'id' | 'namespace' | 'layer' | 'stack'> {
  owner: Owner | undefined;
  isNamespaced: Scopes;
  /** What was made of it there. */
  resource?: Resource;
}

export interface Owner
  extends Pick<Resource, 'name' | 'namespace' | 'stack' | 'application' | 'kustomization' | 'helmRelease'> {
  key: string;
  isFlux: boolean;
  excludes: ReturnType<Exclusions>;
}
