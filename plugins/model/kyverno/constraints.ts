/**
 * The CEL-based kinds of `policies.kyverno.io`: one rule each, matched by `matchConstraints` as admission
 * policies are.
 */
import {
  byName,
  compareText,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  pluralOf,
  takeSteps,
  textAt,
  textsAt,
} from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { PolicyRule, Resource } from '../types.ts';
import { selectorHolds } from './match.ts';

const types: Record<string, PolicyRule['type']> = byName({
  ValidatingPolicy: 'validate',
  NamespacedValidatingPolicy: 'validate',
  MutatingPolicy: 'mutate',
  GeneratingPolicy: 'generate',
  ImageValidatingPolicy: 'verifyImages',
  DeletingPolicy: 'cleanup',
});

export function constraintRule(
  policy: Resource,
  resources: readonly Resource[],
  context: BuildContext,
): PolicyRule {
  const spec = objectAt(policy.rendered, 'spec');
  const constraints = objectAt(spec, 'matchConstraints');
  const rules = listAt(constraints, 'resourceRules').filter(isObject);
  const excluded = listAt(constraints, 'excludeResourceRules').filter(isObject);
  const type = types[policy.kind] ?? 'unknown';
  const actions = textsAt(spec, 'validationActions');
  const matches = resources.filter((resource) => {
    if (!takeSteps(1)) return false;
    if (policy.namespace !== null && resource.namespace !== policy.namespace) return false;
    if (!selectorHolds(objectAt(constraints, 'objectSelector'), resource.labels)) return false;
    return rules.some((rule) => takes(rule, resource)) && !excluded.some((rule) => takes(rule, resource));
  });
  const conditions = listAt(spec, 'matchConditions').flatMap((condition) => textAt(condition, 'name') ?? []);
  return {
    name: policy.name,
    type,
    kinds: [...new Set(rules.flatMap((rule) => textsAt(rule, 'resources')))],
    scope: [
      ...(constraints.namespaceSelector === undefined ? [] : ['a namespace selector']),
      ...(constraints.objectSelector === undefined ? [] : ['an object selector']),
      ...conditions.map((name) => `condition ${name}`),
    ],
    action:
      type === 'validate' ? (actions.length === 0 || actions.includes('Deny') ? 'Enforce' : 'Audit') : null,
    target: null,
    message: listAt(spec, 'validations').flatMap((one) => textAt(one, 'message') ?? [])[0] ?? null,
    matches: matches.map((resource) => resource.id).sort(compareText),
    origin: context.locate(policy, ['spec']),
  };
}

function takes(rule: JsonObject, resource: Resource): boolean {
  const operations = textsAt(rule, 'operations');
  if (operations.length > 0 && !operations.some((operation) => operation === '*' || operation === 'CREATE'))
    return false;
  const names = textsAt(rule, 'resourceNames');
  if (names.length > 0 && !names.includes(resource.name)) return false;
  const has = (key: string, value: string): boolean =>
    textsAt(rule, key).some((text) => text === '*' || text === value);
  if (!has('apiGroups', resource.group) || !has('apiVersions', resource.version)) return false;
  return textsAt(rule, 'resources').some(
    (text) => text === '*' || text === '*/*' || text === resourceNameOf(resource.kind),
  );
}

/** The resource name of a kind, by the rule that Kubernetes' own names follow. */
function resourceNameOf(kind: string): string {
  const lower = kind.toLowerCase();
  return lower === 'endpoints' ? lower : pluralOf(lower);
}
