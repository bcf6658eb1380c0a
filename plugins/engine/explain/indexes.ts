import { addTo, uniqueBy } from '../../base/index.ts';
import {
  createScopes,
  type Deployer,
  deployersOf,
  type EventRoute,
  type Model,
  type Policy,
  type PolicyResult,
  type PolicyRule,
  podResults,
  type Relation,
  type Scopes,
  type SecretFlow,
  type SecretPush,
  type SecretRead,
} from '../../model/index.ts';
import { type Platform, unreadParts } from '../../platform/index.ts';
import type { Waves } from '../../views/index.ts';
import type { AboutOf } from './about/about.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import type { ChainOf } from './event-chain.ts';
import { createTogether, type Together } from './together.ts';

/**
 * What explanations look up, by the id or the name that they come with; lists keep the order of the model.
 */
export function indexesOf(platform: Platform): Indexes {
  const { model } = platform;
  const { resources } = model;
  const deployers = deployersOf(model);
  const namespaces = resources.filter(({ kind }) => kind === 'Namespace');
  const rules = model.policies.flatMap((policy) => policy.rules.map((rule) => ({ policy, rule })));
  const steps = new Map<Deployer, Map<string, number>>();
  const together = createTogether(platform);
  return {
    namespaces: firstBy(namespaces, ({ name, id }) => [name, id]),
    together,
    deployerById: firstBy(deployers, (one) => [one.id, one]),
    addedBy: unreadOf(platform),
    reconciler: reconcilerOf(model),
    isNamespaced: createScopes(resources.map(({ rendered }) => rendered)),
    conditions: conditionsOf(model.findings),
    projects: firstBy(model.projects, ({ name, id }) => [name, id]),
    stepOf: (deployer) => {
      const known = steps.get(deployer) ?? stepsOf(deployer);
      steps.set(deployer, known);
      return known;
    },
    policyById: firstBy(model.policies, (one) => [one.id, one]),
    policies: listsBy(rules, ({ policy, rule }) => [policy.id, ...rule.matches]),
    results: listsBy([...model.policyResults, ...podResults(model)], ({ policy, resource }) => [
      policy,
      resource,
    ]),
    events: listsBy(model.events, ({ source, sensor, bus, trigger }) => [
      source,
      sensor,
      bus,
      ...(trigger?.targets ?? []),
    ]),
    secrets: listsBy(
      model.secrets.flatMap((flow) => {
        const id = together(flow.externalSecret, flow.target.id);
        return id === null ? [] : [{ ...flow, target: { ...flow.target, id } }];
      }),
      ({ externalSecret, store, target }) => [externalSecret, store.id, target.id],
    ),
    secretReads: listsBy(
      model.secretReads.flatMap((read) => {
        if (read.secret.id === null) return [read];
        const id = together(read.reader, read.secret.id);
        return id === null ? [] : [{ ...read, secret: { ...read.secret, id } }];
      }),
      ({ secret, reader }) => [secret.id, reader],
    ),
    secretPushes: listsBy(model.secretPushes, ({ pushSecret, secret, stores, entries }) => [
      pushSecret,
      secret?.id ?? null,
      ...stores.map(({ id }) => id),
      ...entries.flatMap((entry) => [entry.secret.id, entry.store.id]),
    ]),
    relations: listsBy(
      uniqueBy(
        model.relations.flatMap((relation) => {
          const to = together(relation.from, relation.to);
          return to === null ? [] : [{ ...relation, to }];
        }),
        ({ type, from, to }) => JSON.stringify([type, from, to]),
      ),
      ({ from, to }) => [from, to],
    ),
  };
}

/** Argo CD where nothing says otherwise. */
function reconcilerOf({ applications, applicationSets, kustomizations, helmReleases }: Model): string {
  if (kustomizations.length + helmReleases.length === 0) return 'Argo CD';
  return applications.length + applicationSets.length === 0 ? 'Flux' : 'Argo CD or Flux';
}

function stepsOf({ order }: Deployer): Map<string, number> {
  return firstBy(
    order.flatMap((ids, index) => ids.map((id): [string, number] => [id, index + 1])),
    (entry) => entry,
  );
}

function firstBy<From, To>(all: From[], entryOf: (one: From) => [string, To]): Map<string, To> {
  const map = new Map<string, To>();
  for (const one of all) {
    const [key, value] = entryOf(one);
    if (!map.has(key)) map.set(key, value);
  }
  return map;
}

/** Each thing under all of its keys, once under each. */
function listsBy<Thing>(all: Thing[], keysOf: (one: Thing) => (string | null)[]): Map<string, Thing[]> {
  const lists = new Map<string, Thing[]>();
  for (const one of all) {
    for (const key of new Set(keysOf(one))) {
      if (key !== null) addTo(lists, key, one);
    }
  }
  return lists;
}

/** What of a deployer is not read and may add to what it applies, in words. */
function unreadOf(platform: Platform): Map<string, string[]> {
  const parts = unreadParts(platform).filter(({ adds }) => adds);
  const lists = listsBy(parts, ({ deployer }) => [deployer?.id ?? null]);
  return new Map([...lists].map(([id, own]) => [id, own.map(({ unverified }) => unverified.what)]));
}

interface Indexes {
  /** Ids by name. */
  namespaces: Map<string, string>;
  projects: Map<string, string>;
  together: Together;
  deployerById: Map<string, Deployer>;
  /** By the id of a deployer what it applies besides what is known. */
  addedBy: Map<string, string[]>;
  policyById: Map<string, Policy>;
  reconciler: string;
  isNamespaced: Scopes;
  /** By the ids of applications and of what they deploy. */
  conditions: Map<string, Condition[]>;
  /** Step of each resource in the sequence of a deployer, from 1, by id. */
  stepOf(deployer: Deployer): Map<string, number>;
  /** By the ids of the policy and of what each rule matches. */
  policies: Map<string, { policy: Policy; rule: PolicyRule }[]>;
  /** By the ids of the policy and of the resource. */
  results: Map<string, PolicyResult[]>;
  /** By the ids of all that takes part. */
  events: Map<string, EventRoute[]>;
  secrets: Map<string, SecretFlow[]>;
  /** By the ids of the Secret and of what reads it. */
  secretReads: Map<string, SecretRead[]>;
  /** By the ids of the PushSecret, of what it pushes, and of the stores. */
  secretPushes: Map<string, SecretPush[]>;
  /** By the ids of both ends. */
  relations: Map<string, Relation[]>;
}

export interface Context extends Indexes {
  platform: Platform;
  /** The reference of a resource by its id; the id where the model has none. */
  nameOf(id: string): string;
  aboutOf: AboutOf;
  chainOf: ChainOf;
  waves: Waves;
}
