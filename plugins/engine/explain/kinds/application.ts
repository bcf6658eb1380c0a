import type { Application, Resource } from '../../../model/index.ts';
import { type Cell, listCell, referenceCell, textCell } from '../../../views/index.ts';
import type { About } from '../about/about.ts';
import type { Command } from '../explanation.ts';
import type { Context } from '../indexes.ts';
import { lineCell, saidCell } from './cells.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { inNamespace, kubectlTarget, named, shellLine } from './shell.ts';

/** Where an Application comes from, and why the cluster may have something else. */
export const application: KindFacts = {
  is: ({ group, kind }) => group === 'argoproj.io' && kind === 'Application',
  answers(resource, { aboutOf, namespaces }) {
    const about = aboutOf(resource);
    if (about?.is !== 'application') return [];
    return [
      ...answer('folder', orNull(about.sources.map(sourceCell))),
      ...answer('chart', orNull(about.charts.flatMap(chartCells))),
      ...answer('outOfSync', orNull(driftCells(about)) ?? saidCell({ key: 'drift.nothing' })),
      ...answer('syncs', listCell(about.sync.slice(0, mostSync).map(({ said }) => saidCell(said)))),
      ...answer('into', intoCell(about.destination, namespaces)),
    ];
  },
  commands(resource, context) {
    const { platform } = context;
    const own = platform.model.applications.find(({ id }) => id === resource.id);
    return own === undefined ? [] : commandsOf(own, resource);
  },
};

function sourceCell({ path, chart, repoURL, kustomization }: Facts['sources'][number]): Cell {
  if (path === null) return textCell(chart === null ? repoURL : `${chart} (${repoURL})`);
  return { text: path, code: true, ...(kustomization === null ? {} : { place: kustomization }) };
}

function chartCells({ name, version, values, origin }: Facts['charts'][number]): Cell[] {
  return [
    lineCell(version === null ? name : `${name}@${version}`, origin),
    ...values.map(
      ({ file, place }): Cell =>
        place === null ? { text: file, code: true } : { text: place.file, code: true, place },
    ),
  ];
}

/**
 * What of it is not rendered, what is changed behind it, and what no comparison looks at; each has its line
 * in the section below.
 */
function driftCells({ unrendered, changedBy, mayChange, ignored }: Facts): Cell[] {
  const policies = [...new Set(mayChange.map(({ policy }) => policy.reference))];
  return [
    ...unrendered.map(({ what }) => saidCell({ key: 'drift.unrendered', values: { what } })),
    ...changedBy.map(({ policy, rule, resources }) =>
      saidCell({
        key: 'drift.changes',
        values: { policy: policy.reference, rule, count: resources.length },
      }),
    ),
    ...policies.map((policy) => saidCell({ key: 'drift.mayChange', values: { policy } })),
    ...ignored.map(({ kind, name, fields }) =>
      saidCell({
        key: 'drift.ignored',
        values: { what: name === null ? kind : `${kind}/${name}`, fields: fields.join(', ') },
      }),
    ),
  ];
}

/** The namespace of its own cluster may be one that is declared here. */
function intoCell(
  { namespace, name, server }: Application['destination'],
  namespaces: Context['namespaces'],
): Cell | null {
  const cluster = name ?? (server === 'https://kubernetes.default.svc' ? null : server);
  if (namespace === null) return cluster === null ? null : textCell(cluster);
  if (cluster !== null) return textCell(`${namespace} (${cluster})`);
  const declared = namespaces.get(namespace);
  return declared === undefined ? textCell(namespace) : referenceCell(namespace, declared);
}

/** What shows the difference: to Argo CD, and to the API server. */
function commandsOf(application: Application, resource: Resource): Command[] {
  const { name, namespace, sources, sourceType, destination } = application;
  const full = named(namespace === null || namespace === 'argocd' ? name : `${namespace}/${name}`);
  const [only, ...more] = sources;
  const path = more.length === 0 && only?.local ? only.path : null;
  const into = inNamespace(destination.namespace);
  const built = path === null ? null : shellLine('kustomize', 'build', '--enable-helm', named(path));
  const compared = shellLine('kubectl', 'diff', ...into, '-f', '-');
  return [
    ...command(shellLine('argocd', 'app', 'diff', full), 'command.appDiff'),
    ...command(shellLine('argocd', 'app', 'get', full, '--refresh'), 'command.appGet'),
    ...command(shellLine('kubectl', 'get', ...kubectlTarget(resource), '-o', outOfSync), 'command.outOfSync'),
    ...(sourceType === 'Kustomize' && built !== null && compared !== null
      ? command(`${built} | ${compared}`, 'command.diff')
      : []),
    ...(sourceType === 'Directory' && path !== null
      ? command(shellLine('kubectl', 'diff', ...into, '-R', '-f', named(path)), 'command.diff')
      : []),
  ];
}

const outOfSync = `jsonpath='{range .status.resources[?(@.status=="OutOfSync")]}{.kind}/{.name}{"\\n"}{end}'`;

function orNull(cells: Cell[]): Cell | null {
  return cells.length === 0 ? null : listCell(cells);
}

/** Who syncs, what is removed and what is put back; the rest has a section of its own. */
const mostSync = 3;

type Facts = Extract<About, { is: 'application' }>;
