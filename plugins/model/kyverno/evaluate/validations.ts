/**
 * Validations as the API server judges them: each is evaluated, the first that is not true decides. Source:
 * `pkg/admission/plugin/policy/validating/validator.go` of k8s.io/apiserver.
 */
import { type JsonObject, textAt } from '../../../base/index.ts';
import { policyExpression, type Variables } from '../../../cel/index.ts';
import type { Verdict } from './types.ts';

/** @param otherwise the message of a validation that has none. */
export function judgeValidations(
  validations: readonly JsonObject[],
  variables: Variables,
  otherwise = '',
): Verdict {
  let unknown: Verdict | undefined;
  for (const validation of validations) {
    const verdict = judge(validation, variables, otherwise);
    if (verdict.status === 'unverified') unknown ??= verdict;
    else if (verdict.status !== 'pass') return verdict;
  }
  return unknown ?? { status: 'pass', message: '' };
}

function judge(validation: JsonObject, variables: Variables, otherwise: string): Verdict {
  const expression = textAt(validation, 'expression') ?? '';
  const result = policyExpression(expression).evaluate(variables);
  if (result.status === 'unknown') return { status: 'unverified', message: result.message };
  if (result.status === 'error')
    return {
      status: 'error',
      message: `expression '${expression.trim()}' resulted in error: ${result.message}`,
    };
  if (result.value === true) return { status: 'pass', message: '' };
  if (result.value !== false)
    return { status: 'error', message: `expression '${expression.trim()}' is neither true nor false` };
  const written = textAt(validation, 'message')?.trim() || otherwise.trim();
  const message = messageOf(validation, variables) ?? (written || `failed expression: ${expression.trim()}`);
  return { status: 'fail', message };
}

/** What its expression says, of one line and of a length that the API server takes. */
function messageOf(validation: JsonObject, variables: Variables): string | undefined {
  const expression = textAt(validation, 'messageExpression');
  if (expression === undefined) return undefined;
  const result = policyExpression(expression).evaluate(variables);
  const text = result.status === 'value' && typeof result.value === 'string' ? result.value.trim() : '';
  return text === '' || text.includes('\n') || Buffer.byteLength(text) > longestMessage ? undefined : text;
}

const longestMessage = 5 * 1024;
