import { h } from 'hastscript';
import type { Content } from '../../../remark/index.ts';
import { block, refById } from '../html.ts';
import type { Section, Thing } from './thing.ts';

/** Rules of policies that judge it or the Pods that it makes, with what they say of it. */
export function policiesSection({ explanation: { id, policies, results }, page }: Thing): Section[] {
  const { say } = page.speech;
  const resultsOf = (policyId: string, rule: string): Content[] =>
    results
      .filter((one) => one.resourceId === id && one.policyId === policyId)
      .filter((one) => one.rule === rule || one.rule.endsWith(`-${rule}`))
      .map(({ result, message }): Content => {
        const tone = tones[result];
        const why = message === '' || result === 'pass' ? '' : `: ${message}`;
        return [', ', h('span', { class: tone }, result), why].flat();
      });
  const rows = policies
    .filter(({ matches }) => matches)
    .map(({ policyId, rule, type, action, ofPods }) =>
      h('li', [
        refById(policyId, page),
        ` ${rule}: ${type}${action === null ? '' : `, ${action}`}`,
        ...(ofPods ? [', ', h('em', say('resource.ofPods'))] : []),
        ...resultsOf(policyId, rule).flat(),
      ]),
    );
  if (rows.length === 0) return [];
  return [
    {
      title: say('resource.policies'),
      body: block(h('ul.pl-items.pl-policies.not-content', rows)),
    },
  ];
}

const tones = {
  pass: 'pl-good',
  fail: 'pl-bad',
  error: 'pl-bad',
  warn: 'pl-warn',
  unverified: 'pl-warn',
  skip: 'pl-muted',
};
