import { h } from 'hastscript';
import { type SyncWindow, windowTimes } from '../../../model/index.ts';
import { lineItem, lines, named } from './places.ts';
import type { Thing, ThingKind } from './thing.ts';

/** Of an AppProject: when its windows open and for whom, and who has which role. */
export const project: ThingKind = {
  is: ({ group, kind }) => group === 'argoproj.io' && kind === 'AppProject',
  sections: (thing) => {
    const { about } = thing.explanation;
    if (about?.is !== 'project') return [];
    const { say } = thing.page.speech;
    const written = thing.page.platform.model.projects.find(({ id }) => id === thing.resource.id);
    const windows = about.windows.map((window, index) => {
      const { kind, open, applications, manualSync, description, origin } = window;
      return lineItem(
        [
          h('strong', kind),
          ' ',
          h('span', clockOf(written?.syncWindows[index], thing), open),
          ': ',
          ...(applications.length === 0 ? [say('cell.none')] : named(applications, thing)),
          ...(manualSync ? [`; ${say('project.byHand')}`] : []),
          ...(description === '' ? [] : [` (${description})`]),
        ],
        origin,
        thing,
      );
    });
    const roles = about.roles.map(({ name, groups }) =>
      h('li', [h('code', name), groups.length === 0 ? '' : `: ${groups.join(', ')}`]),
    );
    return [
      ...(windows.length === 0 ? [] : [{ title: say('answer.windows'), body: lines(windows) }]),
      ...(roles.length === 0 ? [] : [{ title: say('project.roles'), body: lines(roles) }]),
    ];
  },
};

/** What the script in the browser says by its clock, as a page has none: whether it is open, or when next. */
function clockOf(window: SyncWindow | undefined, { page: { speech } }: Thing): Record<string, string> {
  const times = window === undefined ? null : windowTimes(window);
  if (times === null) return {};
  const time = '{time}';
  return {
    dataOpens: JSON.stringify(times),
    dataNow: speech.say('project.openNow', { time }),
    dataNext: speech.say('project.openNext', { time }),
  };
}
