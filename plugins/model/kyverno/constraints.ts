/**
 * The CEL-based kinds of `policies.kyverno.io`, and Kubernetes' own: one rule each, matched by
 * `matchConstraints` as admission policies are.
 */
import {
  byName,
  compareText,
  type JsonObject,
  listAt,
  objectAt,
  takeSteps,
  textAt,
  textsAt,
} from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { PolicyRule, Resource } from '../types.ts';
import type { EnvironmentOf } from './environment.ts';
import { isAsked } from './evaluate/actions.ts';
import { actionOfBindings, admissionSelects } from './evaluate/admission-policy.ts';
import { listOf } from './evaluate/cel-variables.ts';
import { constraintsSelect } from './evaluate/resource-rules.ts';
import type { Environment, Subject } from './evaluate/types.ts';
import { podTargets } from './evaluate/validating-autogen.ts';

/** By the kind, without what says that it is of one namespace. */
const types: Record<string, PolicyRule['type']> = byName({
  ValidatingPolicy: 'validate',
  ValidatingAdmissionPolicy: 'validate',
  MutatingPolicy: 'mutate',
  MutatingAdmissionPolicy: 'mutate',
  GeneratingPolicy: 'generate',
  ImageValidatingPolicy: 'verifyImages',
  DeletingPolicy: 'cleanup',
});

/** Selected is also what only a cluster could say whether it is. */
export function constraintRule(
  policy: Resource,
  resources: readonly Resource[],
  environmentOf: EnvironmentOf,
  context: BuildContext,
): PolicyRule {
  const spec = objectAt(policy.rendered, 'spec');
  const constraints = objectAt(spec, 'matchConstraints');
  const type = types[policy.kind.replace(/^Namespaced/, '')] ?? 'unknown';
  const environment = environmentOf(policy);
  const selects = selection(policy, environment);
  const matches = resources.filter((resource) => {
    if (!takeSteps(1)) return false;
    if (policy.namespace !== null && resource.namespace !== policy.namespace) return false;
    return selects(subjectOf(resource)) !== false;
  });
  const conditions = listAt(spec, 'matchConditions').flatMap((condition) => textAt(condition, 'name') ?? []);
  return {
    name: policy.name,
    type,
    kinds: [...new Set(listOf(constraints, 'resourceRules').flatMap((rule) => textsAt(rule, 'resources')))],
    scope: [
      ...(constraints.namespaceSelector === undefined ? [] : ['a namespace selector']),
      ...(constraints.objectSelector === undefined ? [] : ['an object selector']),
      ...conditions.map((name) => `condition ${name}`),
    ],
    action: type === 'validate' || type === 'verifyImages' ? actionOf(policy, spec, environment) : null,
    target: null,
    message: listAt(spec, 'validations').flatMap((one) => textAt(one, 'message') ?? [])[0] ?? null,
    matches: matches.map((resource) => resource.id).sort(compareText),
    origin: context.locate(policy, ['spec']),
  };
}

/** Each is made once, as every policy looks at it. */
function subjectOf(resource: Resource): Subject {
  let subject = subjects.get(resource);
  if (subject === undefined) {
    subject = { ...resource, object: resource.rendered, operation: 'CREATE' };
    subjects.set(resource, subject);
  }
  return subject;
}

const subjects = new WeakMap<Resource, Subject>();

function selection(policy: Resource, environment: Environment): (subject: Subject) => boolean | string {
  if (policy.group === 'admissionregistration.k8s.io')
    return (subject) => admissionSelects(policy.rendered, subject, environment);
  const spec = objectAt(policy.rendered, 'spec');
  const isOfPods = /^(?:Namespaced)?(?:Image)?(?:Validating|Mutating)Policy$/.test(policy.kind);
  const added = isOfPods ? podTargets(spec).map(({ matchConstraints }) => matchConstraints) : [];
  const all = [objectAt(spec, 'matchConstraints'), ...added];
  return (subject) => {
    const answers = all.map((constraints) => constraintsSelect(constraints, subject, environment));
    return answers.includes(true) || (answers.find((answer) => answer !== false) ?? false);
  };
}

/** Kyverno denies where nothing is said; Kubernetes' own policies act as their bindings say. */
function actionOf(policy: Resource, spec: JsonObject, environment: Environment): string {
  if (policy.kind === 'ValidatingAdmissionPolicy') return actionOfBindings(policy.rendered, environment);
  if (!isAsked(policy.rendered)) return 'Audit';
  const actions = textsAt(spec, 'validationActions');
  return actions.length === 0 || actions.includes('Deny') ? 'Enforce' : 'Audit';
}
