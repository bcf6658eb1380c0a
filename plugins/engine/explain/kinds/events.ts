import type { Resource } from '../../../model/index.ts';
import { type Cell, listCell } from '../../../views/index.ts';
import { withoutContinued } from '../event-chain.ts';
import type { Context } from '../indexes.ts';
import { anyCommands } from './any-kind.ts';
import { saidCell } from './cells.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { inNamespace, named, shellLine } from './shell.ts';

/** The routes of events that a source, a sensor or a template takes part in, a sentence each. */
export const events: KindFacts = {
  is: ({ group, kind }) => group === 'argoproj.io' && Object.hasOwn(labels, kind),
  answers: (resource, context) => answer('routes', routesCell(resource, context)),
  commands(resource) {
    const { kind, name, namespace } = resource;
    const label = labels[kind] ?? null;
    return [
      ...(label === null
        ? command(shellLine('argo', 'list', ...inNamespace(namespace)), 'command.workflows')
        : command(
            shellLine(
              'kubectl',
              'logs',
              ...inNamespace(namespace),
              '-l',
              named(`${label}=${name}`),
              '--tail=100',
            ),
            'command.logs',
          )),
      ...anyCommands(resource),
    ];
  },
};

function routesCell(resource: Resource, { events: routes, chainOf }: Context): Cell | null {
  const own = (routes.get(resource.id) ?? []).map((route) => ({ ...route, chain: chainOf(route) }));
  if (own.length === 0) return null;
  return listCell(
    withoutContinued(own)
      .slice(0, mostRoutes)
      .map(({ chain }) => saidCell(chain.said)),
  );
}

const mostRoutes = 6;

/** What Argo Events labels the Pods of each with; null for what has none of its own. */
const labels: Readonly<Record<string, string | null>> = {
  EventSource: 'eventsource-name',
  Sensor: 'sensor-name',
  WorkflowTemplate: null,
  ClusterWorkflowTemplate: null,
};
