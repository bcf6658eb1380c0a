import type { Model, Policy, PolicyResult, PolicyRule, PolicyStatus } from '../types.ts';
import { namesOf } from './policy-results.ts';

/** True for what a rule says of a resource; false for what one does to it. */
export function isJudgement({ action }: Pick<PolicyResult, 'action'>): boolean {
  return action !== 'Mutate' && action !== 'Generate' && action !== 'Cleanup';
}

/** The rule of a policy that a report's name is of; of a policy without rules of its own its only one. */
export function ruleOfResult({ rules }: Policy, name: string): PolicyRule | undefined {
  return (
    rules.find((rule) => namesOf(rule.name).includes(name)) ?? (rules.length === 1 ? rules[0] : undefined)
  );
}

/** How many results of a kind a rule has, with those of what Kyverno adds because of it. */
export function resultCounts({
  policyResults,
}: Model): (policy: string, rule: string, result: PolicyStatus) => number {
  const counts = new Map<string, number>();
  for (const { policy, rule, result } of policyResults) {
    const key = [policy, rule, result].join('\0');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (policy, rule, result) =>
    [...new Set(namesOf(rule))].reduce(
      (sum, name) => sum + (counts.get([policy, name, result].join('\0')) ?? 0),
      0,
    );
}
