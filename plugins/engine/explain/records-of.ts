/** What the records of the model say of one resource, with references in the place of ids. */

import { ruleOfResult } from '../../model/index.ts';
import type { Explanation, PolicyVerdict } from './explanation.ts';
import type { Context } from './indexes.ts';

/**
 * The rules that match the resource, and those that only its results name: for a workload Kyverno adds a rule
 * of another name because of one for Pods.
 */
export function policiesOf(id: string, { policies, results, policyById, nameOf }: Context): PolicyVerdict[] {
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

/** What each policy says of the resource, or a policy of each resource. */
export function resultsOf(id: string, { results, nameOf }: Context): Explanation['results'] {
  return (results.get(id) ?? []).map((one) => ({
    ...one,
    policy: nameOf(one.policy),
    policyId: one.policy,
    resource: nameOf(one.resource),
    resourceId: one.resource,
  }));
}

/** The event routes that the resource is a part of. */
export function eventsOf(id: string, { events, nameOf, chainOf }: Context): Explanation['events'] {
  return (events.get(id) ?? []).map((route) => ({
    source: route.sourceName,
    event: route.event,
    live: route.live,
    sentence: route.sentence,
    said: route.said,
    origin: route.origin,
    sensor: route.sensor === null ? null : nameOf(route.sensor),
    trigger: route.trigger?.action ?? null,
    chain: chainOf(route),
  }));
}

/** The ways by which External Secrets fills Secrets, of which the resource is a part. */
export function secretsOf(id: string, { secrets, nameOf }: Context): Explanation['secrets'] {
  return (secrets.get(id) ?? []).map((flow) => ({
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
  }));
}

/** Who reads the Secret, or which Secrets the resource reads. */
export function secretReadsOf(id: string, { secretReads, nameOf }: Context): Explanation['secretReads'] {
  return (secretReads.get(id) ?? []).map((read) => ({
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
  }));
}

/** What PushSecrets write into stores, of which the resource is a part. */
export function secretPushesOf(id: string, { secretPushes, nameOf }: Context): Explanation['secretPushes'] {
  return (secretPushes.get(id) ?? []).map((push) => ({
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
  }));
}
