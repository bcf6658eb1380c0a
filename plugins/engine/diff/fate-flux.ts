/**
 * What becomes in the cluster of an object of Flux that a change takes out of Git. Source:
 * kustomize-controller `internal/controller/kustomization_controller.go` prune and finalize; helm-controller
 * reconcileDelete; Helm `pkg/kube` Client.Update.
 */
import { textAt } from '../../base/index.ts';
import { type HelmRelease, type Kustomization, keptBecause, type Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Fate } from './types.ts';

/** The Kustomization or HelmRelease of Flux that deploys it; undefined where none does. */
export function fluxDeployerOf(
  { deployer }: Pick<Resource, 'deployer'>,
  { model }: Platform,
): FluxDeployer | undefined {
  return [...model.kustomizations, ...model.helmReleases].find(({ id }) => id === deployer);
}

/** The object leaves a deployer that stays. */
export function leavesFlux(resource: Resource, deployer: FluxDeployer): Fate {
  const reason = keptBy(resource, deployer);
  if (reason !== null) return { outcome: 'stays', because: reason };
  const name = `${deployer.kind} ${deployer.name}`;
  if (deployer.suspend)
    return { outcome: 'waits', because: `${name} is suspended: it goes when that is resumed` };
  if (deployer.kind === 'HelmRelease')
    return { outcome: 'pruned', because: `the upgrade of ${name} removes what its chart no longer holds` };
  return deployer.prune
    ? { outcome: 'pruned', because: `${name} says prune: true` }
    : { outcome: 'stays', because: `${name} does not say prune: true` };
}

/**
 * The object leaves with its deployer, whose finalizer decides.
 *
 * @param own of the object that the deployer is; null where it is not followed any further.
 */
export function leavesWithFlux(
  resource: Resource,
  deployer: FluxDeployer,
  own: Fate | null,
  base: Platform,
): Fate {
  const name = `${deployer.kind} ${deployer.name}`;
  if (own === null || !['pruned', 'deleted'].includes(own.outcome))
    return {
      outcome: own?.outcome ?? 'stays',
      because: `${name} is no longer in Git: ${own?.because ?? 'nothing removes it'}`,
    };
  const reason = keptBy(resource, deployer);
  if (reason !== null) return { outcome: 'stays', because: `${name} is deleted, and ${reason} keeps it` };
  if (deployer.suspend)
    return { outcome: 'stays', because: `${name} is deleted while suspended: what it deployed stays` };
  if (deployer.kind === 'HelmRelease')
    return { outcome: 'deleted', because: `${name} is deleted, and its release is uninstalled` };
  const policy = textAt(base.resource(deployer.id)?.rendered, 'spec', 'deletionPolicy') ?? 'MirrorPrune';
  const deletes = policy === 'MirrorPrune' ? deployer.prune : /^(?:Delete|WaitForTermination)$/.test(policy);
  const says = policy === 'MirrorPrune' ? `prune: ${deployer.prune}` : `deletionPolicy: ${policy}`;
  return { outcome: deletes ? 'deleted' : 'stays', because: `${name} is deleted, and says ${says}` };
}

/** What the object says itself that keeps it; null where it goes. */
function keptBy({ annotations, labels, kind, origin }: Resource, deployer: FluxDeployer): string | null {
  if (deployer.kind === 'HelmRelease') {
    if (annotations['helm.sh/resource-policy'] === 'keep') return 'helm.sh/resource-policy: keep';
    if (annotations['helm.sh/hook'] !== undefined) return 'helm.sh/hook';
    return kind === 'CustomResourceDefinition' && /(?:^|\/)crds\//.test(origin.file) ? 'crds/' : null;
  }
  return keptBecause({ annotations, labels });
}

type FluxDeployer = Kustomization | HelmRelease;
