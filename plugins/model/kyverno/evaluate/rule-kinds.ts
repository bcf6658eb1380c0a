/**
 * How each kind of rule, and each kind of policy without rules, is evaluated: one row a kind. What has no row
 * is unverified.
 */
import { byName, isObject, type JsonObject, listAt, objectAt } from '../../../base/index.ts';
import { admissionPolicy } from './admission-policy.ts';
import { celRule } from './cel-rule.ts';
import { conditionsHold } from './conditions.ts';
import { exceptionsOf } from './exceptions.ts';
import { forEach } from './foreach.ts';
import { namespacePolicy } from './namespace-policy.ts';
import { podSecurityRule } from './pod-security-rule.ts';
import { denial, verdictOfAny, verdictOfPattern } from './rule-verdicts.ts';
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
import { validatingPolicy } from './validating-policy.ts';

/** By the key below `validate`; the first that a rule has stands. */
const ruleKinds: Record<string, RuleKind> = byName({
  deny: ({ rule, variables }) => denial(rule, objectAt(rule, 'validate', 'deny'), variables),
  pattern: (scope) =>
    verdictOfPattern(
      scope,
      objectAt(scope.rule, 'validate', 'pattern'),
      scope.subject.object,
      scope.variables,
    ),
  anyPattern: (scope) =>
    verdictOfAny(scope, listAt(scope.rule, 'validate', 'anyPattern'), scope.subject.object, scope.variables),
  foreach: forEach,
  cel: celRule,
  podSecurity: podSecurityRule,
});

/** By `group/Kind`. */
const policyKinds: Record<string, PolicyKind> = byName({
  'policies.kyverno.io/ValidatingPolicy': validatingPolicy,
  'policies.kyverno.io/NamespacedValidatingPolicy': validatingPolicy,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': admissionPolicy,
  '/Namespace': namespacePolicy,
});

/** What a rule that selects the subject says of it; null where a report has no row. */
export function evaluateRule(scope: RuleScope): Verdict | null {
  const validate = objectAt(scope.rule, 'validate');
  const known = Object.keys(ruleKinds).find((key) => validate[key] !== undefined);
  const kind = known === undefined ? undefined : ruleKinds[known];
  return attempt(() => {
    if (!conditionsHold(scope.rule.preconditions, scope.variables).holds)
      return { status: 'skip', message: 'preconditions not met' };
    const [excepting] = exceptionsOf(scope);
    if (excepting !== undefined)
      return { status: 'skip', message: `rule is skipped due to policy exception ${excepting}` };
    if (kind) return kind(scope);
    const written = Object.keys(validate).filter((key) => isObject(validate[key]));
    throw new NotKnown(
      `rules with ${written.length === 0 ? 'no condition' : written.join(', ')} are not evaluated`,
    );
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
