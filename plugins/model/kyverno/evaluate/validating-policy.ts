/**
 * `ValidatingPolicy` and `NamespacedValidatingPolicy` of `policies.kyverno.io`. Sources:
 * `pkg/cel/policies/vpol/{compiler,engine}` of kyverno.
 */
import { at, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../../base/index.ts';
import { policyExpression, type Variables } from '../../../cel/index.ts';
import { celVariables, conditionsHold, listOf } from './cel-variables.ts';
import { constraintsSelect } from './resource-rules.ts';
import type { Environment, PolicyKind, RuleResult, Subject, Verdict } from './types.ts';
import { validatingVariants } from './validating-autogen.ts';

export const validatingPolicy: PolicyKind = (policy, subject, environment) => {
  const namespace = textAt(policy, 'metadata', 'namespace');
  if (textAt(policy, 'kind')?.startsWith('Namespaced') && namespace !== subject.namespace) return [];
  const spec = objectAt(policy, 'spec');
  if (!isEvaluated(spec)) return [];
  return validatingVariants(spec).flatMap(({ name, spec: variant }): RuleResult[] => {
    const rule = name ?? textAt(policy, 'metadata', 'name') ?? '';
    const selected = constraintsSelect(objectAt(variant, 'matchConstraints'), subject, environment);
    if (selected === false) return [];
    if (selected !== true) return [{ rule, status: 'unverified', message: selected }];
    return [{ rule, ...judge(policy, variant, subject, environment) }];
  });
};

/** Of resources, in admission or in the background: a policy for JSON looks at none. */
function isEvaluated(spec: JsonObject): boolean {
  if (textAt(spec, 'evaluation', 'mode') === 'JSON') return false;
  return (
    at(spec, 'evaluation', 'admission', 'enabled') !== false ||
    at(spec, 'evaluation', 'background', 'enabled') !== false
  );
}

function judge(policy: JsonObject, spec: JsonObject, subject: Subject, environment: Environment): Verdict {
  const plain = celVariables(subject, environment);
  const excepted = exceptionsOf(policy, plain, environment);
  if (excepted.verdict) return excepted.verdict;
  const { allowedImages, allowedValues } = excepted;
  const variables = celVariables(subject, environment, listAt(spec, 'variables'), {
    exceptions: { allowedImages, allowedValues },
  });
  const selected = conditionsHold(listAt(spec, 'matchConditions'), plain);
  if (selected.status === 'unknown') return { status: 'unverified', message: selected.message };
  if (selected.status === 'error')
    return textAt(spec, 'failurePolicy') === 'Ignore'
      ? { status: 'skip', message: selected.message }
      : { status: 'error', message: selected.message };
  if (selected.value === false) return { status: 'skip', message: 'its match conditions do not hold' };
  return firstFault(listOf(spec, 'validations'), variables);
}

/** The first validation that is false or in error decides, and says why. */
function firstFault(validations: readonly JsonObject[], variables: Variables): Verdict {
  let unknown: Verdict | undefined;
  for (const [index, validation] of validations.entries()) {
    const result = policyExpression(textAt(validation, 'expression') ?? '').evaluate(variables);
    if (result.status === 'unknown') unknown ??= { status: 'unverified', message: result.message };
    else if (result.status === 'error') return { status: 'error', message: result.message };
    else if (result.value === false)
      return { status: 'fail', message: messageOf(validation, index, variables) };
    else if (result.value !== true)
      return { status: 'error', message: `validation ${index} is neither true nor false` };
  }
  return unknown ?? { status: 'pass', message: '' };
}

function messageOf(validation: JsonObject, index: number, variables: Variables): string {
  let message = textAt(validation, 'message') ?? '';
  const expression = textAt(validation, 'messageExpression');
  if (expression !== undefined) {
    const result = policyExpression(expression).evaluate(variables);
    if (result.status !== 'value') message = `failed to evaluate message expression: ${result.message}`;
    else message = typeof result.value === 'string' ? result.value : 'the message expression gives no text';
  }
  return message === '' ? `CEL expression validation failed at index ${index}` : message;
}

/**
 * An exception that holds exempts whole, unless it names images or values: those are handed to the
 * validations. One that could hold leaves the answer open.
 */
function exceptionsOf(policy: JsonObject, variables: Variables, environment: Environment): Excepted {
  const allowed: Excepted = { verdict: null, allowedImages: [], allowedValues: [] };
  for (const exception of environment.ofKind('policies.kyverno.io', 'PolicyException')) {
    const spec = objectAt(exception, 'spec');
    const names = listOf(spec, 'policyRefs').some(
      (reference) =>
        textAt(reference, 'name') === textAt(policy, 'metadata', 'name') &&
        (textAt(reference, 'kind') ?? textAt(policy, 'kind')) === textAt(policy, 'kind'),
    );
    if (!names) continue;
    const name = textAt(exception, 'metadata', 'name') ?? '';
    const held = conditionsHold(listAt(spec, 'matchConditions'), variables);
    if (held.status === 'unknown')
      return {
        ...allowed,
        verdict: {
          status: 'unverified',
          message: `whether the exception \`${name}\` holds: ${held.message}`,
        },
      };
    if (held.status === 'error') return { ...allowed, verdict: { status: 'error', message: held.message } };
    if (held.value === false) continue;
    const [images, values] = [textsAt(spec, 'images'), textsAt(spec, 'allowedValues')];
    if (images.length === 0 && values.length === 0) {
      const status = textAt(spec, 'reportResult') === 'pass' ? 'pass' : 'skip';
      return { ...allowed, verdict: { status, message: `the exception \`${name}\` exempts it` } };
    }
    allowed.allowedImages.push(...images);
    allowed.allowedValues.push(...values);
  }
  return allowed;
}

interface Excepted {
  verdict: Verdict | null;
  allowedImages: string[];
  allowedValues: string[];
}
