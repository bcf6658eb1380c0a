import type { Project } from '../../model/index.ts';
import { code, list, reference, text } from '../cells.ts';
import { createLookup, kindCell } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell, saidOf } from '../words.ts';
import { clusterName } from './applications.ts';

/** AppProjects: the blast radius of what is in them. */
export const projects: TableView = {
  name: 'projects',
  title: 'AppProjects',
  summary:
    'Every AppProject: where it may take sources from, where it may deploy to, which kinds, and the applications in it.',
  subject: 'project',
  columns: [
    { name: 'name', label: 'Project' },
    { name: 'sourceRepos', label: 'Sources' },
    { name: 'destinations', label: 'Destinations' },
    { name: 'allowed', label: 'Allowed kinds', says: 'kinds that its applications may deploy' },
    { name: 'denied', label: 'Denied kinds', says: 'kinds that they may not' },
    { name: 'applications', label: 'Applications' },
    { name: 'roles', label: 'Roles', hidden: true },
    { name: 'syncWindows', label: 'Sync windows', hidden: true },
    { name: 'sourceNamespaces', label: 'Application namespaces', hidden: true },
    { name: 'globalProjects', label: 'Rules from', hidden: true },
    { name: 'description', label: 'Description', hidden: true },
    { name: 'count', label: 'Count', align: 'right', hidden: true, says: 'how many applications' },
    { name: 'file', label: 'File', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('project').flatMap((subject): ViewRow[] => {
      const project = subject.record;
      const cells = {
        name: reference(project.name, project.id),
        sourceRepos: list(
          project.sourceRepos.map((repository) =>
            repository === '*' ? saidCell('cell.any') : code(repository),
          ),
        ),
        destinations: list(destinationCells(project.destinations, lookup.namespaceCell)),
        allowed: list(allowed(project)),
        denied: list(
          [...(project.clusterResourceBlacklist ?? []), ...(project.namespaceResourceBlacklist ?? [])].map(
            kindCell,
          ),
        ),
        applications: list(project.applications.map(lookup.applicationCell)),
        roles: list(project.roles.map(roleCell)),
        syncWindows: list(project.syncWindows.map(windowCell)),
        sourceNamespaces: list(project.sourceNamespaces.map(code)),
        globalProjects: list(project.globalProjects.map(text)),
        description: text(project.description),
        count: text(project.applications.length),
        file: { ...code(project.origin.file), place: project.origin },
      };
      return [{ id: project.id, subject, cells, origin: project.origin }];
    });
  },
};

/** A role and the groups that have it. */
function roleCell({ name, groups }: Project['roles'][number]): Cell {
  return { text: groups.length > 0 ? `${name}: ${groups.join(', ')}` : name };
}

/** `deny 0 22 * * * for 8h (Europe/Berlin)`, as a person reads it. */
function windowCell(window: Project['syncWindows'][number]): Cell {
  const { kind, schedule, duration, timeZone } = window;
  const zone = timeZone === '' ? '' : ` (${timeZone})`;
  return saidCell(window.manualSync ? 'cell.windowByHand' : 'cell.window', {
    kind,
    schedule,
    duration,
    zone,
  });
}

/**
 * The namespaces; the cluster is said where it is another than Argo CD's own, once where it is the same for
 * all.
 */
function destinationCells(
  destinations: Project['destinations'],
  namespaceCell: (name: string | null) => Cell,
): Cell[] {
  const clusters = destinations.map((destination) =>
    elsewhere(destination.name ?? clusterName(destination.server)),
  );
  const cells = destinations.map(({ namespace }): Cell => {
    if (namespace === '*') return saidCell('cell.anyNamespace');
    return namespace ? namespaceCell(namespace) : saidCell('cell.noNamespace');
  });
  const [first] = clusters;
  if (first && cells.length > 1 && clusters.every((cluster) => cluster?.text === first.text)) {
    return [...cells, { ...saidCell('cell.allOn', { cluster: saidOf(first) }), tone: 'muted' }];
  }
  return cells.map((cell, index) => {
    const cluster = clusters[index];
    return cluster
      ? { ...cell, ...saidCell('cell.on', { what: saidOf(cell), cluster: saidOf(cluster) }) }
      : cell;
  });
}

function elsewhere(cluster: string | null): Cell | null {
  if (cluster === null || cluster === 'in-cluster') return null;
  return cluster === '*' ? saidCell('cell.anyCluster') : { text: cluster };
}

/** Absent lists have a meaning of their own in Argo CD: every namespaced kind, no cluster-scoped one. */
function allowed(project: Project): Cell[] {
  const cluster = (project.clusterResourceWhitelist ?? []).map(kindCell);
  const namespaced = project.namespaceResourceWhitelist;
  if (namespaced?.length === 0 && cluster.length === 0) return [{ ...saidCell('cell.none'), tone: 'warn' }];
  const everyNamespaced = namespaced === null || namespaced.includes('*/*');
  const everyCluster = project.clusterResourceWhitelist?.includes('*/*') ?? false;
  if (everyNamespaced && everyCluster) return [saidCell('cell.allKinds')];
  return [
    ...(everyNamespaced ? [saidCell('cell.allNamespacedKinds')] : namespaced.map(kindCell)),
    ...(everyCluster ? [saidCell('cell.allClusterKinds')] : cluster),
  ];
}
