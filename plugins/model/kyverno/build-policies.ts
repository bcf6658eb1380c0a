/**
 * Kyverno's policies, Kubernetes' own and Namespaces with levels of pod security: their rules, and which
 * resources of the repository each rule selects.
 */
import {
  compareText,
  isObject,
  type JsonObject,
  type JsonPath,
  listAt,
  objectAt,
  takeSteps,
  textAt,
  textsAt,
  withinSteps,
} from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import { managedNamespaces } from '../argocd/sync/managed-namespaces.ts';
import { type BuildContext, type NotingContext, placeOfOrigin } from '../context.ts';
import type { Policy, PolicyRule, Resource } from '../types.ts';
import { withAutogen } from './autogen.ts';
import { constraintRule } from './constraints.ts';
import type { EnvironmentOf } from './environment.ts';
import { actionWritten } from './evaluate/actions.ts';
import { parseKind } from './kind-patterns.ts';
import { filtersOf, isMatched, type NamespaceLabels, selectsIn } from './match.ts';
import { namespacePolicies } from './namespace-policy.ts';
import { scopeOf } from './scope-words.ts';

const kinds: [string, string][] = [
  ['kyverno.io', 'ClusterPolicy'],
  ['kyverno.io', 'Policy'],
  ['kyverno.io', 'ClusterCleanupPolicy'],
  ['kyverno.io', 'CleanupPolicy'],
  ['policies.kyverno.io', 'ValidatingPolicy'],
  ['policies.kyverno.io', 'NamespacedValidatingPolicy'],
  ...['Mutating', 'Generating', 'ImageValidating', 'Deleting'].flatMap((type): [string, string][] => [
    ['policies.kyverno.io', `${type}Policy`],
    ['policies.kyverno.io', `Namespaced${type}Policy`],
  ]),
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'],
  ['admissionregistration.k8s.io', 'MutatingAdmissionPolicy'],
];

/**
 * Kyverno's own resource filters (kube-system and the like) are a setting of the cluster and not applied
 * here.
 * @param steps that all policies may take together.
 */
export function buildPolicies(
  resources: readonly Resource[],
  environmentOf: EnvironmentOf,
  context: NotingContext,
  steps = stepsOfARun,
): Policy[] {
  const candidates = createCandidates(resources);
  const labels = new Map(
    context.lookup.ofKind('', 'Namespace').map((namespace) => [namespace.name, namespace.labels]),
  );
  const managed = managedNamespaces(context.lookup);
  const labelsOf: NamespaceLabels = (namespace) =>
    managed.labelsOf(namespace, labels.get(namespace) ?? {}).labels;
  let left = steps;
  return inOrder(kinds.flatMap(([group, kind]) => context.lookup.ofKind(group, kind)))
    .map((resource): Policy => {
      const asked = withinSteps(left, () => rulesOf(resource, candidates, labelsOf, environmentOf, context));
      left -= asked.steps;
      if (!asked.isWhole) context.unverified.push(unknownMatches(resource, steps));
      return {
        id: resource.id,
        name: resource.name,
        kind: resource.kind,
        namespace: resource.namespace,
        rules: asked.isWhole ? asked.value : asked.value.map((rule) => ({ ...rule, matches: [] })),
        origin: resource.origin,
      };
    })
    .concat(namespacePolicies(context.lookup.ofKind('', 'Namespace'), resources, context))
    .sort((a, b) => compareText(a.id, b.id));
}

/** Those with the fewest rules and the shortest first: what is too much leaves out itself. */
function inOrder(policies: readonly Resource[]): Resource[] {
  return policies
    .map((policy) => ({ policy, size: JSON.stringify(policy.rendered.spec ?? null).length }))
    .sort((a, b) => a.size - b.size || compareText(a.policy.id, b.policy.id))
    .map(({ policy }) => policy);
}

function unknownMatches({ kind, name, origin }: Resource, steps: number): Unverified {
  return {
    kind: 'partial',
    what: `what ${kind}/${name} matches`,
    why: `to hold every policy's rules to every resource takes more than the ${steps.toLocaleString('en-US')} steps of a run, the smallest policies first`,
    origin: placeOfOrigin(origin),
    object: { kind, name },
    fields: ['*'],
  };
}

