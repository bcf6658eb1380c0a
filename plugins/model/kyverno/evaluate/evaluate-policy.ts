/** What a policy with rules (`kyverno.io`) says of one object. Source: kyverno `pkg/engine/validation.go`. */
import { isObject, type JsonObject, listAt, textAt } from '../../../base/index.ts';
import { withAutogen } from '../autogen.ts';
import { matchOf } from '../match.ts';
import { requestVariables, withContext } from './context.ts';
import { evaluateRule } from './rule-kinds.ts';
import { labelsOfNamespace } from './subject.ts';
import type { Environment, RuleResult, Subject } from './types.ts';

/**
 * One result for each of its validating rules that selects the object and says something, in the policy's
 * sequence.
 */
export function evaluatePolicy(policy: JsonObject, subject: Subject, environment: Environment): RuleResult[] {
  if (policy.kind === 'Policy' && namespaceOf(policy) !== subject.namespace) return [];
  const isOne = textAt(policy, 'spec', 'applyRules') === 'One';
  const isScored = textAt(policy, 'metadata', 'annotations', 'policies.kyverno.io/scored') !== 'false';
  const results: RuleResult[] = [];
  for (const rule of rulesOf(policy)) {
    const result = resultOf(policy, rule, subject, environment);
    if (!result) continue;
    results.push(result.status === 'fail' && !isScored ? { ...result, status: 'warn' } : result);
    if (isOne && (result.status === 'pass' || result.status === 'fail')) break;
  }
  return results;
}

/** The rule as it is written, and where it is of a policy, as Kyverno adds it for workloads. */
function rulesOf(policy: JsonObject): JsonObject[] {
  const known = prepared.get(policy);
  if (known) return known;
  const rules = listAt(policy, 'spec', 'rules')
    .filter(isObject)
    .filter((rule) => isObject(rule.validate))
    .flatMap((rule) => withAutogen(policy, rule));
  prepared.set(policy, rules);
  return rules;
}

const prepared = new WeakMap<JsonObject, JsonObject[]>();

function resultOf(
  policy: JsonObject,
  rule: JsonObject,
  subject: Subject,
  environment: Environment,
): RuleResult | null {
  const name = textAt(rule, 'name') ?? '';
  const matched = matchOf(rule, subject, labelsOfNamespace(environment));
  if (matched === false) return null;
  if (matched === null) {
    const message = 'whether the rule selects it is known to a cluster only: who asks, or a namespace';
    return { rule: name, status: 'unverified', message };
  }
  const stated = environment.stated?.(name, subject) ?? {};
  const variables = withContext(
    requestVariables(subject, stated),
    listAt(rule, 'context'),
    environment,
    stated,
  );
  const verdict = evaluateRule({ policy, rule, subject, environment, variables });
  return verdict && { rule: name, ...verdict };
}

function namespaceOf(policy: JsonObject): string {
  return textAt(policy, 'metadata', 'namespace') ?? 'default';
}
