/** How the resources of the platform fare with its policies: one row a rule and resource. */
import {
  compareText,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  oncePer,
  withinSteps,
} from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import { type BuildContext, type NotingContext, placeOfOrigin } from '../context.ts';
import { isMadeSecret } from '../secrets/made-secret.ts';
import type { Policy, PolicyRule, Resource } from '../types.ts';
import { createChanges } from './changed-subjects.ts';
import type { ClusterOf, EnvironmentOf } from './environment.ts';
import { actionOf } from './evaluate/actions.ts';
import { withApiDefaults } from './evaluate/api-defaults.ts';
import { celVariables, conditionsHold } from './evaluate/cel-variables.ts';
import { effectsOf, effectWords } from './evaluate/effects.ts';
import { evaluatePolicy } from './evaluate/evaluate-policy.ts';
import { imageResults } from './evaluate/image-policy.ts';
import { evaluateWhole } from './evaluate/rule-kinds.ts';
import { labelsOfNamespace } from './evaluate/subject.ts';
import type { Environment, PolicyResult, RuleResult, Subject } from './evaluate/types.ts';
import { keptResults } from './kept-results.ts';
import type { NamespaceLabels } from './match.ts';
import { createFilters } from './resource-filters.ts';
import { doubtsOf } from './result-doubts.ts';
import { uniteResults } from './unite-results.ts';

/**
 * Of policies and resources of one cluster; what Kyverno's filters leave out has no row. A policy that takes
 * more steps than are left has none either, and is told as not verified.
 * @param unverified of the builds: what is known only in part is never said to pass or to fail.
 * @param steps that all policies may take together.
 */
export function buildPolicyResults(
  policies: readonly Policy[],
  clusterOf: ClusterOf,
  environmentOf: EnvironmentOf,
  unverified: readonly Unverified[],
  context: NotingContext,
  steps = stepsOfARun,
): PolicyResult[] {
  const asked = policies.filter(({ rules }) => rules.some(({ type }) => evaluated.has(type)));
  if (asked.length === 0) return [];
  const isFiltered = createFilters(context.lookup, context.sources.files);
  const doubts = doubtsOf(unverified);
  const acts = (policy: Resource, resource: Resource) =>
    clusterOf(resource) === clusterOf(policy) &&
    !(policy.group.endsWith('kyverno.io') && isFiltered(resource));
  const changes = createChanges(policies, environmentOf, context, acts);
  let left = steps;
  return asked
    .flatMap((policy): PolicyResult[] => {
      const own = context.lookup.byId(policy.id);
      if (!own) return [];
      const environment = environmentOf(own);
      const labelsOf = labelsOfNamespace(environment);
      const matched = new Set(
        policy.rules.flatMap(({ type, matches }) => (evaluated.has(type) ? matches : [])),
      );
      const run = withinSteps(left, () =>
        [...matched].flatMap((id) => {
          const resource = context.lookup.byId(id);
          if (!resource || isMadeSecret(resource)) return [];
          if (!acts(own, resource)) return [];
          const subject = subjectOf(resource);
          const changed = changes(resource, subject);
          const effects = changed.effects.get(own.id) ?? [];
          const others = hasType(policy, 'generate', 'cleanup')
            ? effectsOf(own.rendered, changed.subject, environment).filter(({ type }) => type !== 'mutate')
            : [];
          const results = [
            ...(hasType(policy, 'validate')
              ? changed.subject === subject
                ? keptResults(own, resource, environment, (seen) => resultsOf(own, subject, seen))
                : resultsOf(own, changed.subject, environment)
              : []),
            ...(hasType(policy, 'verifyImages')
              ? imageResults(own.rendered, changed.subject, environment)
              : []),
            ...[...effects, ...others].map(
              (effect): RuleResult => ({
                rule: effect.rule,
                status: effect.status,
                message: effectWords(effect),
                action: effectActions[effect.type],
              }),
            ),
          ];
          const asked = isRequestAsked(own, changed.subject, environment);
          return uniteResults(results).map((result) => {
            const action = result.action ?? actionFor(policy, own, result.rule, resource, labelsOf);
            const known =
              typeof asked === 'string' && action === 'Enforce' && result.status === 'fail'
                ? { ...result, status: 'unverified' as const, message: asked }
                : result;
            return rowOf(
              own,
              resource,
              asked === false && action === 'Enforce' ? 'Audit' : action,
              doubts(own, resource, known, changed.unknown),
              context,
            );
          });
        }),
      );
      left -= run.steps;
      if (run.isWhole) return run.value;
      context.unverified.push(unknownResults(own, steps));
      return [];
    })
    .sort(
      (a, b) =>
        compareText(a.policy, b.policy) || compareText(a.resource, b.resource) || compareText(a.rule, b.rule),
    );
}

