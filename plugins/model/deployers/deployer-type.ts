import type { JsonObject } from '../../base/index.ts';
import type { Place } from '../../source/index.ts';
import type { DeployerKind } from '../types.ts';
import type { Clusters } from './clusters.ts';
import type { Deployment, DeploymentContext } from './deployment-types.ts';

/** All that the search for deployments must know of a kind of resource that deploys others. */
export interface DeployerType {
  kind: DeployerKind;
  group: string;
  /**
   * True where a manifest that two deploy is two deployers, as of several clusters in one repository; else it
   * is taken once.
   */
  perDeployer: boolean;
  /** What a resource of the kind deploys. `origin` is its spec. */
  deploymentOf(value: JsonObject, origin: Place, context: DeploymentContext): Deployment;
  /**
   * The cluster that it deploys to, under a name that two have in common only where it is the same one.
   * @param root what deploys it in the end, where it is not applied by hand.
   */
  clusterOf(value: JsonObject, root: string, clusters: Clusters): string;
  /** Where what says no namespace itself goes. */
  namespaceOf(value: JsonObject): string | null;
}
