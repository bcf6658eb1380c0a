import { type JsonObject, textAt } from '../../base/index.ts';

/**
 * Flux's controllers deploy to the cluster that they run in, unless a kubeconfig says otherwise: the same
 * one for all that one root deploys.
 */
export function fluxCluster(value: JsonObject, root: string): string {
  const named =
    textAt(value, 'spec', 'kubeConfig', 'secretRef', 'name') ??
    textAt(value, 'spec', 'kubeConfig', 'configMapRef', 'name');
  return named === undefined ? `flux ${root}` : `flux ${root} ${named}`;
}
