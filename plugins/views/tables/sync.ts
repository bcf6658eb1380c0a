import { compareText, stableStringify } from '../../base/index.ts';
import type { Application, ApplicationSet, IgnoredDifference, SyncPolicy } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Query, Subject } from '../../query/index.ts';
import { code, list, nothing, reference, text, yes } from '../cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/**
 * How drift is corrected: one row an ApplicationSet or hand-written Application, and one a difference ignored
 * everywhere.
 */
export const sync: TableView = {
  name: 'sync',
  title: 'Sync policy',
  summary:
    'Automated sync, prune, self-heal, options, retries and ignored differences, by ApplicationSet or Application.',
  subject: 'application',
  columns: [
    { name: 'name', label: 'For', says: 'the ApplicationSet or Application' },
    { name: 'automated', label: 'Automated' },
    { name: 'prune', label: 'Prune' },
    { name: 'selfHeal', label: 'Self-heal' },
    { name: 'options', label: 'Options' },
    { name: 'retry', label: 'Retries', align: 'right' },
    { name: 'ignored', label: 'Ignored differences', says: '`kind: fields` of what may differ' },
    { name: 'project', label: 'Project', hidden: true },
    {
      name: 'applications',
      label: 'Applications',
      align: 'right',
      hidden: true,
      cel: null,
      says: 'how many applications the row is about',
    },
  ],
  rows(platform, query) {
    const subjects = new Map(query.subjects('application').map((subject) => [subject.record.id, subject]));
    const hand = platform.model.applications.filter((one) => one.generatedBy === null);
    const rows = [
      ...platform.model.applicationSets.flatMap((set) => setRows(platform, query, set, subjects)),
      ...hand.flatMap((one) => applicationRow(platform, one, subjects)),
    ];
    return [
      ...rows.sort((a, b) => compareText(a.cells.name?.text ?? '', b.cells.name?.text ?? '')),
      ...systemRows(platform, query),
    ];
  },
};

/** One row for a set, but one an application where a template makes their policies differ. */
function setRows(
  platform: Platform,
  query: Query,
  set: ApplicationSet,
  subjects: Map<string, Subject>,
): ViewRow[] {
  const generated = platform.model.applications.filter((one) => one.generatedBy === set.id);
  const [first] = generated;
  if (new Set(generated.map((one) => stableStringify(one.syncPolicy))).size > 1) {
    return generated.flatMap((one) => applicationRow(platform, one, subjects));
  }
  const own = query.subjects('applicationset').find((subject) => subject.resource?.id === set.id);
  const subject = (first && subjects.get(first.id)) ?? own;
  if (subject === undefined) return [];
  const policy = first?.syncPolicy ?? set.syncPolicy;
  const cells = {
    ...policyCells(policy),
    name: reference(set.name, set.id),
    project: createLookup(platform).projectCell(set.project),
    applications: text(generated.length),
  };
  return [{ id: set.id, subject, cells, origin: set.origin }];
}

function applicationRow(
  platform: Platform,
  application: Application,
  subjects: Map<string, Subject>,
): ViewRow[] {
  const subject = subjects.get(application.id);
  if (subject === undefined) return [];
  const cells = {
    ...policyCells(application.syncPolicy),
    name: reference(application.name, application.id),
    project: createLookup(platform).projectCell(application.project),
    applications: text(1),
  };
  return [{ id: application.id, subject, cells, origin: application.origin }];
}

function systemRows(platform: Platform, query: Query): ViewRow[] {
  return platform.model.ignoredDifferences.flatMap((ignored): ViewRow[] => {
    const subject =
      query
        .subjects('resource')
        .find(
          ({ resource }) =>
            resource?.kind === 'ConfigMap' &&
            resource.name === 'argocd-cm' &&
            resource.origin.file === ignored.origin.file,
        ) ??
      query
        .subjects('resource')
        .find(({ resource }) => resource?.kind === 'ConfigMap' && resource.name === 'argocd-cm');
    if (subject === undefined) return [];
    const cells = {
      name: {
        ...reference('every application', subject.resource?.id),
        ...saidCell('cell.everyApplication'),
        place: ignored.origin,
      },
      automated: nothing(),
      prune: nothing(),
      selfHeal: nothing(),
      options: nothing(),
      retry: nothing(),
      ignored: ignoredCell(ignored),
      project: nothing(),
      applications: text(platform.model.applications.length),
    };
    return [
      { id: `every/${ignored.group || 'core'}/${ignored.kind}`, subject, cells, origin: ignored.origin },
    ];
  });
}

function policyCells(policy: SyncPolicy): Record<string, Cell> {
  return {
    automated: yes(policy.automated, { yes: 'good', no: 'warn' }),
    prune: yes(policy.prune, { yes: 'good', no: 'warn' }),
    selfHeal: yes(policy.selfHeal, { yes: 'good', no: 'warn' }),
    options: list(policy.options.map(code)),
    retry: text(policy.retryLimit),
    ignored: list(policy.ignoreDifferences.map(ignoredCell)),
  };
}

/**
 * `MutatingWebhookConfiguration: .webhooks[].clientConfig.caBundle`, `Secret web/token: /data`; one cell, as
 * its parts make no sense apart.
 */
function ignoredCell(ignored: IgnoredDifference): Cell {
  const isEvery = ignored.kind === '*' || ignored.kind === 'all';
  const name = ignored.namespace === null ? ignored.name : `${ignored.namespace}/${ignored.name ?? '*'}`;
  const what = `${name === null ? '' : ` ${name}`}: ${ignored.fields.join(', ')}`;
  return {
    ...(isEvery ? saidCell('cell.everyKindOf', { rest: what }) : { text: ignored.kind + what }),
    place: ignored.origin,
  };
}
