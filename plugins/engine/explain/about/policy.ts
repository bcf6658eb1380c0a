import type { Policy, PolicyResult, PolicyRule, PolicyStatus, Resource } from '../../../model/index.ts';
import { ruleOfResult } from '../../../model/index.ts';
import type { Place } from '../../../source/index.ts';
import type { Named } from './named.ts';
import type { AboutRoom } from './room.ts';

/** What a policy is for, and of each rule what it says, of what, and how this repository fares with it. */
export function policyFacts(policy: Policy, { annotations }: Resource, room: AboutRoom): PolicyFacts {
  const results = (room.results.get(policy.id) ?? []).filter((one) => one.policy === policy.id);
  const ofRule = Map.groupBy(results, ({ rule }) => ruleOfResult(policy, rule)?.name ?? rule);
  const note = (name: string) => annotations[`policies.kyverno.io/${name}`]?.trim() || null;
  return {
    is: 'policy',
    title: note('title'),
    description: note('description'),
    category: note('category'),
    severity: note('severity'),
    actions: [...new Set(policy.rules.flatMap(({ action }) => action ?? []))],
    rules: policy.rules.map((rule) => ruleFacts(rule, ofRule.get(rule.name) ?? [], room)),
  };
}

function ruleFacts(rule: PolicyRule, results: readonly PolicyResult[], room: AboutRoom): RuleFacts {
  const counts: Partial<Record<PolicyStatus, number>> = {};
  for (const { result } of results) counts[result] = (counts[result] ?? 0) + 1;
  const { name, type, action, message, kinds, scope, target, matches, origin } = rule;
  return {
    ...{ name, type, action, message, kinds, scope, target, origin },
    matches: matches.map(room.named),
    counts,
    odd: results
      .filter(({ result }) => result !== 'pass' && result !== 'skip')
      .map(({ resource, result, message: why, origin: at }) => ({
        resource: room.named(resource),
        result,
        message: why,
        origin: at,
      })),
    judges: [
      ...new Set(
        results.flatMap((one) =>
          one.rule.startsWith('autogen-') || one.ofPods === true ? [one.resource] : [],
        ),
      ),
    ].map(room.named),
  };
}

/** Of a policy of Kyverno's or of Kubernetes'. */
export interface PolicyFacts {
  is: 'policy';
  /** What it says of itself; null where it does not. */
  title: string | null;
  description: string | null;
  category: string | null;
  severity: string | null;
  /** `Enforce`, `Audit`; none where it judges nothing. */
  actions: string[];
  rules: RuleFacts[];
}

interface RuleFacts
  extends Pick<PolicyRule, 'name' | 'type' | 'action' | 'message' | 'kinds' | 'scope' | 'target' | 'origin'> {
  /** Resources of this repository that it selects. */
  matches: Named[];
  /** How many fare how. */
  counts: Partial<Record<PolicyStatus, number>>;
  /** Those that neither pass nor are passed over. */
  odd: { resource: Named; result: PolicyStatus; message: string; origin: Place }[];
  /** Workloads whose Pods it judges, by what Kyverno adds for them. */
  judges: Named[];
}
