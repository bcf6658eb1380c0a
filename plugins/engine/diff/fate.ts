/**
 * What becomes in the cluster of an object that a change takes out of Git. Source: gitops-engine `pkg/sync`
 * (prune), Argo CD `controller/appcontroller.go` autoSync and finalizeApplicationDeletion, `applicationset`
 * controller deleteInCluster.
 */
import { firstOf, objectAt, textAt } from '../../base/index.ts';
import { type Application, optionRetentionOf, type Resource, retentionOf } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { fluxDeployerOf, leavesFlux, leavesWithFlux } from './fate-flux.ts';
import type { Fate } from './types.ts';

/** @param resource of the base; the head does not have it. */
export function fateOf(resource: Resource, base: Platform, head: Platform, depth = 0): Fate {
  if (resource.source === 'external-secret') return fateOfWritten(resource, base, head, depth);
  if (resource.source === 'controller') return fateOfMade(resource, base, head, depth);
  if (resource.source === 'applicationset') return fateOfGenerated(resource, base, head, depth);
  const flux = fluxDeployerOf(resource, base);
  if (flux !== undefined) {
    const still = fluxDeployerOf({ deployer: flux.id }, head);
    if (still !== undefined) return leavesFlux(resource, still);
    const own = base.resource(flux.id);
    const fate = own === undefined || depth > maxDepth ? null : fateOf(own, base, head, depth + 1);
    return leavesWithFlux(resource, flux, fate, base);
  }
  const application = applicationOf(resource, base);
  if (application === undefined) return ofNobody(resource, base);
  const still = head.model.applications.find(({ id }) => id === application.id);
  return still === undefined
    ? withApplication(resource, application, base, head, depth)
    : pruned(resource, still);
}

/** What nothing is known to deploy: what sets that are not known would generate may deploy it. */
function ofNobody({ layer }: Resource, { model }: Platform): Fate {
  const open = model.applicationSets.filter(({ unverified }) => unverified !== null);
  if (layer !== 'gitops' || open.length === 0)
    return { outcome: 'stays', because: 'nothing deploys it: nothing removes it by itself' };
  const names = firstOf(open, maxNames, ({ name }) => name);
  const sets = open.length === 1 ? 'ApplicationSet' : 'ApplicationSets';
  return {
    outcome: 'unknown',
    because: `nothing that is known deploys it, and what ${sets} ${names} would generate is not known`,
  };
}

/** The object leaves an application that stays. */
function pruned(resource: Resource, { name, syncPolicy, order }: Application): Fate {
  const own = retentionOf(resource).find(({ when }) => when === 'pruned');
  if (own) return kept(own.effect, own.because);
  const { automated, prune, allowEmpty, options } = syncPolicy;
  const general = optionRetentionOf(options).find(({ when }) => when === 'pruned');
  if (general) return kept(general.effect, `${general.because} of application ${name}`);
  if (!automated)
    return {
      outcome: 'waits',
      because: `application ${name} is synced by hand: it goes when that sync prunes`,
    };
  if (!prune) return { outcome: 'stays', because: `application ${name} is automated without prune` };
  if (order.length === 0 && !allowEmpty)
    return { outcome: 'stays', because: `application ${name} would be empty, and does not say allowEmpty` };
  return { outcome: 'pruned', because: `application ${name} is automated with prune` };
}

/** The object leaves with its application: that goes first, and its finalizer decides. */
function withApplication(
  resource: Resource,
  application: Application,
  base: Platform,
  head: Platform,
  depth: number,
): Fate {
  const { name, deletion } = application;
  const own = base.resource(application.id);
  // Applications that deploy each other in a circle do not end this.
  const fate = own === undefined || depth > maxDepth ? null : fateOf(own, base, head, depth + 1);
  if (fate === null || !isRemoved(fate))
    return {
      outcome: fate?.outcome ?? 'stays',
      because: `application ${name} is no longer in Git: ${fate?.because ?? 'nothing removes it'}`,
    };
  if (deletion.cascade === null)
    return {
      outcome: 'stays',
      because: `application ${name} is deleted, and has no finalizer: what it deployed stays`,
    };
  if (deletion.stays.includes(resource.id))
    return {
      outcome: 'stays',
      because: `application ${name} is deleted, and ${reasonsOf(resource, application)} keeps it`,
    };
  if (deletion.confirm.includes(resource.id))
    return { outcome: 'waits', because: `application ${name} is deleted, and this must be confirmed` };
  return {
    outcome: 'deleted',
    because: `application ${name} is deleted, and its finalizer deletes what it deployed`,
  };
}

