import type { Application, Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { list, nothing, reference, text } from '../cells.ts';
import { createLookup, kindCounts } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** In which order Argo CD removes what an application deployed: one row a step, and one for what stays. */
export const tearDown: TableView = {
  name: 'tear-down',
  title: 'Tear-down order',
  summary:
    'What happens when an application is deleted: its steps in their order, and what stays in the cluster.',
  subject: 'application',
  columns: [
    { name: 'application', label: 'Application', cel: 'name', says: 'the application that is deleted' },
    { name: 'step', label: 'Step', align: 'right', says: 'number of the step; empty for what stays' },
    { name: 'what', label: 'What', says: 'the wave, the hooks, or that it stays' },
    { name: 'objects', label: 'Objects', says: 'how many of each kind' },
    {
      name: 'resources',
      label: 'Resources',
      hidden: true,
      cel: 'deletion.steps.map(s, s.ids)',
      says: 'each of them',
    },
    {
      name: 'set',
      label: 'In its set',
      hidden: true,
      cel: null,
      says: 'its turn where its set deletes one after another',
    },
    { name: 'project', label: 'Project', hidden: true },
    { name: 'stack', label: 'Stack', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('application').flatMap((subject): ViewRow[] => {
      const { resource } = subject;
      const application = platform.model.applications.find((one) => one.id === resource?.id);
      if (application === undefined) return [];
      return stepsOf(application).map(({ step, what, ids }, index) => {
        const objects = ids.flatMap((id) => platform.resource(id) ?? []);
        const cells = {
          application: reference(application.name, application.id),
          step: text(step),
          what,
          objects: list(kindCounts(objects).map((kind) => text(kind.text))),
          resources: list(objects.map(resourceCell)),
          set: turnOf(application, platform),
          project: lookup.projectCell(application.project),
          stack: text(application.stack),
        };
        return { id: `${application.id}#${index}`, subject, cells, origin: application.origin };
      });
    });
  },
};

function stepsOf({ deletion }: Application): Step[] {
  const { cascade, confirm, steps, stays } = deletion;
  const what = saidCell(cascade === null ? 'cell.staysWithoutFinalizer' : 'cell.stays');
  return [
    ...(confirm.length > 0 ? [{ what: saidCell('cell.waitsForThese'), ids: confirm }] : []),
    ...steps.map(({ hook, wave, ids }) => ({
      what: hook === null ? saidCell('cell.wave', { wave: wave ?? 0 }) : saidCell('cell.hooks', { hook }),
      ids,
    })),
  ]
    .map((one, index): Step => ({ step: index + 1, ...one }))
    .concat(stays.length > 0 ? [{ step: null, what: { ...what, tone: 'warn' }, ids: stays }] : []);
}

function resourceCell(resource: Resource): Cell {
  return reference(`${resource.kind}/${resource.name}`, resource.id);
}

/**
 * The turn of an application where its set deletes them the other way round than it syncs them; a dash where
 * it deletes all at once.
 */
function turnOf(application: Application, { model }: Platform): Cell {
  const set = model.applicationSets.find(({ id }) => id === application.generatedBy);
  const rollout = set?.rollingSync;
  if (!rollout?.reverseDeletion) return nothing();
  const index = rollout.steps.findIndex(({ applications }) => applications.includes(application.name));
  const steps = rollout.steps.length;
  return index < 0 ? saidCell('cell.inNoStep') : saidCell('cell.step', { step: steps - index, steps });
}

interface Step {
  /** From 1; null for what stays. */
  step: number | null;
  what: Cell;
  ids: string[];
}
