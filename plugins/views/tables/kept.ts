import { compareText, isObject, type JsonPath, listAt, textAt } from '../../base/index.ts';
import {
  type Application,
  optionRetentionOf,
  type Resource,
  type Retention,
  resourcesFinalizer,
  retentionOf,
} from '../../model/index.ts';
import type { Subject } from '../../query/index.ts';
import type { WordKey } from '../../words/index.ts';
import { code, reference, text } from '../cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** What stays in the cluster although Git has it no more: one row an object and reason. */
export const kept: TableView = {
  name: 'kept',
  title: 'What is kept',
  summary:
    'What stays in the cluster when it leaves Git or its application is deleted, or waits until somebody confirms it, and what says so.',
  subject: 'resource',
  columns: [
    { name: 'kind', label: 'Kind' },
    { name: 'name', label: 'Name' },
    { name: 'application', label: 'Application' },
    { name: 'when', label: 'When', cel: null, says: 'what has to happen for it to be kept' },
    { name: 'effect', label: 'Then', cel: null, says: 'that it stays, or waits until somebody confirms' },
    { name: 'because', label: 'Because of', cel: null, says: 'the annotation, option or field that says so' },
    { name: 'namespace', label: 'Namespace', hidden: true },
    { name: 'stack', label: 'Stack', hidden: true },
    { name: 'project', label: 'Project', hidden: true, says: 'AppProject of what deploys it' },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    const applications = new Map(platform.model.applications.map((one) => [one.id, one]));
    return query.subjects('resource').flatMap((subject): ViewRow[] => {
      const { resource } = subject;
      if (resource === undefined) return [];
      const application = applications.get(resource.id);
      const reasons = [
        // What no application deploys is neither pruned nor deleted by Argo CD.
        ...(resource.application === null ? [] : ofObject(resource)),
        ...(application === undefined ? [] : ofApplication(application, resource)),
        ...(resource.kind === 'ApplicationSet' ? ofSet(resource) : []),
      ];
      return reasons.map((reason, index) => rowOf(reason, index, subject, resource));

      function rowOf(reason: Reason, index: number, subject: Subject, resource: Resource): ViewRow {
        const place = reason.path === null ? null : platform.locate(resource, reason.path);
        const because: Cell =
          typeof reason.because === 'string' ? code(reason.because) : { ...reason.because, code: true };
        const cells = {
          kind: text(resource.kind),
          name: reference(resource.name, resource.id),
          application: lookup.applicationCell(resource.application),
          when: saidCell(reason.when),
          effect: saidCell(reason.effect === 'waits' ? 'cell.waits' : 'cell.stays'),
          because: place === null ? because : { ...because, place },
          namespace: lookup.namespaceCell(resource.namespace),
          stack: text(resource.stack),
          project: lookup.projectCell(
            application?.project ?? lookup.application(resource.application)?.project ?? null,
          ),
        };
        return { id: `${resource.id}#${index}`, subject, cells, origin: place ?? resource.origin };
      }
    });
  },
};

function ofObject(resource: Resource): Reason[] {
  return retentionOf(resource)
    .map(({ when, effect, because, annotation }) => ({
      when: whenWords[when],
      effect,
      because,
      path: annotation === null ? ['kind'] : ['metadata', 'annotations', annotation],
    }))
    .sort((a, b) => compareText(saidCell(a.when).text, saidCell(b.when).text));
}

/** What holds for all objects of an application. */
function ofApplication(application: Application, { rendered }: Resource): Reason[] {
  const { automated, prune, options } = application.syncPolicy;
  const written = listAt(rendered, 'spec', 'syncPolicy', 'syncOptions');
  const policy = ['spec', 'syncPolicy', ...(automated ? ['automated'] : [])];
  return [
    ...(prune
      ? []
      : [{ when: allWords.pruned, effect: 'stays' as const, because: unpruned(automated), path: policy }]),
    ...optionRetentionOf(options).map(({ when, effect, because }) => ({
      when: allWords[when],
      effect,
      because,
      path: ['spec', 'syncPolicy', 'syncOptions', written.indexOf(because)],
    })),
    ...(application.deletion.cascade === null
      ? [
          {
            when: allWords.deleted,
            effect: 'stays' as const,
            because: saidCell('cell.without', { name: resourcesFinalizer }),
            path: ['metadata'],
          },
        ]
      : []),
  ];
}

function unpruned(automated: boolean): Cell {
  return saidCell(automated ? 'cell.automatedWithoutPrune' : 'cell.notAutomated');
}

/** Of a set, what becomes of the Applications that it no longer generates, and of what they deployed. */
function ofSet({ rendered }: Resource): Reason[] {
  const policy = isObject(rendered.spec) ? rendered.spec : {};
  const mode = textAt(policy, 'syncPolicy', 'applicationsSync');
  const reasons: Reason[] = [];
  if (mode === 'create-only' || mode === 'create-update')
    reasons.push({
      when: 'cell.notGenerated',
      effect: 'stays',
      because: `applicationsSync: ${mode}`,
      path: ['spec', 'syncPolicy', 'applicationsSync'],
    });
  if (isObject(policy.syncPolicy) && policy.syncPolicy.preserveResourcesOnDeletion === true)
    reasons.push({
      when: 'cell.setDeleted',
      effect: 'stays',
      because: 'preserveResourcesOnDeletion: true',
      path: ['spec', 'syncPolicy', 'preserveResourcesOnDeletion'],
    });
  return reasons;
}

const whenWords: Record<Retention['when'], WordKey> = {
  pruned: 'cell.leavesGit',
  deleted: 'cell.applicationDeleted',
};
const allWords: Record<Retention['when'], WordKey> = {
  pruned: 'cell.objectLeavesGit',
  deleted: 'cell.isDeleted',
};

interface Reason {
  when: WordKey;
  effect: Retention['effect'];
  because: string | Cell;
  /** What says so, in the resource. */
  path: JsonPath | null;
}
