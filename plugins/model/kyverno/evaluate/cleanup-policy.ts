/**
 * `CleanupPolicy` and `ClusterCleanupPolicy` of Kyverno, and `DeletingPolicy`: what they would delete when
 * their time comes. Sources: `cmd/cleanup-controller` and `pkg/cel/policies/dpol` of kyverno.
 */
import { type JsonObject, listAt, objectAt, textAt } from '../../../base/index.ts';
import { fromJson, openObject } from '../../../cel/index.ts';
import { parseSchedule } from '../../argocd/sync/cron.ts';
import { matchOf } from '../match.ts';
import { conditionsHold as celConditionsHold, celVariables } from './cel-variables.ts';
import { conditionsHold } from './conditions.ts';
import { requestVariables, withContext } from './context.ts';
import { constraintsSelect } from './resource-rules.ts';
import { labelsOfNamespace } from './subject.ts';
import { type Environment, NotKnown, type Subject } from './types.ts';

/**
 * Whether it would delete the subject.
 * @throws NotKnown, EvaluationError
 */
export function deletes(policy: JsonObject, subject: Subject, environment: Environment): boolean {
  const spec = objectAt(policy, 'spec');
  const kind = textAt(policy, 'kind') ?? '';
  const isOfNamespace = kind === 'CleanupPolicy' || kind.startsWith('Namespaced');
  if (isOfNamespace && textAt(policy, 'metadata', 'namespace') !== subject.namespace) return false;
  if (kind.endsWith('DeletingPolicy')) return deletesByCel(spec, subject, environment);
  const rule = { match: objectAt(spec, 'match'), exclude: objectAt(spec, 'exclude') };
  const matched = matchOf(rule, subject, labelsOfNamespace(environment));
  if (matched === null) throw new NotKnown('whether the policy selects it is known to a cluster only');
  if (!matched) return false;
  const live = inCluster(subject.object);
  const target = requestVariables(subject, {}).with('target', () => live);
  const variables = withContext(target, listAt(spec, 'context'), environment, {});
  return conditionsHold(spec.conditions, variables).holds;
}

/** With what only the object in the cluster has (status, age, owners), which throws when it is asked for. */
function inCluster(object: JsonObject): JsonObject {
  const { status: _, ...written } = object;
  const metadata = withUnknown(objectAt(object, 'metadata'), ofClusters, 'target.metadata');
  return withUnknown({ ...written, metadata }, ['status'], 'target');
}

function withUnknown(object: JsonObject, keys: readonly string[], path: string): JsonObject {
  const copy = { ...object };
  for (const key of keys)
    if (!Object.hasOwn(copy, key))
      Object.defineProperty(copy, key, {
        get() {
          throw new NotKnown(unknownOf(`${path}.${key}`));
        },
      });
  return copy;
}

const ofClusters = ['creationTimestamp', 'deletionTimestamp', 'generation', 'ownerReferences', 'uid'];

function deletesByCel(spec: JsonObject, subject: Subject, environment: Environment): boolean {
  const selected = constraintsSelect(objectAt(spec, 'matchConstraints'), subject, environment);
  if (selected === false) return false;
  if (selected !== true) throw new NotKnown(selected);
  const object = liveObject(subject.object);
  const variables = celVariables(subject, environment, listAt(spec, 'variables'), { object });
  const held = celConditionsHold(listAt(spec, 'conditions'), variables);
  if (held.status === 'value') return held.value === true;
  // An expression in error deletes nothing.
  if (held.status === 'error') return false;
  throw new NotKnown(held.message);
}

/** The same for expressions. */
function liveObject(object: JsonObject): object {
  const { status: _, ...written } = object;
  const known = Object.fromEntries(Object.entries(written).map(([key, value]) => [key, fromJson(value)]));
  const own = Object.fromEntries(
    Object.entries(objectAt(object, 'metadata')).map(([key, value]) => [key, fromJson(value)]),
  );
  return openObject(
    { ...known, metadata: openObject(own, ofClusters, (key) => unknownOf(`object.metadata.${key}`)) },
    ['status'],
    (key) => unknownOf(`object.${key}`),
  );
}

const unknownOf = (path: string): string => `what the object in the cluster has as \`${path}\``;

/** What is wrong with the schedule; null where Kyverno takes it: five fields or `@daily` and the like. */
export function scheduleFault(policy: JsonObject): string | null {
  const schedule = textAt(policy, 'spec', 'schedule');
  if (schedule === undefined) return 'it has no schedule, so that it never runs';
  const isKnown =
    /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule) ||
    /^@every (?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(schedule) ||
    parseSchedule(schedule) !== null;
  return isKnown ? null : `its schedule \`${schedule}\` is none, so that Kyverno refuses the policy`;
}
