/** PolicyExceptions, which keep a rule from a resource. Source: kyverno `pkg/engine/utils/exceptions.go`. */
import { isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../../base/index.ts';
import { matchOf } from '../match.ts';
import { wildcard } from '../wildcard.ts';
import { conditionsHold } from './conditions.ts';
import { labelsOfNamespace } from './subject.ts';
import { NotKnown, type RuleScope } from './types.ts';

/**
 * `namespace/name` of each exception of the rule that selects the subject. Those that only leave out controls
 * of pod security are not among them.
 * @throws NotKnown where one would, if something were so that is not known.
 */
export function exceptionsOf(scope: RuleScope): string[] {
  const { policy, rule, subject, environment, variables } = scope;
  return environment.ofKind('kyverno.io', 'PolicyException').flatMap((exception) => {
    const spec = objectAt(exception, 'spec');
    if (!isNamed(listAt(spec, 'exceptions'), policy, rule) || listAt(spec, 'podSecurity').length > 0)
      return [];
    const name = `${textAt(exception, 'metadata', 'namespace') ?? 'default'}/${textAt(exception, 'metadata', 'name') ?? ''}`;
    const matched = matchOf({ match: objectAt(spec, 'match') }, subject, labelsOfNamespace(environment));
    if (matched === null) throw new NotKnown(`whether the exception ${name} selects it is not known`);
    return matched && conditionsHold(spec.conditions, variables).holds ? [name] : [];
  });
}

function isNamed(exceptions: readonly unknown[], policy: JsonObject, rule: JsonObject): boolean {
  const name = textAt(policy, 'metadata', 'name') ?? '';
  const namespace = textAt(policy, 'metadata', 'namespace');
  const full = policy.kind === 'Policy' && namespace !== undefined ? `${namespace}/${name}` : name;
  return exceptions.some(
    (one) =>
      isObject(one) &&
      one.policyName === full &&
      textsAt(one, 'ruleNames').some((pattern) => wildcard(pattern, textAt(rule, 'name') ?? '')),
  );
}
