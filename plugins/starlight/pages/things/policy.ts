import { h } from 'hastscript';
import type { Explanation } from '../../../engine/index.ts';
import { linkElement } from '../../../remark/index.ts';
import { block, place } from '../html.ts';
import { ruleAnchor } from '../rule-anchor.ts';
import { byKind } from './by-kind.ts';
import { named } from './places.ts';
import type { Thing, ThingKind } from './thing.ts';

/** Of a policy: a card a rule, what it says first, with its own address, and how this repository fares. */
export const policy: ThingKind = {
  is: ({ group, kind }) =>
    kind.endsWith('Policy') && (group.endsWith('kyverno.io') || group === 'admissionregistration.k8s.io'),
  without: ['policies'],
  sections: (thing) => {
    const { about } = thing.explanation;
    if (about?.is !== 'policy' || about.rules.length === 0) return [];
    const cards = about.rules.map((rule) => card(rule, thing));
    const { say } = thing.page.speech;
    const library = linkElement(
      thing.page.links.page('resources/policies'),
      { class: 'pl-ref' },
      say('library.all'),
    );
    const body = block(h('div.pl-cards.not-content', [...cards, h('p.pl-card-line', library)]));
    return [{ title: say('policy.rules'), body }];
  },
};

function card(rule: Rule, thing: Thing) {
  const { name, type, action, message, kinds, scope, target, counts, odd, judges, matches, origin } = rule;
  const { say } = thing.page.speech;
  const does = [type, action ?? target ?? []].flat().join(' · ');
  const facts: [string, Content][] = [
    [
      say('policy.selects'),
      [h('code', kinds.join(', ') || '*'), scope.length === 0 ? '' : `, ${scope.join(', ')}`],
    ],
    [say('policy.verdict'), verdict(counts, matches.length, thing)],
    ...odd
      .slice(0, mostOdd)
      .map(({ resource, result, message: why }): [string, Content] => [
        result,
        [...named([resource], thing), why === '' ? '' : `: ${why}`],
      ]),
    ...(judges.length === 0
      ? []
      : ([
          [
            say('policy.judges'),
            h(
              'div',
              byKind(
                judges.map(({ id }) => id),
                thing.page,
              ),
            ),
          ],
        ] satisfies [string, Content][])),
  ];
  return h('section.pl-card', { id: ruleAnchor(name) }, [
    h('h3.pl-card-title', message ?? say('policy.noMessage', { rule: name })),
    h('p.pl-card-line', [
      h('a', { href: `#${ruleAnchor(name)}` }, h('code', name)),
      ` ${does} `,
      place(origin, thing.page),
    ]),
    h(
      'dl.pl-facts',
      facts.flatMap(([term, value]) => [h('dt', term), h('dd', value)]),
    ),
  ]);
}

/** `2 pass, 1 fail` of what it selects; that it selects nothing here is said, as it may in a cluster. */
function verdict(counts: Rule['counts'], matches: number, { page }: Thing): Content {
  const { say } = page.speech;
  const told = Object.entries(counts).map(([result, count]) =>
    h('span', { class: tones[result] }, `${count} ${result}`),
  );
  if (told.length > 0) return told.flatMap((one, index) => (index === 0 ? [one] : [', ', one]));
  return matches === 0 ? say('policy.selectsNothing') : say('policy.selectsCount', { count: matches });
}

const tones: Readonly<Record<string, string>> = {
  pass: 'pl-good',
  fail: 'pl-bad',
  error: 'pl-bad',
  warn: 'pl-warn',
  unverified: 'pl-warn',
};

/** More stand in the tables of results. */
const mostOdd = 20;

type Rule = Extract<NonNullable<Explanation['about']>, { is: 'policy' }>['rules'][number];
type Content = Parameters<typeof h>[2];
