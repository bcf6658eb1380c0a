import { uniqueBy } from '../../base/index.ts';
import {
  type Application,
  type Deployer,
  deployerKind,
  isMadeSecret,
  type Resource,
  ruleOfResult,
  unappliedBecause,
} from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { unsureFields } from '../../query/index.ts';
import type { Unverified } from '../../source/index.ts';
import { createWaves } from '../../views/index.ts';
import { createAbout } from './about/about.ts';
import { builtIn } from './built-in.ts';
import { createChains } from './event-chain.ts';
import type { ApplicationVerdict, Explanation, PolicyVerdict } from './explanation.ts';
import { type Context, indexesOf } from './indexes.ts';
import { kindFactsOf } from './kinds/kinds.ts';
import { mayDeploy } from './may-deploy.ts';
import { neededBy, needsOf } from './needs.ts';
import { relationsOf } from './relations.ts';

/**
 * Explains resources of a platform, one after another: what they have in common is looked up once. Pages are
 * not asked, so `mentions` is null.
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
    ...{ reference: nameOf(id), id, apiVersion, kind, namespace, name, layer, stack, source, origin },
    isOfCluster: namespace === null && !context.isNamespaced(resource.group, kind),
    namespaceId: namespace === null ? null : (context.namespaces.get(namespace) ?? null),
    generatedBy: generatedBy === null ? null : nameOf(generatedBy),
    generatedById: generatedBy,
    isMade: isMadeSecret(resource),
    application: application ? verdictOf(application) : null,
    flux: own?.kind === undefined ? null : fluxOf(own, nameOf),
    about: context.aboutOf(resource),
    reconciler: context.reconciler,
    deployedBy: deployer
      ? {
          kind: deployerKind(deployer),
          id: deployer.id,
          name: deployer.name,
          project: deployer.kind === undefined ? deployer.project : null,
          projectId: deployer.kind === undefined ? (context.projects.get(deployer.project) ?? null) : null,
        }
      : null,
    builtIn: builtIn(resource, context.platform),
    mayDeploy: mayDeploy(resource, context.platform, nameOf),
    unapplied: deployer?.kind === 'Kustomization' ? unappliedBecause(resource) : null,
    order: orderOf(resource, deployer, context),
    sequence: sequenceOf(own, context),
    waves: wavesOf(own, deployer, id, context),
    unsequenced: context.addedBy.get(id) ?? [],
    policies: policiesOf(id, context),
    results: (context.results.get(id) ?? []).map((one) => ({
      ...one,
      policy: nameOf(one.policy),
      policyId: one.policy,
      resource: nameOf(one.resource),
      resourceId: one.resource,
    })),
    events: (context.events.get(id) ?? []).map((route) => ({
      source: route.sourceName,
      event: route.event,
      live: route.live,
      sentence: route.sentence,
      said: route.said,
      origin: route.origin,
      sensor: route.sensor === null ? null : nameOf(route.sensor),
      trigger: route.trigger?.action ?? null,
      chain: context.chainOf(route),
    })),
    secrets: (context.secrets.get(id) ?? []).map((flow) => ({
      externalSecret: nameOf(flow.externalSecret),
      externalSecretId: flow.externalSecret,
      store: `${flow.store.kind}/${flow.store.name}`,
      storeId: flow.store.id,
      secret: `Secret/${flow.target.name}`,
      secretId: flow.target.id,
      keys: flow.keys,
      refreshInterval: flow.refreshInterval,
      effect: flow.effect,
      reason: flow.reason,
      origin: flow.origin,
    })),
    secretReads: (context.secretReads.get(id) ?? []).map((read) => ({
      reader: nameOf(read.reader),
      readerId: read.reader,
      isReader: read.reader === id,
      secret: `Secret/${read.secret.name}`,
      secretId: read.secret.id,
      way: read.way,
      at: read.at,
      keys: read.keys,
      verdict: read.verdict,
      lacks: read.lacks,
      rotated: read.rotated,
      origin: read.origin,
    })),
    secretPushes: (context.secretPushes.get(id) ?? []).map((push) => ({
      pushSecret: nameOf(push.pushSecret),
      reason: push.reason,
      open: push.open,
      deletionPolicy: push.deletionPolicy,
      entries: push.entries
        .filter(({ secret, store }) => [push.pushSecret, secret.id, store.id].includes(id))
        .map(({ secret, keys, store, remote }) => ({
          secret: push.generator === null ? `Secret/${secret.name}` : push.generator.kind,
          keys,
          store: `${store.kind}/${store.name}`,
          remote,
        })),
      origin: push.origin,
    })),
    ...kindFactsOf(resource, context),
    needs: needsOf(resource, context),
    neededBy: neededBy(id, context),
    relations: relationsOf(id, context.relations.get(id) ?? [], nameOf),
    conditions: context.conditions.get(id) ?? [],
    mentions: null,
    unverified: own?.unverified ?? unverifiedOf(resource, context),
  };
}

function verdictOf(application: Application): ApplicationVerdict {
  const { id, name, project, permitted, generatedBy, origin } = application;
  const reasons = permitted.reasons.map(({ message, source }) => ({ message, origin: source }));
  return { id, name, project, permitted: permitted.ok, reasons, isGenerated: generatedBy !== null, origin };
}

/**
 * What nothing deploys is in no sync, nor what an ExternalSecret or an ApplicationSet makes: no wave is said
 * of it that it has not.
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
    ...{ wave, waveSet, phase, unknown },
    step: isKnown ? step : null,
    steps: isKnown ? deployer.order.length : null,
  };
}

/**
 * Rules that match it, and those that only results name. A report calls what Kyverno adds for workloads
 * because of a rule for Pods by another name than the rule's.
 */
function policiesOf(id: string, { policies, results, policyById, nameOf }: Context): PolicyVerdict[] {
  const matching = policies.get(id) ?? [];
  const judging = (results.get(id) ?? []).flatMap((result) => {
    const policy = result.resource === id ? policyById.get(result.policy) : undefined;
    const rule = policy && ruleOfResult(policy, result.rule);
    return policy && rule
      ? [{ policy, rule, isAdded: result.rule.startsWith('autogen-') || result.ofPods === true }]
      : [];
  });
  const added = new Set(judging.filter(({ isAdded }) => isAdded).map(({ rule }) => rule));
  return [...new Map([...matching, ...judging].map((one) => [one.rule, one])).values()].map(
    ({ policy, rule }) => ({
      policy: nameOf(policy.id),
      policyId: policy.id,
      rule: rule.name,
      type: rule.type,
      action: rule.action,
      matches: added.has(rule) || rule.matches.includes(id),
      ofPods: added.has(rule),
      origin: rule.origin,
    }),
  );
}

/** What something that is not read could change of it: most often nothing. */
function unverifiedOf(resource: Resource, { platform }: Context): Unverified[] {
  const fields = unsureFields({ kind: 'resource', record: resource, resource }, platform);
  const found = fields.flatMap(({ parts }) => parts.map(({ unverified }) => unverified));
  return uniqueBy(found, ({ what, why, origin }) => JSON.stringify([what, why, origin]));
}

/** What one of Flux's says of its source and of what must be ready before. */
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

/** The steps of an application; resources of a step have their phase and wave in common. */
function sequenceOf(own: Deployer | undefined, { platform, nameOf }: Context): Explanation['sequence'] {
  const stages = own?.kind === undefined ? own?.stages : undefined;
  return (own?.order ?? []).map((ids, index) => {
    // A hook of several phases says only the first.
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
