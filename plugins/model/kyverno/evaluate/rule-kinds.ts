/**
 * How each kind of rule, and each kind of policy without rules, is evaluated: one row a kind. What has no row
 * is unverified.
 */
import { byName, isObject, type JsonObject, objectAt } from '../../../base/index.ts';
import {
  type Environment,
  EvaluationError,
  NotKnown,
  type PolicyKind,
  type RuleKind,
  type RuleResult,
  type RuleScope,
  type Subject,
  type Verdict,
} from './types.ts';

/** By the key below `validate`. */
const ruleKinds: Record<string, RuleKind> = byName({});

/** By `group/Kind`. */
const policyKinds: Record<string, PolicyKind> = byName({});

/** What the rule's own kind says of the subject, with what it throws as a verdict. */
export function evaluateRule(scope: RuleScope): Verdict | null {
  const validate = objectAt(scope.rule, 'validate');
  const known = Object.keys(ruleKinds).find((key) => validate[key] !== undefined);
  const kind = known === undefined ? undefined : ruleKinds[known];
  return attempt(() => {
    if (kind) return kind(scope);
    const written = Object.keys(validate)
      .filter((key) => isObject(validate[key]))
      .join(', ');
    throw new NotKnown(`rules with ${written === '' ? 'no condition' : written} are not evaluated`);
  });
}

/**
 * What a policy without rules of its own says; undefined where it is of no such kind.
 * @param kind `group/Kind`
 */
export function evaluateWhole(
  kind: string,
  policy: JsonObject,
  subject: Subject,
  environment: Environment,
): RuleResult[] | undefined {
  return policyKinds[kind]?.(policy, subject, environment);
}

/** The verdict, or what was thrown instead of one. */
export function attempt(run: () => Verdict | null): Verdict | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof NotKnown) return { status: 'unverified', message: error.message };
    if (error instanceof EvaluationError) return { status: 'error', message: error.message };
    throw error;
  }
}
