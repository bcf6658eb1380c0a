import { h } from 'hastscript';
import { block, refById } from '../html.ts';
import type { Section, Thing } from './thing.ts';

/** Rules of policies that match it, with what they say of it. */
export function policiesSection({ explanation: { id, policies, results }, page }: Thing): Section[] {
  const resultsOf = (policyId: string, rule: string): string => {
    const own = results.filter((one) => one.resourceId === id && one.policyId === policyId);
    const said = own.filter((one) => one.rule === rule || one.rule.endsWith(`-${rule}`));
    return said.map(({ result }) => `, ${result}`).join('');
  };
  const rows = policies
    .filter(({ matches }) => matches)
    .map(({ policyId, rule, type, action }) =>
      h('li', [
        refById(policyId, page),
        ` ${rule}: ${type}${action === null ? '' : `, ${action}`}${resultsOf(policyId, rule)}`,
      ]),
    );
  if (rows.length === 0) return [];
  return [
    {
      title: page.speech.say('resource.policies'),
      body: block(h('ul.pl-items.pl-policies.not-content', rows)),
    },
  ];
}
