import { h } from 'hastscript';
import { lineItem, lines, named } from './places.ts';
import type { ThingKind } from './thing.ts';

/** Of an AppProject: when its windows open and for whom, and who has which role. */
export const project: ThingKind = {
  is: ({ group, kind }) => group === 'argoproj.io' && kind === 'AppProject',
  sections: (thing) => {
    const { about } = thing.explanation;
    if (about?.is !== 'project') return [];
    const { say } = thing.page.speech;
    const windows = about.windows.map(({ kind, open, applications, manualSync, description, origin }) =>
      lineItem(
        [
          h('strong', kind),
          ` ${open}: `,
          ...(applications.length === 0 ? [say('cell.none')] : named(applications, thing)),
          ...(manualSync ? [`; ${say('project.byHand')}`] : []),
          ...(description === '' ? [] : [` (${description})`]),
        ],
        origin,
        thing,
      ),
    );
    const roles = about.roles.map(({ name, groups }) =>
      h('li', [h('code', name), groups.length === 0 ? '' : `: ${groups.join(', ')}`]),
    );
    return [
      ...(windows.length === 0 ? [] : [{ title: say('answer.windows'), body: lines(windows) }]),
      ...(roles.length === 0 ? [] : [{ title: say('project.roles'), body: lines(roles) }]),
    ];
  },
};
