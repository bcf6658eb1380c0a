/** Rules that Kyverno adds for workloads because a rule speaks of Pods. Source: kyverno `pkg/autogen`. */
import {
  byName,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../../base/index.ts';
import { filtersOf } from './match.ts';

const controllers = [
  'DaemonSet',
  'Deployment',
  'Job',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'CronJob',
];
const versions: Record<string, string> = byName({
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  ReplicationController: 'v1',
});

/**
 * The rules that a policy's rule stands for: itself, and for each workload kind one that selects that kind,
 * named as reports name it.
 */
export function withAutogen(policy: JsonObject, rule: JsonObject): JsonObject[] {
  const kinds = controllersOf(policy);
  const matched = kindsOf(objectAt(rule, 'match'));
  const excluded = kindsOf(objectAt(rule, 'exclude'));
  if (!matched.includes('Pod') || (excluded.length > 0 && !excluded.includes('Pod'))) return [rule];
  const made = new Map([false, true].map((isCron) => [isCron, forTemplate(rule, isCron)]));
  return [rule, ...kinds.map((kind) => rewritten(made.get(kind === 'CronJob') ?? rule, kind))];
}

/** The rule as it asks the same of a workload's template: its patterns below it, its paths through it. */
function forTemplate(rule: JsonObject, isCron: boolean): JsonObject {
  const validate = objectAt(rule, 'validate');
  const below = (pattern: JsonValue): JsonObject =>
    isCron ? { spec: { jobTemplate: { spec: { template: pattern } } } } : { spec: { template: pattern } };
  const moved = {
    ...rule,
    name: `${isCron ? 'autogen-cronjob-' : 'autogen-'}${textAt(rule, 'name') ?? ''}`.slice(0, 63),
    ...(rule.validate === undefined
      ? {}
      : {
          validate: {
            ...validate,
            ...(validate.pattern === undefined ? {} : { pattern: below(validate.pattern) }),
            ...(Array.isArray(validate.anyPattern) ? { anyPattern: validate.anyPattern.map(below) } : {}),
          },
        }),
    ...(isObject(rule.mutate) ? { mutate: patchBelow(rule.mutate, below) } : {}),
  };
  const way = isCron ? 'spec.jobTemplate.spec.template' : 'spec.template';
  const roots =
    validate.cel === undefined ? ['request.object', 'request.oldObject'] : ['object', 'oldObject'];
  let text = JSON.stringify(moved);
  for (const root of roots)
    for (const part of ['spec', 'metadata'])
      text = text.replaceAll(`${root}.${part}`, `${root}.${way}.${part}`);
  return JSON.parse(text) as JsonObject;
}

/** Its merges reach into the template; so do those of each `foreach`. */
function patchBelow(mutate: JsonObject, below: (patch: JsonValue) => JsonObject): JsonObject {
  const { patchStrategicMerge, foreach } = mutate;
  return {
    ...mutate,
    ...(isObject(patchStrategicMerge) ? { patchStrategicMerge: below(patchStrategicMerge) } : {}),
    ...(Array.isArray(foreach)
      ? { foreach: foreach.filter(isObject).map((entry) => patchBelow(entry, below)) }
      : {}),
  };
}

function controllersOf(policy: JsonObject): string[] {
  const rules = listAt(policy, 'spec', 'rules').filter(isObject);
  if (rules.some(prevents)) return [];
  const named = textAt(policy, 'metadata', 'annotations', 'pod-policies.kyverno.io/autogen-controllers');
  if (named === undefined) return controllers;
  return named === 'none' ? [] : controllers.filter((kind) => named.split(',').includes(kind));
}

/** One such rule switches autogen off for the whole policy. */
function prevents(rule: JsonObject): boolean {
  if (rule.generate !== undefined || typeof objectAt(rule, 'mutate').patchesJson6902 === 'string')
    return true;
  for (const filter of [...filtersOf(objectAt(rule, 'match')), ...filtersOf(objectAt(rule, 'exclude'))]) {
    const resources = objectAt(filter, 'resources');
    if (['name', 'names', 'selector', 'annotations'].some((key) => resources[key] !== undefined)) return true;
    const kinds = listAt(resources, 'kinds');
    if (kinds.length > 1 && kinds.includes('Pod') && !kinds.every((kind) => kind === 'Pod')) return true;
  }
  return false;
}

function kindsOf(block: JsonObject): string[] {
  return filtersOf(block).flatMap((filter) => textsAt(filter, 'resources', 'kinds'));
}

function rewritten(rule: JsonObject, kind: string): JsonObject {
  const selector = `${versions[kind] ?? 'apps/v1'}/${kind}`;
  const rewrite = (filter: JsonObject): JsonObject => {
    const kinds = listAt(filter, 'resources', 'kinds');
    if (kind !== 'CronJob' && !kinds.includes('Pod')) return filter;
    if (kinds.length === 0) return filter;
    return { ...filter, resources: { ...objectAt(filter, 'resources'), kinds: [selector] } };
  };
  const block = (value: JsonObject): JsonObject => {
    if (Array.isArray(value.any)) return { ...value, any: value.any.filter(isObject).map(rewrite) };
    if (Array.isArray(value.all)) return { ...value, all: value.all.filter(isObject).map(rewrite) };
    return Object.keys(value).length > 0 ? rewrite(value) : value;
  };
  return { ...rule, match: block(objectAt(rule, 'match')), exclude: block(objectAt(rule, 'exclude')) };
}
