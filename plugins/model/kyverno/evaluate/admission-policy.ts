/**
 * Kubernetes' own `ValidatingAdmissionPolicy`, which acts through its bindings alone: one row for each that
 * selects the subject. Source: `pkg/admission/plugin/policy/validating` of k8s.io/apiserver.
 */
import { type JsonObject, listAt, objectAt, textAt, textsAt } from '../../../base/index.ts';
import { fromJson, Unknown } from '../../../cel/index.ts';
import { worst } from './cel-rule.ts';
import { celVariables, conditionsHold, listOf, paramsOf } from './cel-variables.ts';
import { constraintsSelect, selects } from './resource-rules.ts';
import type { Environment, PolicyKind, RuleResult, Subject, Verdict } from './types.ts';
import { judgeValidations } from './validations.ts';

const group = 'admissionregistration.k8s.io';

/** Those of the policy, as `metadata.name` says it. */
export function bindingsOf(policy: JsonObject, environment: Environment): JsonObject[] {
  const name = textAt(policy, 'metadata', 'name');
  return environment
    .ofKind(group, `${textAt(policy, 'kind') ?? 'ValidatingAdmissionPolicy'}Binding`)
    .filter((binding) => textAt(binding, 'spec', 'policyName') === name);
}

/** Whether some binding has the policy look at the subject. */
export function admissionSelects(
  policy: JsonObject,
  subject: Subject,
  environment: Environment,
): boolean | string {
  if (isOfAdmission(subject)) return false;
  const selected = select(objectAt(policy, 'spec', 'matchConstraints'), subject, environment);
  if (selected === false) return false;
  const answers = bindingsOf(policy, environment).map((binding) =>
    bindingSelects(objectAt(binding, 'spec', 'matchResources'), subject, environment),
  );
  const answer = answers.includes(true) || (answers.find((one) => one !== false) ?? false);
  return answer === false || selected === true ? answer : selected;
}

/** The strictest of its bindings; without any it does nothing. */
export function actionOfBindings(policy: JsonObject, environment: Environment): string {
  const actions = bindingsOf(policy, environment).map(actionOfBinding);
  return ['Enforce', 'Warn'].find((action) => actions.includes(action)) ?? 'Audit';
}

function actionOfBinding(binding: JsonObject): string {
  const actions = textsAt(binding, 'spec', 'validationActions');
  if (actions.includes('Deny')) return 'Enforce';
  return actions.includes('Warn') ? 'Warn' : 'Audit';
}

/** The API server asks no policy about policies, so that nobody is locked out of mending one. */
export function isOfAdmission({ group: own, kind }: Subject): boolean {
  return own === group && /^(?:Validating|Mutating)AdmissionPolicy(?:Binding)?$/.test(kind);
}

export const admissionPolicy: PolicyKind = (policy, subject, environment) => {
  const spec = objectAt(policy, 'spec');
  if (isOfAdmission(subject)) return [];
  const constraints = objectAt(spec, 'matchConstraints');
  const selected = select(constraints, subject, environment);
  if (selected === false) return [];
  return bindingsOf(policy, environment).flatMap((binding): RuleResult[] => {
    const rule = textAt(binding, 'metadata', 'name') ?? '';
    const resources = objectAt(binding, 'spec', 'matchResources');
    const narrowed = bindingSelects(resources, subject, environment);
    const action = actionOfBinding(binding);
    if (narrowed === false) return [];
    for (const answer of [selected, narrowed])
      if (answer !== true) return [{ rule, status: 'unverified', message: answer, action }];
    return [{ rule, action, ...judgeBinding(spec, objectAt(binding, 'spec'), subject, environment) }];
  });
};

export function select(
  constraints: JsonObject,
  subject: Subject,
  environment: Environment,
): boolean | string {
  const isEquivalent = textAt(constraints, 'matchPolicy') !== 'Exact';
  return constraintsSelect(constraints, subject, environment, isEquivalent);
}

/** Without rules of its own a binding selects what its policy does. */
export function bindingSelects(
  resources: JsonObject,
  subject: Subject,
  environment: Environment,
): boolean | string {
  if (listAt(resources, 'resourceRules').length > 0) return select(resources, subject, environment);
  const all = { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*', '*/*'] };
  return select({ ...resources, resourceRules: [all] }, subject, environment);
}

function judgeBinding(
  spec: JsonObject,
  binding: JsonObject,
  subject: Subject,
  environment: Environment,
): Verdict {
  if (spec.paramKind === undefined || binding.paramRef === undefined) {
    const none = spec.paramKind === undefined ? {} : { params: null };
    return judge(spec, subject, environment, none);
  }
  const reference = objectAt(binding, 'paramRef');
  const params = paramsOf(objectAt(spec, 'paramKind'), reference, subject, environment, selects);
  if (params instanceof Unknown) {
    const otherwise =
      textAt(reference, 'parameterNotFoundAction') === 'Allow'
        ? 'without them it allows all'
        : 'without them it denies all';
    return { status: 'unverified', message: `${params.why}; ${otherwise}` };
  }
  return worst(params.map((one) => judge(spec, subject, environment, { params: fromJson(one) })));
}

function judge(
  spec: JsonObject,
  subject: Subject,
  environment: Environment,
  others: Record<string, unknown>,
): Verdict {
  const variables = celVariables(subject, environment, listAt(spec, 'variables'), others);
  const selected = conditionsHold(listAt(spec, 'matchConditions'), variables);
  if (selected.status === 'unknown') return { status: 'unverified', message: selected.message };
  if (selected.status === 'error') return inError(spec, selected.message);
  if (selected.value === false) return { status: 'skip', message: 'its match conditions do not hold' };
  const verdict = judgeValidations(listOf(spec, 'validations'), variables);
  return verdict.status === 'error' ? inError(spec, verdict.message) : verdict;
}

/** With a failure policy of Ignore what is in error lets pass. */
function inError(spec: JsonObject, message: string): Verdict {
  const ignored = textAt(spec, 'failurePolicy') === 'Ignore' ? ' (its failure policy lets it pass)' : '';
  return { status: 'error', message: message + ignored };
}
