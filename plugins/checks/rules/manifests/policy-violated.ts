import { counted } from '../../../base/index.ts';
import type { Kustomization, Policy, PolicyResult, PolicyRule, Resource } from '../../../model/index.ts';
import { isRefused, ruleOfResult } from '../../../model/index.ts';
import { type Platform, type UnreadPart, unreadParts } from '../../../platform/index.ts';
import type { DiagnosticOf, DiagnosticSource } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject } from './example-files.ts';

const policy = `==> IT/policy.yaml <==
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: require-owner
spec:
  validationFailureAction: Enforce
  rules:
    - name: owner
      match:
        any:
          - resources: {kinds: [Service]}
      validate:
        message: Every Service says who owns it.
        pattern:
          metadata:
            labels: {owner: "?*"}
`;

export const policyViolated = {
  name: 'policy-violated',
  about: 'manifests',
  severity: 'error',
  title: 'a policy refuses a resource',
  explain: `A policy that is deployed judges a resource that is deployed to the same cluster, and the resource fails. Where the policy enforces, the API server refuses the resource, and the sync of its application fails: an error, also where the policy is not scored, which only its report knows. So is what it cannot be evaluated for, in any of its rules and in a mutation, unless it says \`failurePolicy: Ignore\`. Labels of a Namespace for pod security (\`pod-security.kubernetes.io/enforce\`) are a policy too: they refuse Pods, also those that a workload makes. Where it only audits or warns, or is for the background scan alone (\`admission: false\`), the resource is applied and reported: a note, one for each rule. The resource is judged as the API server hands it over, with the defaults that it fills in.`,
  silent: `Says nothing:

- about a policy or resource that nothing is seen to deploy (for example one that a Flux Kustomization leaves out of another's folder), or where the two belong to different clusters;
- about what only a cluster knows: who asks, calls of its API, data from image registries, labels of a namespace that is not in the repository; about a resource that is known only in part; and about one that another policy changes first. \`plumbline table policy-results\` says \`unverified\` there;
- about a Kyverno policy, while something that is not read may declare a PolicyException: a failed build, an ApplicationSet that is not expanded, the source of an Application. A chart is taken to except only what it brings itself.

Exemptions in the API server's own configuration of pod security are not known, and taken to be none.`,
  failing: `${webProject}${webApplication}${policy}==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
  mended: `${webProject}${webApplication}${policy}==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    owner: shop
spec:
  ports:
    - port: 80
`,
  check: violations,
} as const satisfies ManifestRule;

function violations(platform: Platform): DiagnosticOf<'policy-violated'>[] {
  const { model } = platform;
  const failed = model.policyResults.filter(({ result }) => ['fail', 'warn', 'error'].includes(result));
  if (failed.length === 0) return [];
  // Exceptions are Kyverno's: Kubernetes' own policies know none.
  const isOpen = unreadParts(platform).some(mayExcept);
  const policies = new Map(model.policies.map((one) => [one.id, one]));
  const found = failed.flatMap((result): Violation[] => {
    const judged = policies.get(result.policy);
    const own = platform.resource(result.policy);
    const resource = platform.resource(result.resource);
    const rule = judged && ruleOfResult(judged, result.rule);
    if (!judged || !own || !resource || !rule || !isApplied(own, platform) || !isApplied(resource, platform))
      return [];
    if (isOpen && own.group.endsWith('kyverno.io')) return [];
    const refuses = isRefused(own, result);
    // What is in error and lets pass is in the table alone: it says nothing of the resource.
    return refuses || result.result !== 'error'
      ? [{ policy: judged, own, rule, resource, result, refuses }]
      : [];
  });
  const enforced = found.filter(({ refuses }) => refuses);
  const audited = Map.groupBy(
    found.filter(({ refuses }) => !refuses),
    ({ policy: { id }, rule }) => `${id}#${rule.name}`,
  );
  return [
    ...enforced.map((one) => refused(platform, one)),
    ...[...audited.values()].map((all) => reported(platform, all)),
  ];
}

/** What a chart excepts is what it brings itself, which is not judged where it is not read. */
function mayExcept({ adds, mayHold, unverified }: UnreadPart): boolean {
  return adds && unverified.kind !== 'chart' && mayHold({ group: 'kyverno.io', kind: 'PolicyException' });
}

