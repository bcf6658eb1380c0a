/** What the platform brings to each cluster that it deploys to. */
import { oncePer } from '../base/index.ts';
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
  const add = (cluster: string, apis: readonly string[]): void => {
    if (apis.length === 0) return;
    const own = served.get(cluster) ?? new Set();
    for (const api of apis) own.add(api);
    served.set(cluster, own);
  };
  for (const { cluster, deployment } of found.deployers) add(cluster, apisOfAll(deployment.objects));
  const isBootstrap = (file: string): boolean => layerOf(file, config) === 'bootstrap';
  for (const build of roots)
    if (!build.failed && isBootstrap(`${build.directory}/`)) add(inClusterName, apisOfAll(build.objects));
  for (const { value, origin } of plain) {
    const apis = apisOf(value);
    if (apis.length > 0 && isBootstrap(origin.file)) add(inClusterName, apis);
  }
  add(inClusterName, apisOfAll(applied));
  return served;
}

const apisOfAll = oncePer((objects: readonly Pick<DeployedObject, 'value'>[]) =>
  objects.flatMap(({ value }) => apisOf(value)),
);
