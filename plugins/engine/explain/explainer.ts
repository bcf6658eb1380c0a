import { uniqueBy } from '../../base/index.ts';
import {
  type Application,
  type Deployer,
  deployerKind,
  isMadeSecret,
  type Resource,
  unappliedBecause,
} from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { unsureFields } from '../../query/index.ts';
import type { Unverified } from '../../source/index.ts';
import { createWaves } from '../../views/index.ts';
import { createAbout } from './about/about.ts';
import { builtIn } from './built-in.ts';
import { createChains } from './event-chain.ts';
import type { ApplicationVerdict, Explanation } from './explanation.ts';
import { type Context, indexesOf } from './indexes.ts';
import { kindFactsOf } from './kinds/kinds.ts';
import { mayDeploy } from './may-deploy.ts';
import { neededBy, needsOf } from './needs.ts';
import { eventsOf, policiesOf, resultsOf, secretPushesOf, secretReadsOf, secretsOf } from './records-of.ts';
import { relationsOf } from './relations.ts';

/**
 * Explains the resources of a platform, one after another; what all of them need is looked up once. Pages are
 * not read for it, so that `mentions` is null.
 */
export function createExplainer(platform: Platform): Explainer {
  const names = new Map<string, string>();
  const nameOf = (id: string) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const resource = platform.resource(id);
    const name = resource ? platform.referenceOf(resource) : id;
    names.set(id, name);
    return name;
  };
  const indexes = indexesOf(platform);
  const context = {
    ...indexes,
    platform,
    nameOf,
    aboutOf: createAbout(platform, indexes, nameOf),
    chainOf: createChains(platform, nameOf),
    waves: createWaves(platform),
  };
  return { explain: (resource) => explain(resource, context) };
}

function explain(resource: Resource, context: Context): Explanation {
  const { nameOf } = context;
  const { id, apiVersion, kind, namespace, name, layer, stack, source, origin, generatedBy } = resource;
  const own = context.deployerById.get(id);
  const deployer = resource.deployer === id ? undefined : context.deployerById.get(resource.deployer ?? '');
  const telling = own ?? deployer;
  const application = telling?.kind === undefined ? telling : undefined;
  return {
    reference: nameOf(id),
    id,
    apiVersion,
    kind,
    namespace,
    name,
    layer,
    stack,
    source,
    origin,
    isOfCluster: namespace === null && !context.isNamespaced(resource.group, kind),
    namespaceId: namespace === null ? null : (context.namespaces.get(namespace) ?? null),
    generatedBy: generatedBy === null ? null : nameOf(generatedBy),
    generatedById: generatedBy,
    isMade: isMadeSecret(resource),
    application: application ? verdictOf(application) : null,
    flux: own?.kind === undefined ? null : fluxOf(own, nameOf),
    about: context.aboutOf(resource),
    reconciler: context.reconciler,
    deployedBy: deployer ? deployedBy(deployer, context) : null,
    builtIn: builtIn(resource, context.platform),
    mayDeploy: mayDeploy(resource, context.platform, nameOf),
    unapplied: deployer?.kind === 'Kustomization' ? unappliedBecause(resource) : null,
    order: orderOf(resource, deployer, context),
    sequence: sequenceOf(own, context),
    waves: wavesOf(own, deployer, id, context),
    unsequenced: context.addedBy.get(id) ?? [],
    policies: policiesOf(id, context),
    results: resultsOf(id, context),
    events: eventsOf(id, context),
    secrets: secretsOf(id, context),
    secretReads: secretReadsOf(id, context),
    secretPushes: secretPushesOf(id, context),
    ...kindFactsOf(resource, context),
    needs: needsOf(resource, context),
    neededBy: neededBy(id, context),
    relations: relationsOf(id, context.relations.get(id) ?? [], nameOf),
    conditions: context.conditions.get(id) ?? [],
    mentions: null,
    unverified: own?.unverified ?? unverifiedOf(resource, context),
  };
}

