/** PolicyExceptions, which keep a rule from a resource. Source: kyverno `pkg/engine/utils/exceptions.go`. */
import { at, isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../../base/index.ts';
import { matchOf } from '../match.ts';
import { wildcard } from '../wildcard.ts';
import { conditionsHold } from './conditions.ts';
import { labelsOfNamespace } from './subject.ts';
import { NotKnown, type RuleScope } from './types.ts';

/**
 * `namespace/name` of each exception that keeps the whole rule from the subject. Of a rule of pod security
 * one that names controls leaves out these alone.
 * @throws NotKnown where one would, if something were so that is not known.
 */
export function exceptionsOf(scope: RuleScope): string[] {
  const isOfPods = isObject(at(scope.rule, 'validate', 'podSecurity'));
  return excepting(scope, (controls) => !isOfPods || controls.length === 0).map(({ name }) => name);
}

/**
 * Those that leave out controls of a rule of pod security, with the controls: `exclude`s of a rule, in form.
 * @throws NotKnown as `exceptionsOf` does
 */
export function controlExceptionsOf(scope: RuleScope): Excepting[] {
  return excepting(scope, (controls) => controls.length > 0);
}

function excepting(scope: RuleScope, isMeant: (controls: readonly JsonObject[]) => boolean): Excepting[] {
  const { policy, rule, subject, environment, variables } = scope;
  return environment.ofKind('kyverno.io', 'PolicyException').flatMap((exception) => {
    const spec = objectAt(exception, 'spec');
    const controls = listAt(spec, 'podSecurity').filter(isObject);
    if (!isNamed(listAt(spec, 'exceptions'), policy, rule) || !isMeant(controls)) return [];
    const name = `${textAt(exception, 'metadata', 'namespace') ?? 'default'}/${textAt(exception, 'metadata', 'name') ?? ''}`;
    const matched = matchOf({ match: objectAt(spec, 'match') }, subject, labelsOfNamespace(environment));
    if (matched === null) throw new NotKnown(`whether the exception ${name} selects it is not known`);
    return matched && conditionsHold(spec.conditions, variables).holds ? [{ name, controls }] : [];
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

interface Excepting {
  /** `namespace/name` */
  name: string;
  controls: JsonObject[];
}
