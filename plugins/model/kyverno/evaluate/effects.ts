/** What policies do to a platform beside judging it: what they change, make and delete. */
import {
  firstOf,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../../base/index.ts';
import { withAutogen } from '../autogen.ts';
import { matchOf } from '../match.ts';
import { celVariables, conditionsHold } from './cel-variables.ts';
import { deletes, scheduleFault } from './cleanup-policy.ts';
import { requestVariables, withContext } from './context.ts';
import { type Generated, generateRule } from './generate-rule.ts';
import { mutateRule } from './mutate/mutate-rule.ts';
import { mutatingAdmissionPolicy } from './mutate/mutating-admission-policy.ts';
import { mutatingPolicy } from './mutate/mutating-policy.ts';
import type { Mutation } from './mutate/mutation.ts';
import { sameJson } from './mutate/same-json.ts';
import { constraintsSelect } from './resource-rules.ts';
import { labelsOfNamespace } from './subject.ts';
import { type Environment, EvaluationError, NotKnown, type Subject } from './types.ts';

/**
 * One for each rule that selects the subject, in the policy's sequence: each sees what those before it
 * changed.
 */
export function effectsOf(policy: JsonObject, subject: Subject, environment: Environment): Effect[] {
  const kind = textAt(policy, 'kind') ?? '';
  if (/(?:Cleanup|Deleting)Policy$/.test(kind)) return deletion(policy, subject, environment);
  if (kind === 'MutatingAdmissionPolicy')
    return mutatingAdmissionPolicy(policy, subject, environment).map((mutation, index, all) =>
      changeOf(mutation, all[index - 1]?.object ?? subject.object),
    );
  if (kind.endsWith('GeneratingPolicy')) return generation(policy, subject, environment);
  if (kind.endsWith('MutatingPolicy'))
    return mutatingPolicy(policy, subject, environment).map((mutation) => changeOf(mutation, subject.object));
  if (kind === 'Policy' && textAt(policy, 'metadata', 'namespace') !== subject.namespace) return [];
  let current = subject;
  return listAt(policy, 'spec', 'rules')
    .filter(isObject)
    .filter((rule) => isObject(rule.mutate) || isObject(rule.generate))
    .flatMap((rule) => (isObject(rule.mutate) ? withAutogen(policy, rule) : [rule]))
    .flatMap((rule): Effect[] => {
      const name = textAt(rule, 'name') ?? '';
      const type = isObject(rule.mutate) ? 'mutate' : 'generate';
      const matched = matchOf(rule, current, labelsOfNamespace(environment));
      if (matched === false) return [];
      if (matched === null)
        return [
          {
            rule: name,
            type,
            status: 'unverified',
            message: 'whether the rule selects it is known to a cluster only',
            what: [],
          },
        ];
      const stated = environment.stated?.(name, current) ?? {};
      const variables = withContext(
        requestVariables(current, stated),
        listAt(rule, 'context'),
        environment,
        stated,
      );
      const scope = { policy, rule, subject: current, environment, variables };
      if (type === 'generate') {
        const { made, ...rest } = generateRule(scope);
        return [{ ...rest, type, what: made.map(nameOf) }];
      }
      const targets = listAt(rule, 'mutate', 'targets').filter(isObject);
      if (targets.length > 0)
        return [{ rule: name, type, status: 'pass', message: '', what: targets.map(targetName) }];
      const mutation = mutateRule(scope);
      const effect = changeOf(mutation, current.object);
      current = { ...current, object: mutation.object };
      return [effect];
    });
}

function changeOf({ rule, status, message, object }: Mutation, before: JsonObject): Effect {
  return { rule, type: 'mutate', status, message, what: changedPaths(before, object), object };
}

/**
 * Of a `GeneratingPolicy`: what its expressions have the cluster make (`generator.Apply`) is not worked out,
 * only whether its conditions keep it from the subject.
 */
function generation(policy: JsonObject, subject: Subject, environment: Environment): Effect[] {
  const rule = textAt(policy, 'metadata', 'name') ?? '';
  const spec = objectAt(policy, 'spec');
  const namespace = textAt(policy, 'metadata', 'namespace');
  if (textAt(policy, 'kind')?.startsWith('Namespaced') && namespace !== subject.namespace) return [];
  const selected = constraintsSelect(objectAt(spec, 'matchConstraints'), subject, environment);
  if (selected === false) return [];
  const of = (status: Effect['status'], message: string): Effect[] => [
    { rule, type: 'generate', status, message, what: [] },
  ];
  if (selected !== true) return of('unverified', selected);
  const held = conditionsHold(
    listAt(spec, 'matchConditions'),
    celVariables(subject, environment, listAt(spec, 'variables')),
  );
  if (held.status === 'unknown') return of('unverified', held.message);
  if (held.status === 'error') return of('error', held.message);
  return held.value === false
    ? of('skip', 'its match conditions do not hold')
    : of('unverified', 'what its expressions make is not worked out');
}

function deletion(policy: JsonObject, subject: Subject, environment: Environment): Effect[] {
  const base = { rule: textAt(policy, 'metadata', 'name') ?? '', type: 'cleanup' as const };
  const of = (status: Effect['status'], message: string): Effect[] => [
    { ...base, status, message, what: [] },
  ];
  try {
    if (!deletes(policy, subject, environment)) return [];
    const fault = scheduleFault(policy);
    return fault === null ? of('pass', '') : of('error', fault);
  } catch (error) {
    if (error instanceof NotKnown) return of('unverified', error.message);
    if (error instanceof EvaluationError) return of('error', error.message);
    throw error;
  }
}

/**
 * Where two forms of an object differ, at the shortest paths that tell: `spec.replicas`,
 * `metadata.labels.team`.
 */
export function changedPaths(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = '',
): string[] {
  if (sameJson(before, after)) return [];
  const below = (key: string) =>
    /^[\w-]+$/.test(key) ? `${path}${path === '' ? '' : '.'}${key}` : `${path}['${key}']`;
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changedPaths(before[key], after[key], below(key)),
    );
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return after.flatMap((one, at) => changedPaths(before[at], one, `${path}[${at}]`));
  return [path];
}

/** `NetworkPolicy/team-a/default-deny`; of copies of many what they are copies of. */
function nameOf({ kind, namespace, name, source }: Generated): string {
  const place = [kind, ...(namespace === null || namespace === '' ? [] : [namespace]), name ?? '*'].join('/');
  if (source === null) return place;
  return `${place} as a copy of ${[...(source.namespace === null ? [] : [source.namespace]), source.name ?? '*'].join('/')}`;
}

function targetName(target: JsonObject): string {
  const { kind, namespace, name } = objectAt(target);
  return [kind, namespace, name].filter((part) => typeof part === 'string' && part !== '').join('/');
}

/** What one rule does because of one object. */
export interface Effect {
  rule: string;
  type: 'mutate' | 'generate' | 'cleanup';
  /** `skip` where it leaves the object alone. */
  status: 'pass' | 'skip' | 'error' | 'unverified';
  message: string;
  /** Paths that it changes, objects that it makes or changes elsewhere; of a deletion nothing. */
  what: string[];
  /** As it is afterwards, of a change. */
  object?: JsonObject;
}

/** What it does, in words. */
export function effectWords({ type, status, message, what }: Effect): string {
  if (status !== 'pass') return message;
  if (type === 'cleanup') return 'deletes it when its time comes';
  const verb = type === 'generate' ? 'makes' : 'changes';
  return what.length === 0 ? `${verb} nothing` : `${verb} ${firstOf(what, 8)}`;
}
