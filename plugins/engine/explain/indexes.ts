import { addTo } from '../../base/index.ts';
import type {
  Application,
  EventRoute,
  Model,
  Policy,
  PolicyRule,
  Relation,
  SecretFlow,
} from '../../model/index.ts';
import { type Condition, conditionsOf } from './conditions.ts';

/**
 * What explanations look up, by the id or the name that they come with; lists keep the order of the model.
 */
export function indexesOf(model: Model): Indexes {
  const { resources, applications } = model;
  const namespaces = resources.filter(({ kind }) => kind === 'Namespace');
  const rules = model.policies.flatMap((policy) => policy.rules.map((rule) => ({ policy, rule })));
  const steps = new Map<Application, Map<string, number>>();
  return {
    namespaces: firstBy(namespaces, ({ name, id }) => [name, id]),
    applicationById: firstBy(applications, (one) => [one.id, one]),
    applicationsByName: listsBy(applications, ({ name }) => [name]),
    conditions: conditionsOf(model.findings),
    projects: firstBy(model.projects, ({ name, id }) => [name, id]),
    stepOf: (application) => {
      const known = steps.get(application) ?? stepsOf(application);
      steps.set(application, known);
      return known;
    },
    policies: listsBy(rules, ({ policy, rule }) => [policy.id, ...rule.matches]),
    events: listsBy(model.events, ({ source, sensor, trigger }) => [
      source,
      sensor,
      ...(trigger?.targets ?? []),
    ]),
    secrets: listsBy(model.secrets, ({ externalSecret, store, target }) => [
      externalSecret,
      store.id,
      target.id,
    ]),
    relations: listsBy(model.relations, ({ from, to }) => [from, to]),
  };
}

function stepsOf({ order }: Application): Map<string, number> {
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

export interface Indexes {
  /** Ids by name. */
  namespaces: Map<string, string>;
  projects: Map<string, string>;
  applicationById: Map<string, Application>;
  /** Several where namespaces have one of a name each. */
  applicationsByName: Map<string, Application[]>;
  /** By the ids of applications and of what they deploy. */
  conditions: Map<string, Condition[]>;
  /** Step of each resource in the sequence of an application, from 1, by id. */
  stepOf(application: Application): Map<string, number>;
  /** By the ids of the policy and of what each rule matches. */
  policies: Map<string, { policy: Policy; rule: PolicyRule }[]>;
  /** By the ids of all that takes part. */
  events: Map<string, EventRoute[]>;
  secrets: Map<string, SecretFlow[]>;
  /** By the ids of both ends. */
  relations: Map<string, Relation[]>;
}
