import { type SyncWindow, windowWords } from '../../model/index.ts';
import { code, list, reference, text, yes } from '../cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/**
 * When projects let their applications be synced; without a clock, so that the page says the same tomorrow.
 */
export const syncWindows: TableView = {
  name: 'sync-windows',
  title: 'Sync windows',
  summary:
    'Every sync window: when it is open, which applications it allows or denies, and whether a sync by hand may go on.',
  subject: 'project',
  columns: [
    { name: 'project', label: 'Project', says: 'its AppProject' },
    { name: 'kind', label: 'Kind', cel: 'syncWindows.map(w, w.kind)', says: '`allow` or `deny`' },
    { name: 'open', label: 'Open', says: 'when, in words' },
    {
      name: 'for',
      label: 'For',
      cel: 'syncWindows.map(w, [w.applications, w.namespaces, w.clusters])',
      says: 'what the window names, as written',
    },
    {
      name: 'applications',
      label: 'Applications',
      cel: 'syncWindows.map(w, w.matches)',
      says: 'names of those that it holds for',
    },
    { name: 'manual', label: 'By hand', says: 'a sync by hand may go on' },
    {
      name: 'description',
      label: 'Description',
      hidden: true,
      cel: 'syncWindows.map(w, w.description)',
      says: 'of the window',
    },
    { name: 'schedule', label: 'Schedule', hidden: true, says: 'cron, as written' },
    { name: 'duration', label: 'Duration', hidden: true, says: 'as written' },
    { name: 'timeZone', label: 'Time zone', hidden: true, says: '`UTC` where none is written' },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('project').flatMap((subject): ViewRow[] => {
      const project = subject.record;
      return project.syncWindows.map((window, index) => {
        const origin = subject.resource
          ? platform.locate(subject.resource, ['spec', 'syncWindows', index])
          : project.origin;
        const cells = {
          project: reference(project.name, project.id),
          kind: kindCell(window.kind),
          open: { ...text(windowWords(window)), place: origin },
          for: forCell(window),
          applications:
            window.matches.length === 0
              ? { ...saidCell('cell.none'), tone: 'warn' as const }
              : list(window.matches.map(lookup.applicationCell)),
          manual: yes(window.manualSync),
          description: text(window.description),
          schedule: code(window.schedule),
          duration: text(window.duration),
          timeZone: text(window.timeZone || 'UTC'),
        };
        return { id: `${project.id}#${index}`, subject, cells, origin };
      });
    });
  },
};

function kindCell(kind: string): Cell {
  if (kind === 'allow') return { text: 'allow', tone: 'good' };
  return kind === 'deny'
    ? { text: 'deny', tone: 'bad' }
    : kind === ''
      ? { ...saidCell('cell.none'), tone: 'warn' }
      : { text: kind, tone: 'warn' };
}

/** What the window names, as written; with `andOperator` an application must fit all of it. */
function forCell({ applications, namespaces, clusters, andOperator }: SyncWindow): Cell {
  const parts = (
    [
      ['cell.windowApplications', applications],
      ['cell.windowNamespaces', namespaces],
      ['cell.windowClusters', clusters],
    ] as const
  ).flatMap(([key, names]) => (names.length > 0 ? [saidCell(key, { names: names.join(', ') })] : []));
  const [only] = parts;
  if (only === undefined) return { ...saidCell('cell.nothing'), tone: 'warn' };
  const join = andOperator ? 'cell.and' : 'cell.or';
  return parts
    .slice(1)
    .reduce((first, second) => saidCell(join, { first: first.said, second: second.said }), only);
}
