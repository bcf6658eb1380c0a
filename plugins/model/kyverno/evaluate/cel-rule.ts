/**
 * `validate.cel` of a Kyverno rule. Kyverno hands it to the API server's own evaluation with a failure policy
 * of Fail, so that an expression in error is a failure. Source:
 * `pkg/engine/handlers/validation/validate_cel.go` of kyverno.
 */
import { type JsonObject, listAt, objectAt, textAt } from '../../../base/index.ts';
import { fromJson, Unknown } from '../../../cel/index.ts';
import { selectorHolds } from '../match.ts';
import { celVariables, conditionsHold, listOf, paramsOf } from './cel-variables.ts';
import { NotKnown, type RuleKind, type RuleScope, type Verdict } from './types.ts';
import { judgeValidations } from './validations.ts';

export const celRule: RuleKind = (scope) => {
  const cel = objectAt(scope.rule, 'validate', 'cel');
  if (cel.paramKind === undefined) return judge(scope, cel, {});
  const params = paramsOf(
    objectAt(cel, 'paramKind'),
    objectAt(cel, 'paramRef'),
    scope.subject,
    scope.environment,
    (selector, labels) => selectorHolds(selector, labels as Record<string, string>),
  );
  if (params instanceof Unknown) throw new NotKnown(params.why);
  return worst(params.map((one) => judge(scope, cel, { params: fromJson(one) })));
};

function judge(
  { rule, subject, environment }: RuleScope,
  cel: JsonObject,
  others: Record<string, unknown>,
): Verdict {
  const variables = celVariables(subject, environment, listAt(cel, 'variables'), others);
  const selected = conditionsHold(listAt(rule, 'celPreconditions'), variables);
  if (selected.status === 'unknown') throw new NotKnown(selected.message);
  if (selected.status === 'error') return { status: 'fail', message: selected.message };
  if (selected.value === false) return { status: 'skip', message: 'cel preconditions not met' };
  const verdict = judgeValidations(
    listOf(cel, 'expressions'),
    variables,
    textAt(rule, 'validate', 'message'),
  );
  return verdict.status === 'error' ? { ...verdict, status: 'fail' } : verdict;
}

/**
 * Of the verdicts for each parameter: what fails, else what is not known, else what was skipped or passed.
 */
export function worst(verdicts: readonly Verdict[]): Verdict {
  for (const status of ['error', 'fail', 'unverified', 'skip'] as const) {
    const found = verdicts.find((one) => one.status === status);
    if (found) return found;
  }
  return { status: 'pass', message: '' };
}
