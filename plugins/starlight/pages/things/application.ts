import { h } from 'hastscript';
import { withCode } from '../../../remark/index.ts';
import { lineItem, lines, named } from './places.ts';
import type { Section, Thing, ThingKind } from './thing.ts';

/** Of an Application: why it may be out of sync, in which order it is applied, how it is synced. */
export const application: ThingKind = {
  is: ({ group, kind }) => group === 'argoproj.io' && kind === 'Application',
  sections: (thing) => [...drift(thing), ...policy(thing)],
};

/** What could make the cluster differ from Git, a line each; that nothing does is said too. */
function drift(thing: Thing): Section[] {
  const { about } = thing.explanation;
  if (about?.is !== 'application') return [];
  const { say } = thing.page.speech;
  const rows = [
    ...about.unrendered.map(({ what, why, origin }) =>
      lineItem(
        [h('strong', say('drift.unrendered', { what: '' })), ...withCode(what), ': ', ...withCode(why)],
        origin ?? null,
        thing,
      ),
    ),
    ...about.changedBy.map(({ policy, rule, message, resources, origin }) =>
      lineItem(
        [
          ...named([policy], thing),
          ` ${say('drift.rule', { rule })}: ${message}: `,
          ...named(resources, thing),
        ],
        origin,
        thing,
      ),
    ),
    ...about.mayChange.map(({ policy, rule, kinds, scope, origin }) =>
      lineItem(
        [
          ...named([policy], thing),
          ` ${say('drift.rule', { rule })}: ${say('drift.mayChangeKinds', { kinds: [...kinds, ...scope].join(', ') })}`,
        ],
        origin,
        thing,
      ),
    ),
    ...about.ignored.map(({ kind, name, fields, by, objects, origin }) =>
      lineItem(
        [
          say(by === 'application' ? 'drift.ignoredHere' : 'drift.ignoredEverywhere'),
          ' ',
          h('code', fields.join(', ')),
          ` (${name === null ? kind : `${kind}/${name}`}; ${say('drift.objects', { count: objects })})`,
        ],
        origin,
        thing,
      ),
    ),
  ];
  // Where there is nothing the facts above say so.
  return rows.length === 0 ? [] : [{ title: say('answer.outOfSync'), body: lines(rows) }];
}

function policy(thing: Thing): Section[] {
  const { about } = thing.explanation;
  if (about?.is !== 'application' && about?.is !== 'applicationset') return [];
  const { speech } = thing.page;
  return [
    {
      title: speech.say('answer.syncs'),
      body: lines(about.sync.map(({ said }) => h('li', speech.said(said)))),
    },
  ];
}

/** Of an ApplicationSet: how what it makes is synced, and in which steps. */
export const applicationSet: ThingKind = {
  is: ({ group, kind }) => group === 'argoproj.io' && kind === 'ApplicationSet',
  sections: (thing) => [...rollout(thing), ...policy(thing)],
};

function rollout(thing: Thing): Section[] {
  const { about } = thing.explanation;
  if (about?.is !== 'applicationset' || about.steps === null) return [];
  const { say } = thing.page.speech;
  const rows = about.steps.map(({ applications, maxUpdate }, index) =>
    h('li', [
      h('strong', say('set.step', { step: index + 1 })),
      ' ',
      ...named(applications, thing),
      ...(maxUpdate === null ? [] : [` (${say('set.atOnce', { count: String(maxUpdate) })})`]),
    ]),
  );
  return [{ title: say('set.rollout'), body: lines(rows) }];
}
