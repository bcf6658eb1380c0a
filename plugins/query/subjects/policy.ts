import type { Policy, PolicyRule } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Rules of Kyverno’s policies. */
export const policy: SubjectType<Policy & { rule: PolicyRule }> = {
  one: 'policy rule',
  many: 'policy rules',
  title: 'Policies',
  intro: 'A row for each rule of a policy.',
  list: {
    name: 'policies',
    says: 'every rule of every policy',
    example: "policies.filter(p, p.action == 'Enforce').size()",
  },
  hasLookUp: true,
  recordsOf: ({ policies }) =>
    policies.flatMap((policy) => policy.rules.map((rule) => ({ ...policy, rule }))),
  resourceOf: ({ id }, { resource }) => resource(id),
  nameOf: ({ name, rule }) => `${name} rule ${rule.name}`,
  originOf: ({ rule }) => rule.origin,
  placeOf: ({ rule }) => rule.origin,
  valuesOf: ({ rule: { name: _, origin: __, ...rule } }) => ({ ...rule }),
  shownAs: {
    policy: 'name',
  },
  fields: [
    field('rules', 'list of maps', 'all rules of its policy', 'rules.size() >= 1'),
    field('rule', 'map', 'the rule that the row is about', "rule.name != ''"),
    field(
      'type',
      'text',
      '`validate`, `mutate`, `generate`, `verifyImages`, `cleanup`',
      "type == 'validate'",
    ),
    field('kinds', 'list of text', 'as written', "'Deployment' in kinds"),
    field('scope', 'list of text', 'what else narrows it, in words', 'scope.size() > 0'),
    field('action', 'text or null', '`Enforce` or `Audit`', "action == 'Enforce'"),
    field('target', 'text or null', 'what it makes or changes', 'target != null'),
    field('message', 'text or null', 'what it tells', "message != null && message.contains('label')"),
    field('matches', 'list of text', 'ids of the resources that it matches', 'matches.size() > 0'),
  ],
};