/** A resource held to a rule is one at least; some twenty seconds. */
const stepsOfARun = 8_000_000;

function rulesOf(
  policy: Resource,
  candidates: Candidates,
  labels: NamespaceLabels,
  environmentOf: EnvironmentOf,
  context: BuildContext,
): PolicyRule[] {
  if (policy.group !== 'kyverno.io') return [constraintRule(policy, candidates.all, environmentOf, context)];
  const spec = objectAt(policy.rendered, 'spec');
  if (policy.kind.endsWith('CleanupPolicy')) {
    const rule = {
      name: policy.name,
      match: objectAt(spec, 'match'),
      exclude: objectAt(spec, 'exclude'),
      cleanup: {},
    };
    return [describe(rule, [rule], policy, candidates, labels, context, ['spec'])];
  }
  return listAt(spec, 'rules').flatMap((rule, index) =>
    isObject(rule)
      ? [
          describe(rule, withAutogen(policy.rendered, rule), policy, candidates, labels, context, [
            'spec',
            'rules',
            index,
          ]),
        ]
      : [],
  );
}

function describe(
  rule: JsonObject,
  effective: JsonObject[],
  policy: Resource,
  candidates: Candidates,
  labels: NamespaceLabels,
  context: BuildContext,
  path: JsonPath,
): PolicyRule {
  const type = typeOf(rule);
  const matches = new Set<string>();
  for (const one of effective) {
    const isIn = selectsIn(one);
    for (const resource of candidates.of(one)) {
      if (policy.kind === 'Policy' && resource.namespace !== policy.namespace) continue;
      if (policy.kind === 'CleanupPolicy' && resource.namespace !== policy.namespace) continue;
      if (!takeSteps(1)) break;
      if (isIn(resource) && isMatched(one, resource, labels)) matches.add(resource.id);
    }
  }
  return {
    name: textAt(rule, 'name') ?? '',
    type,
    kinds: kindTexts(rule),
    scope: scopeOf(rule),
    action: type === 'validate' ? actionWritten(policy.rendered, rule) : null,
    target: targetOf(rule, type),
    message: textAt(rule, 'validate', 'message')?.trim() ?? null,
    matches: [...matches].sort(compareText),
    origin: context.locate(policy, path),
  };
}

function typeOf(rule: JsonObject): PolicyRule['type'] {
  for (const type of ['validate', 'mutate', 'generate', 'verifyImages', 'cleanup'] as const)
    if (rule[type] !== undefined) return type;
  return 'unknown';
}

function targetOf(rule: JsonObject, type: PolicyRule['type']): string | null {
  if (type === 'generate') {
    const one = textAt(rule, 'generate', 'kind');
    const several = textsAt(rule, 'generate', 'cloneList', 'kinds');
    const each = listAt(rule, 'generate', 'foreach').flatMap((item) => textAt(item, 'kind') ?? []);
    return [...(one === undefined ? [] : [one]), ...several, ...each].join(', ') || null;
  }
  if (type !== 'mutate') return null;
  const targets = listAt(rule, 'mutate', 'targets').flatMap((target) => textAt(target, 'kind') ?? []);
  return [...new Set(targets.length > 0 ? targets : kindTexts(rule))].join(', ') || null;
}

function kindTexts(rule: JsonObject): string[] {
  const all = filtersOf(objectAt(rule, 'match')).flatMap((filter) => listAt(filter, 'resources', 'kinds'));
  return [...new Set(all.filter((kind) => typeof kind === 'string'))];
}

/** Resources by kind: a rule looks only at those that its `kinds` could mean. */
function createCandidates(resources: readonly Resource[]): Candidates {
  const byKind = new Map<string, Resource[]>();
  for (const resource of resources) {
    const list = byKind.get(resource.kind);
    if (list) list.push(resource);
    else byKind.set(resource.kind, [resource]);
  }
  return {
    all: resources,
    of(rule) {
      const texts = kindTexts(rule);
      const named = texts.map((text) => parseKind(text).kind);
      if (texts.length === 0 || named.some((kind) => /[*?]/.test(kind))) return resources;
      return [...new Set(named)].flatMap((kind) => byKind.get(kind) ?? []);
    },
  };
}

interface Candidates {
  all: readonly Resource[];
  of(rule: JsonObject): readonly Resource[];
}
