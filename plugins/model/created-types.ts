/** What resources are created of, and what is known of them besides. */
import type { Exclusions } from './argocd/sync/exclusions.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import type { FoundDeployer, FoundSet } from './deployers/discover.ts';
import type { Entry } from './entry-types.ts';
import type { Surroundings } from './make-resource.ts';
import type { Resource } from './types.ts';

export interface ResourcesInput extends Surroundings {
  /** What is deployed first; then bootstrap's builds, other builds, plain files. */
  entries: readonly Entry[];
  deployers: readonly FoundDeployer[];
  sets: readonly FoundSet[];
  exclusions: Exclusions;
  /** Resources of the same repository as they were before, by their ids. */
  before: ((id: string) => Resource | undefined) | undefined;
}
export interface Created {
  resources: Resource[];
  /** By the key of the object that each was made from. */
  byKey: Map<string, Resource>;
  /** Id of each ApplicationSet, by its key. */
  setIds: Map<string, string>;
  /** What each deployer deploys, by its index. */
  ofDeployer: Map<number, Resource[]>;
  /** Each deployer's own resource, by its index. */
  resourceOf: Map<number, Resource>;
  /** Resources that share an identity, applied ones alone. */
  repeated: Resource[][];
  /** What one deployer gives more than once, with what it gave before. */
  again: { resource: Resource; earlier: DeployedObject[] }[];
  /** What an application renders and Argo CD leaves out of every sync. */
  excluded: Excluded[];
}
export interface Excluded {
  resource: Resource;
  /** Name of the application. */
  application: string;
}
