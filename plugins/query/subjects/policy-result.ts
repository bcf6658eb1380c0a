import type { PolicyResult } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** What the rules of policies say of the resources that they select. */
export const policyResult: SubjectType<PolicyResult> = {
  one: 'policy result',
  many: 'policy results',
  title: 'Policy results',
  intro:
    'A row for each rule of a policy and each resource that it selects, as a report of Kyverno has it. The resource is the one that is judged.',
  list: {
    name: 'policyResults',
    says: 'what every validating rule says of every resource that it selects',
    example: "policyResults.filter(r, r.result == 'fail').size()",
  },
  recordsOf: ({ policyResults }) => policyResults,
  resourceOf: (record, { resource }) => resource(record.resource),
  nameOf: ({ rule }, reference) => `${rule} on ${reference ?? 'a resource'}`,
  originOf: ({ origin }) => origin,
  placeOf: ({ origin }) => origin,
  fields: [
    field('policy', 'text', 'id of the policy', "policy.startsWith('ClusterPolicy')"),
    field(
      'rule',
      'text',
      'as a report names it: `autogen-…` of what Kyverno adds for workloads',
      "rule != ''",
    ),
    field('resource', 'text', 'id of the resource', "resource != ''"),
    field(
      'result',
      'text',
      '`pass`, `fail`, `warn`, `error`, `skip`, or `unverified` for what only a cluster knows',
      "result == 'pass'",
    ),
    field('message', 'text', "why; `''` where it passes", "message == ''"),
    field('action', 'text', '`Enforce`, `Audit` or `Warn`', "action == 'Enforce'"),
  ],
};