/** By an application, or by hand as all that is bootstrap. */
function isApplied({ deployer, layer, phase, source }: Resource, platform: Platform): boolean {
  if (phase === null) return false;
  return deployer === null
    ? layer === 'bootstrap' && source === 'file'
    : !isLeftOut(deployer, platform, new Set());
}

/**
 * Whether a Kustomization of Flux lies in the folder of another that leaves it out of what it deploys, as
 * where its line is commented out, or is deployed by such a one: nobody is seen to apply it.
 */
function isLeftOut(id: string, platform: Platform, seen: Set<string>): boolean {
  const { kustomizations } = platform.model;
  const own = platform.resource(id);
  if (!own || seen.has(id) || !kustomizations.some((one) => one.id === id)) return false;
  if (own.deployer !== null) return isLeftOut(own.deployer, platform, seen.add(id));
  return kustomizations.some((other) => other.id !== id && holds(other, own.origin.file));
}

/** One of the whole repository holds also what nobody but a person applies. */
function holds({ path }: Kustomization, file: string): boolean {
  return path !== null && path !== '' && path !== '.' && file.startsWith(`${path}/`);
}

function refused(platform: Platform, violation: Violation): DiagnosticOf<'policy-violated'> {
  const {
    policy: { kind, name, id },
    rule,
    resource,
    result,
  } = violation;
  const ofPods = kind === 'Namespace' && resource.kind !== 'Pod' ? 'the Pods of ' : '';
  const refuses = `the API server refuses ${ofPods === '' ? 'the resource' : 'its Pods'}`;
  return diagnose(policyViolated, {
    about: `${id}#${result.rule}#${resource.id}`,
    message: `${kind} \`${name}\` refuses ${ofPods}\`${platform.referenceOf(resource)}\`: ${result.message}`,
    sources: [judgedAt(platform, violation), ruleAt(platform, violation)],
    expected: `rule \`${rule.name}\` passes`,
    actual:
      result.result === 'error'
        ? `it is in error, and the policy does not say \`failurePolicy: Ignore\`: ${refuses}`
        : `it fails, and the policy enforces it: ${refuses}`,
    help:
      kind === 'Namespace'
        ? `change what the Pods ask for, or the label \`pod-security.kubernetes.io/${rule.name}\` of the Namespace`
        : 'change the resource, except it from the rule, or let the policy audit',
  });
}

/** All that one rule reports, in one note. */
function reported(platform: Platform, all: readonly Violation[]): DiagnosticOf<'policy-violated'> {
  const [first] = all;
  if (!first) throw new Error('a group has one at least');
  const {
    policy: { kind, name, id },
    rule,
    result,
  } = first;
  return {
    ...diagnose(policyViolated, {
      about: `${id}#${rule.name}`,
      message: `${kind} \`${name}\` reports ${counted(all.length, 'resource')} that its rule \`${rule.name}\` does not pass: ${result.message}`,
      sources: [...all.slice(0, mostShown).map((one) => judgedAt(platform, one)), ruleAt(platform, first)],
      expected: `rule \`${rule.name}\` passes`,
      actual: `${counted(all.length, 'resource')} fail${all.length === 1 ? 's' : ''}${all.length > mostShown ? `; the first ${mostShown} are shown` : ''}`,
      help: `\`plumbline table policy-results --where "result == 'fail'"\` shows all`,
    }),
    severity: 'info',
  };
}

const mostShown = 5;

function judgedAt(platform: Platform, { resource, result }: Violation): DiagnosticSource {
  const reference = platform.referenceOf(resource);
  return { ...result.origin, resource: reference, path: null, role: 'fails', via: resource.origin.via };
}

function ruleAt(platform: Platform, { own, rule }: Violation): DiagnosticSource {
  return {
    ...rule.origin,
    resource: platform.referenceOf(own),
    path: null,
    role: 'rule',
    via: own.origin.via,
  };
}

interface Violation {
  policy: Policy;
  own: Resource;
  rule: PolicyRule;
  resource: Resource;
  result: PolicyResult;
  /** The API server takes the resource not in. */
  refuses: boolean;
}
