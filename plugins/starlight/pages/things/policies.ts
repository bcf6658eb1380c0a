import { h } from 'hastscript';
import type { Content } from '../../../remark/index.ts';
import { block, refById } from '../html.ts';
import type { Section, Thing } from './thing.ts';

/**
 * Rules of policies that judge it or the Pods that it makes, with what they say of it: of very many those
 * that say more than that it passes, then the first.
 */
export function policiesSection({ explanation: { id, policies, results }, page }: Thing): Section[] {
  const { say } = page.speech;
  const own = results.filter(({ resourceId }) => resourceId === id);
  const ofPolicy = Map.groupBy(own, ({ policyId }) => policyId);
  const rules = policies
    .filter(({ matches }) => matches)
    .map((rule) => ({
      ...rule,
      said: (ofPolicy.get(rule.policyId) ?? []).filter(
        (one) => one.rule === rule.rule || one.rule.endsWith(`-${rule.rule}`),
      ),
    }));
  if (rules.length === 0) return [];
  const odd = rules.filter(({ said }) => said.some(({ result }) => result !== 'pass' && result !== 'skip'));
  const shown = rules.length > most ? [...new Set([...odd, ...rules])].slice(0, most) : rules;
  const rows = shown.map(({ policyId, rule, type, action, ofPods, said }) =>
    h('li', [
      refById(policyId, page),
      ` ${rule}: ${type}${action === null ? '' : `, ${action}`}`,
      ...(ofPods ? [', ', h('em', say('resource.ofPods'))] : []),
      ...said.flatMap(({ result, message }): Content[] => {
        const why = message === '' || result === 'pass' ? '' : `: ${message}`;
        return [', ', h('span', { class: tones[result] }, result), why];
      }),
    ]),
  );
  const more = rules.length - shown.length;
  if (more > 0) rows.push(h('li', say('names.andMore', { count: more })));
  return [
    {
      title: say('resource.policies'),
      body: block(h('ul.pl-items.pl-policies.not-content', rows)),
    },
  ];
}

/** A library of policies has hundreds that judge each Pod. */
const most = 40;

const tones = {
  pass: 'pl-good',
  fail: 'pl-bad',
  error: 'pl-bad',
  warn: 'pl-warn',
  unverified: 'pl-warn',
  skip: 'pl-muted',
};