/**
 * Whether a request for the subject is brought before a policy of Kyverno: its conditions go into the webhook
 * of the API server, and what they leave out only the background scan reports. A text says what is not known.
 */
function isRequestAsked(
  { rendered }: Resource,
  subject: Subject,
  environment: Environment,
): boolean | string {
  const conditions = listAt(rendered, 'spec', 'webhookConfiguration', 'matchConditions');
  if (conditions.length === 0) return true;
  const held = conditionsHold(conditions, celVariables(subject, environment));
  if (held.status === 'unknown') return `whether its webhook is asked: ${held.message}`;
  // What is in error is let in or kept out as the failure policy says, which is told of errors.
  return held.status === 'error' || held.value !== false;
}

/** Whether it has rules of one of the kinds: what it has none of is not asked. */
function hasType({ rules }: Policy, ...types: readonly PolicyRule['type'][]): boolean {
  return rules.some(({ type }) => types.includes(type));
}

const evaluated: ReadonlySet<string> = new Set(['validate', 'mutate', 'generate', 'cleanup', 'verifyImages']);
const effectActions = { mutate: 'Mutate', generate: 'Generate', cleanup: 'Cleanup' };

/** Some ten seconds. */
const stepsOfARun = 4_000_000;

function unknownResults({ kind, name, origin }: Resource, steps: number): Unverified {
  return {
    kind: 'partial',
    what: `what ${kind}/${name} says of resources`,
    why: `to evaluate every policy takes more than the ${steps.toLocaleString('en-US')} steps of a run`,
    origin: placeOfOrigin(origin),
    object: { kind, name },
    fields: ['results'],
  };
}

function resultsOf(policy: Resource, subject: Subject, environment: Environment): RuleResult[] {
  const whole = evaluateWhole(`${policy.group}/${policy.kind}`, policy.rendered, subject, environment);
  return whole ?? evaluatePolicy(policy.rendered, subject, environment);
}

/** As a policy sees it: with the namespace that its manifest leaves out, and what the API server adds. */
const subjectOf = oncePer((resource: Resource): Subject => {
  const { rendered, group, version, kind, namespace, name, labels, annotations } = resource;
  const metadata = objectAt(rendered, 'metadata');
  const placed = namespace === null ? rendered : { ...rendered, metadata: { ...metadata, namespace } };
  const object = withApiDefaults(placed, group, kind);
  return { group, version, kind, namespace, name, labels, annotations, object, operation: 'CREATE' };
});

function rowOf(
  policy: Resource,
  resource: Resource,
  action: string,
  { rule, status, message, path }: RuleResult,
  context: BuildContext,
): PolicyResult {
  return {
    policy: policy.id,
    rule,
    resource: resource.id,
    result: status,
    message,
    action,
    origin: path === undefined ? placeOfOrigin(resource.origin) : context.locate(resource, path),
  };
}

/** Of a policy without rules of its own, what it says as a whole. */
function actionFor(
  { rules }: Policy,
  { group, rendered }: Resource,
  rule: string,
  { namespace }: Resource,
  labelsOf: NamespaceLabels,
): string {
  if (group !== 'kyverno.io') return rules[0]?.action ?? 'Audit';
  return actionOf(rendered, writtenRule(rendered, rule), namespace, labelsOf);
}

/** The rule that a report's name is of. */
function writtenRule(policy: JsonObject, name: string): JsonObject {
  return rulesByName(policy).get(name) ?? {};
}

const rulesByName = oncePer((policy: JsonObject): Map<string, JsonObject> => {
  const rules = listAt(policy, 'spec', 'rules').filter(isObject);
  // Of two the first counts.
  const named = rules.flatMap((rule) =>
    namesOf(String(rule.name ?? '')).map((name): [string, JsonObject] => [name, rule]),
  );
  return new Map(named.reverse());
});

/** What reports call a rule: itself, and what Kyverno adds because of it. */
export function namesOf(rule: string): string[] {
  return [rule, ...['autogen-', 'autogen-cronjob-'].map((prefix) => `${prefix}${rule}`.slice(0, 63))];
}
