/** Charts that somebody applies by hand or by a script, and that the configuration names. */

import { posix } from 'node:path';
import {
  type HelmRequest,
  noAnswers,
  type Rendered,
  requestKey,
  type SourceRequest,
} from '../render/index.ts';
import {
  type Applied,
  type Config,
  type Place,
  type Sources,
  type Unverified,
  unverifiedChart,
} from '../source/index.ts';
import { inClusterName } from './argocd/projects/destinations.ts';
import type { Clusters } from './deployers/clusters.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';

/**
 * What Helm makes of the charts under `deploy` of the configuration: objects that nothing in the repository
 * deploys, and that may deploy all the rest. One that was not rendered yet is asked for.
 */
export function appliedCharts({
  config,
  sources,
  rendered,
  clusters,
  requests,
  asked,
}: Asking): AppliedCharts {
  const unverified: Unverified[] = [];
  const objects = (config.deploy ?? []).flatMap((applied) => {
    const file = posix.join(applied.path, 'Chart.yaml');
    // Kustomizations and plain manifests are read wherever they lie.
    if (!sources.files.has(file)) return [];
    const origin: Place = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const request = requestOf(applied, origin, clusters);
    const key = requestKey(request);
    asked.add(key);
    const built = rendered.sourceBuilds.get(key);
    if (built === undefined) requests.set(key, request);
    unverified.push(...(built?.unverified ?? []));
    if (built === undefined || built.failure !== null)
      unverified.push(unverifiedChart({ directory: applied.path }, 'Helm does not render it', origin));
    const step = { file, line: 1, what: 'applied as the configuration says' };
    return (built?.objects ?? []).map(
      ({ value, origin: from }): DeployedObject => ({
        value,
        origin: { ...from, via: [step, ...from.via] },
        kustomized: true,
        engine: 'helm',
      }),
    );
  });
  return { objects, unverified };
}

function requestOf({ path, namespace, values }: Applied, origin: Place, clusters: Clusters): SourceRequest {
  const request: HelmRequest = {
    type: 'Helm',
    origin,
    directory: path,
    release: posix.basename(path),
    namespace,
    packed: null,
    valueFiles: values,
    values: null,
    parameters: [],
    fileParameters: [],
    skipCrds: false,
    skipTests: false,
    skipSchemaValidation: false,
    cluster: noAnswers,
    installed: true,
  };
  return { ...request, cluster: clusters.answer(inClusterName, clusters.asked.ofChart(request)) };
}

export interface AppliedCharts {
  objects: DeployedObject[];
  unverified: Unverified[];
}

interface Asking {
  config: Config;
  sources: Sources;
  rendered: Rendered;
  clusters: Clusters;
  requests: Map<string, SourceRequest>;
  asked: Set<string>;
}
