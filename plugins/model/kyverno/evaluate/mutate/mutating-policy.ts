/**
 * `MutatingPolicy` of `policies.kyverno.io`. Sources: `pkg/cel/policies/mpol/{compiler,engine,autogen}` of
 * kyverno.
 */
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../../../base/index.ts';
import { policyExpression, policyValue, type Variables } from '../../../../cel/index.ts';
import { celVariables, conditionsHold, listOf } from '../cel-variables.ts';
import { constraintsSelect } from '../resource-rules.ts';
import { type Environment, EvaluationError, NotKnown, type Subject } from '../types.ts';
import { applyJsonPatch, TestFailed } from './json-patch.ts';
import { mutatingVariants } from './mutating-autogen.ts';
import { type Mutation, settled } from './mutation.ts';
import { strategicMerge } from './strategic-merge.ts';

/** One mutation for each form of the policy that selects the subject. */
export function mutatingPolicy(policy: JsonObject, subject: Subject, environment: Environment): Mutation[] {
  const namespace = textAt(policy, 'metadata', 'namespace');
  if (textAt(policy, 'kind')?.startsWith('Namespaced') && namespace !== subject.namespace) return [];
  return mutatingVariants(objectAt(policy, 'spec')).flatMap(({ name, spec }): Mutation[] => {
    const rule = name ?? textAt(policy, 'metadata', 'name') ?? '';
    const selected = constraintsSelect(objectAt(spec, 'matchConstraints'), subject, environment);
    if (selected === false) return [];
    const run = () => {
      if (selected !== true) throw new NotKnown(selected);
      return mutated(spec, subject, environment);
    };
    return [settled(rule, subject.object, run, true)];
  });
}

/**
 * Null where its conditions do not hold.
 * @throws NotKnown, EvaluationError
 */
export function mutated(spec: JsonObject, subject: Subject, environment: Environment): JsonObject | null {
  const none = { exceptions: { allowedImages: [], allowedValues: [] } };
  const variablesOf = (object: JsonObject) =>
    celVariables({ ...subject, object }, environment, listAt(spec, 'variables'), none);
  const held = conditionsHold(listAt(spec, 'matchConditions'), variablesOf(subject.object));
  if (held.status === 'unknown') throw new NotKnown(held.message);
  if (held.status === 'error') throw new EvaluationError(held.message);
  if (held.value === false) return null;
  let object = subject.object;
  for (const mutation of listOf(spec, 'mutations')) object = patched(mutation, object, variablesOf(object));
  return object;
}

function patched(mutation: JsonObject, object: JsonObject, variables: Variables): JsonObject {
  const key = mutation.patchType === 'JSONPatch' ? 'jsonPatch' : 'applyConfiguration';
  const value = resultOf(textAt(mutation, key, 'expression') ?? '', variables);
  if (key === 'applyConfiguration') {
    if (!isObject(value)) throw new EvaluationError('the expression gives no object');
    return strategicMerge(object, value, false);
  }
  if (!Array.isArray(value)) throw new EvaluationError('the expression gives no list of patches');
  try {
    return applyJsonPatch(object, value);
  } catch (error) {
    if (error instanceof TestFailed) return object;
    throw error;
  }
}

function resultOf(expression: string, variables: Variables): JsonValue {
  const result = policyExpression(expression).evaluate(variables);
  if (result.status === 'unknown') throw new NotKnown(result.message);
  if (result.status === 'error') throw new EvaluationError(result.message);
  const value = policyValue(result.value);
  if (value === undefined) throw new NotKnown('what the expression gives is too large');
  return value;
}
