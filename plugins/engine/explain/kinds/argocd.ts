import { listCell, textCell } from '../../../views/index.ts';
import { anyCommands } from './any-kind.ts';
import { lineCell, namedCell, saidCell } from './cells.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { named, shellLine } from './shell.ts';

/** What an ApplicationSet watches, and what it makes of it. */
export const applicationSet: KindFacts = {
  is: ({ group, kind }) => group === 'argoproj.io' && kind === 'ApplicationSet',
  answers(resource, { aboutOf }) {
    const about = aboutOf(resource);
    if (about?.is !== 'applicationset') return [];
    const open = about.unverified === null ? [] : [saidCell({ key: 'cell.notAllKnown' })];
    return [
      ...answer('watches', listCell(about.generators.map(({ said }) => saidCell(said)))),
      ...answer('makes', listCell([...about.makes.map(namedCell), ...open])),
      ...answer('syncs', listCell(about.sync.slice(0, 3).map(({ said }) => saidCell(said)))),
      ...answer('project', about.project === null ? null : namedCell(about.project)),
    ];
  },
  commands: (resource) => [
    ...command(shellLine('argocd', 'appset', 'get', named(resource.name)), 'command.setGet'),
    ...anyCommands(resource),
  ],
};

/** What an AppProject allows: from where, to where, which kinds, when. */
export const project: KindFacts = {
  is: ({ group, kind }) => group === 'argoproj.io' && kind === 'AppProject',
  answers(resource, { aboutOf }) {
    const about = aboutOf(resource);
    if (about?.is !== 'project') return [];
    const { clusterKinds, namespacedKinds, windows } = about;
    const denied = [...clusterKinds.denied, ...namespacedKinds.denied];
    const into = about.destinations.map(({ namespace, name, server }) =>
      textCell([namespace ?? '*', name ?? server ?? '*'].join(' · ')),
    );
    return [
      ...answer('description', about.description === '' ? null : textCell(about.description)),
      ...answer(
        'sources',
        listCell(about.sourceRepos.map((repository) => ({ text: repository, code: true }))),
      ),
      ...answer('mayInto', listCell(into)),
      ...answer(
        'clusterKinds',
        clusterKinds.allowed.length === 0
          ? saidCell({ key: 'cell.none' })
          : listCell(clusterKinds.allowed.map(textCell)),
      ),
      ...answer(
        'namespacedKinds',
        namespacedKinds.allowed === null
          ? saidCell({ key: 'cell.allNamespacedKinds' })
          : listCell(namespacedKinds.allowed.map(textCell)),
      ),
      ...answer('denied', denied.length === 0 ? null : listCell(denied.map(textCell))),
      ...answer(
        'windows',
        windows.length === 0
          ? null
          : listCell(windows.map(({ kind, open, origin }) => lineCell(`${kind}: ${open}`, origin))),
      ),
    ];
  },
  commands: (resource) => [
    ...command(shellLine('argocd', 'proj', 'get', named(resource.name)), 'command.projectGet'),
    ...command(shellLine('argocd', 'proj', 'windows', 'list', named(resource.name)), 'command.windows'),
    ...anyCommands(resource),
  ],
};
