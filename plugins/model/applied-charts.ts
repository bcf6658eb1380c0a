/** Charts that somebody applies by hand or by a script, and that the configuration names. */

import { posix } from 'node:path';
import { type HelmRequest, noAnswers, requestKey, type SourceRequest } from '../render/index.ts';
import { type Applied, type Config, type Place, type Unverified, unverifiedChart } from '../source/index.ts';
import { inClusterName } from './argocd/projects/destinations.ts';
import type { DeployedObject, DeploymentContext } from './deployers/deployment-types.ts';

/**
 * What Helm makes of the charts under `deploy` of the configuration: objects that nothing in the repository
 * deploys, and that may deploy all the rest. One that was not rendered yet is asked for.
 */
export function appliedCharts({ config, sources, clusters, ask }: Asking): AppliedCharts {
  const unverified: Unverified[] = [];
  const objects = (config.deploy ?? []).flatMap((applied) => {
    const file = posix.join(applied.path, 'Chart.yaml');
    // Kustomizations and plain manifests are read wherever they lie.
    if (!sources.files.has(file)) return [];
    const origin: Place = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const request = requestOf(applied, origin, clusters);
    const built = ask(requestKey(request), request);
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

function requestOf(
  { path, namespace, values }: Applied,
  origin: Place,
  clusters: DeploymentContext['clusters'],
): SourceRequest {
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

interface Asking extends Pick<DeploymentContext, 'sources' | 'clusters' | 'ask'> {
  config: Config;
}