function deployedBy(deployer: Deployer, { projects }: Context): Explanation['deployedBy'] {
  const project = deployer.kind === undefined ? deployer.project : null;
  return {
    kind: deployerKind(deployer),
    id: deployer.id,
    name: deployer.name,
    project,
    projectId: project === null ? null : (projects.get(project) ?? null),
  };
}

function verdictOf(application: Application): ApplicationVerdict {
  const { id, name, project, permitted, generatedBy, origin } = application;
  const reasons = permitted.reasons.map(({ message, source }) => ({ message, origin: source }));
  return { id, name, project, permitted: permitted.ok, reasons, isGenerated: generatedBy !== null, origin };
}

/**
 * Where a resource stands in the order of its sync; null for what no sync applies: what nothing deploys, and
 * what an ExternalSecret or an ApplicationSet makes.
 */
function orderOf(
  resource: Resource,
  deployer: Deployer | undefined,
  { stepOf, addedBy }: Context,
): Explanation['order'] {
  const { id, source, wave, waveSet, phase } = resource;
  const isSynced = deployer !== undefined && source !== 'applicationset';
  if (isMadeSecret(resource) || (!isSynced && !waveSet)) return null;
  const unknown = deployer === undefined ? [] : (addedBy.get(deployer.id) ?? []);
  const step = deployer === undefined ? undefined : stepOf(deployer).get(id);
  const isKnown = deployer !== undefined && step !== undefined && unknown.length === 0;
  return {
    wave,
    waveSet,
    phase,
    unknown,
    step: isKnown ? step : null,
    steps: isKnown ? deployer.order.length : null,
  };
}

/** The unread parts that could change a field of the resource; mostly none. */
function unverifiedOf(resource: Resource, { platform }: Context): Unverified[] {
  const fields = unsureFields({ kind: 'resource', record: resource, resource }, platform);
  const found = fields.flatMap(({ parts }) => parts.map(({ unverified }) => unverified));
  return uniqueBy(found, ({ what, why, origin }) => JSON.stringify([what, why, origin]));
}

/** The source of a Kustomization or HelmRelease, and what must be ready before it. */
function fluxOf(own: Exclude<Deployer, Application>, nameOf: (id: string) => string): Explanation['flux'] {
  const { sourceRef, source, sources, dependsOn, suspend, unverified } = own;
  return {
    source: sourceRef,
    sourceId: source,
    path: sources[0]?.path ?? null,
    chart: own.kind === 'HelmRelease' ? own.chart : null,
    version: own.kind === 'HelmRelease' ? own.version : null,
    dependsOn: dependsOn.map(({ namespace, name, id }) =>
      id === null ? [namespace, name].filter(Boolean).join('/') : nameOf(id),
    ),
    dependsOnIds: dependsOn.map(({ id }) => id),
    suspend,
    isWhole: unverified.length === 0,
  };
}

function wavesOf(
  own: Deployer | undefined,
  deployer: Deployer | undefined,
  id: string,
  { waves }: Context,
): Explanation['waves'] {
  if (own !== undefined) return own.kind === undefined ? waves.of(own) : null;
  return deployer === undefined || deployer.kind !== undefined ? null : waves.of(deployer, id);
}

/** The steps of a deployer's sync; all resources of a step have the same phase and wave. */
function sequenceOf(own: Deployer | undefined, { platform, nameOf }: Context): Explanation['sequence'] {
  const stages = own?.kind === undefined ? own?.stages : undefined;
  return (own?.order ?? []).map((ids, index) => {
    // A resource that is a hook of several phases names only its first, so that the stage is asked.
    const stage = stages?.[index] ?? platform.resource(ids[0] ?? '');
    return {
      phase: stage?.phase ?? 'Sync',
      wave: stage?.wave ?? 0,
      resources: ids.map((id) => ({ reference: nameOf(id), id })),
    };
  });
}

export interface Explainer {
  explain(resource: Resource): Explanation;
}
