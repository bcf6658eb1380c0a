/** What the platform brings to each cluster that it deploys to. */
import type { Config } from '../source/index.ts';
import { inClusterName } from './argocd/projects/destinations.ts';
import { layerOf } from './collect-entries.ts';
import { apisOf } from './deployers/clusters.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import type { Found } from './find-deployers.ts';

/**
 * The APIs of what is deployed, by cluster; what is bootstrapped by hand is brought to the one that Argo CD
 * runs in. What nobody deploys may never come to a cluster, and counts for none.
 */
export function servedApis(
  { found, roots, plain, applied }: Found,
  config: Config,
): Map<string, Set<string>> {
  const served = new Map<string, Set<string>>();
  const add = (cluster: string, { value }: Pick<DeployedObject, 'value'>): void => {
    const apis = apisOf(value);
    if (apis.length === 0) return;
    const own = served.get(cluster) ?? new Set();
    for (const api of apis) own.add(api);
    served.set(cluster, own);
  };
  for (const { cluster, deployment } of found.deployers)
    for (const object of deployment.objects) add(cluster, object);
  const isBootstrap = (file: string): boolean => layerOf(file, config) === 'bootstrap';
  for (const build of roots)
    if (!build.failed && isBootstrap(`${build.directory}/`))
      for (const object of build.objects) add(inClusterName, object);
  for (const object of [...plain.filter(({ origin }) => isBootstrap(origin.file)), ...applied])
    add(inClusterName, object);
  return served;
}
