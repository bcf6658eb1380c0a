/** What rules for Pods say of the Pods that workloads make, where Kyverno adds no rule for the workloads. */
import { isObject, type JsonObject, listAt, objectAt, textsAt, withinSteps } from '../../base/index.ts';
import { placeOfOrigin } from '../context.ts';
import { resourcesByName } from '../resource-index.ts';
import { podSpecOf } from '../secrets/pod-spec.ts';
import type { Model, PolicyResult, Resource } from '../types.ts';
import { withAutogen } from './autogen.ts';
import { environmentsOf } from './environment.ts';
import { actionWritten } from './evaluate/actions.ts';
import { withApiDefaults } from './evaluate/api-defaults.ts';
import { evaluatePolicy } from './evaluate/evaluate-policy.ts';
import { subjectOf } from './evaluate/subject.ts';
import { filtersOf } from './match.ts';

/**
 * One result a rule and workload. Such a policy says nothing when the workload is applied, and refuses its
 * Pods when they are made: a report has them under the Pods, which stand in no manifest. Empty as far as the
 * rules of all policies are more work than a run has.
 */
export function podResults({ policies, resources }: Pick<Model, 'policies' | 'resources'>): PolicyResult[] {
  const lookup = resourcesByName(resources);
  const judging = policies.flatMap(({ id }) => {
    const policy = lookup.byId(id);
    const rules = policy?.group === 'kyverno.io' ? rulesOfPodsAlone(policy.rendered) : [];
    return policy && rules.length > 0 ? [{ policy, rules }] : [];
  });
  if (judging.length === 0) return [];
  const environment = environmentsOf({ lookup }, () => '');
  const pods = resources.flatMap((workload) => {
    const pod = podOf(workload);
    return pod === null ? [] : [{ workload, pod: subjectOf(pod, workload.namespace) }];
  });
  const { value, isWhole } = withinSteps(stepsOfARun, () =>
    judging.flatMap(({ policy, rules }) =>
      pods.flatMap(({ workload, pod }) =>
        evaluatePolicy(policy.rendered, pod, environment(policy)).flatMap((result): PolicyResult[] => {
          const rule = rules.find(({ name }) => name === result.rule);
          if (rule === undefined) return [];
          return [
            {
              policy: policy.id,
              rule: result.rule,
              resource: workload.id,
              result: result.status,
              message: result.message,
              action: actionWritten(policy.rendered, rule) ?? 'Audit',
              origin: placeOfOrigin(workload.origin),
              ofPods: true,
            },
          ];
        }),
      ),
    ),
  );
  return isWhole ? value : [];
}

/** Validating rules for Pods that stand for themselves alone. */
function rulesOfPodsAlone(policy: JsonObject): JsonObject[] {
  return listAt(policy, 'spec', 'rules')
    .filter(isObject)
    .filter(
      (rule) =>
        rule.validate !== undefined &&
        filtersOf(objectAt(rule, 'match'))
          .flatMap((filter) => textsAt(filter, 'resources', 'kinds'))
          .includes('Pod') &&
        withAutogen(policy, rule).length === 1,
    );
}

/** The Pod as a controller asks for it; null for what makes none, or is one. */
function podOf(workload: Resource): JsonObject | null {
  const template = workload.kind === 'Pod' ? null : podSpecOf(workload);
  if (template === null) return null;
  const path = template.path.slice(0, -1).map(String);
  const metadata = objectAt(workload.rendered, ...path, 'metadata');
  const pod: JsonObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      generateName: `${workload.name}-`,
      ...(workload.namespace === null ? {} : { namespace: workload.namespace }),
    },
    spec: template.spec,
  };
  return withApiDefaults(pod, '', 'Pod');
}

const stepsOfARun = 1_000_000;