function reasonsOf(resource: Resource, { syncPolicy }: Application): string {
  const all = [...retentionOf(resource), ...optionRetentionOf(syncPolicy.options)];
  return all.find(({ when }) => when === 'deleted')?.because ?? 'an option';
}

/** An Application that its set no longer generates, or whose set is gone. */
function fateOfGenerated(resource: Resource, base: Platform, head: Platform, depth: number): Fate {
  const set = resource.generatedBy === null ? undefined : base.resource(resource.generatedBy);
  const still = set === undefined ? undefined : head.resource(set.id);
  const policy = textAt(objectAt((still ?? set)?.rendered, 'spec'), 'syncPolicy', 'applicationsSync');
  const name = `ApplicationSet ${set?.name ?? ''}`;
  if (still !== undefined)
    return policy === 'create-only' || policy === 'create-update'
      ? { outcome: 'stays', because: `${name} says applicationsSync: ${policy}` }
      : { outcome: 'deleted', because: `${name} no longer generates it` };
  const fate = set === undefined || depth > maxDepth ? null : fateOf(set, base, head, depth + 1);
  return fate === null || !isRemoved(fate)
    ? {
        outcome: fate?.outcome ?? 'stays',
        because: `${name} is no longer in Git: ${fate?.because ?? 'nothing removes it'}`,
      }
    : { outcome: 'deleted', because: `${name} is deleted, and what it generated with it` };
}

/** The Secret of an ExternalSecret. Source: External Secrets `creationPolicy`. */
function fateOfWritten({ id }: Resource, base: Platform, head: Platform, depth: number): Fate {
  const flow = base.model.secrets.find(({ target }) => target.id === id);
  const policy = flow?.creationPolicy ?? 'Owner';
  if (policy !== 'Owner')
    return { outcome: 'stays', because: `its ExternalSecret says creationPolicy: ${policy}` };
  const owner = flow === undefined ? undefined : base.resource(flow.externalSecret);
  const isGone = owner !== undefined && head.resource(owner.id) === undefined;
  const fate = isGone && depth <= maxDepth ? fateOf(owner, base, head, depth + 1) : null;
  return fate === null || isRemoved(fate)
    ? { outcome: 'deleted', because: 'its ExternalSecret owns it' }
    : { outcome: fate.outcome, because: `its ExternalSecret owns it: ${fate.because}` };
}

/** Of the Secret of a SealedSecret, which owns it, or of a Certificate, which by default does not. */
function fateOfMade({ generatedBy }: Resource, base: Platform, head: Platform, depth: number): Fate {
  const maker = base.resource(generatedBy ?? '');
  if (maker?.kind !== 'SealedSecret')
    return { outcome: 'stays', because: 'cert-manager keeps the Secret of a Certificate that is gone' };
  const fate =
    head.resource(maker.id) === undefined && depth <= maxDepth ? fateOf(maker, base, head, depth + 1) : null;
  return fate === null || isRemoved(fate)
    ? { outcome: 'deleted', because: 'its SealedSecret owns it' }
    : { outcome: fate.outcome, because: `its SealedSecret owns it: ${fate.because}` };
}

function kept(outcome: Fate['outcome'] & ('stays' | 'waits'), because: string): Fate {
  return { outcome, because };
}

function applicationOf(resource: Resource, { model }: Platform): Application | undefined {
  return resource.application === null
    ? undefined
    : (model.applications.find(
        ({ name, order }) =>
          name === resource.application && order.some((step) => step.includes(resource.id)),
      ) ?? model.applications.find(({ name }) => name === resource.application));
}

/** What is certainly removed takes with it what it owns. */
function isRemoved({ outcome }: Fate): boolean {
  return outcome === 'pruned' || outcome === 'deleted';
}

/** Applications above applications that are followed. */
const maxDepth = 10;
const maxNames = 3;
