import {
  asText,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  uniqueBy,
} from '../../../base/index.ts';
import { podSpecOf } from '../../../model/index.ts';
import { type Cell, referenceCell, textCell } from '../../../views/index.ts';
import type { Context } from '../indexes.ts';
import { anyCommands } from './any-kind.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { inNamespace, kubectlTarget, named, shellLine } from './shell.ts';

/** What a workload runs, how often, behind which routes, as whom, and which Secrets it reads. */
export const workload: KindFacts = {
  is: (resource) => podSpecOf(resource) !== null,
  answers(resource, context) {
    const { rendered, kind, id } = resource;
    const { platform, nameOf, secretReads, relations } = context;
    const pod = podSpecOf(resource)?.spec;
    const reads = (secretReads.get(id) ?? []).filter(({ reader }) => reader === id);
    const secrets = new Map(reads.map(({ secret }) => [secret.name, secret.id]));
    const account = (relations.get(id) ?? []).find(({ type, from }) => type === 'runs-as' && from === id);
    const replicas = objectAt(rendered, 'spec').replicas;
    return [
      ...answer(
        'images',
        uniqueBy(containersOf(pod).map(imageCell), ({ text }) => text),
      ),
      ...answer('schedule', textOrNull(textAt(rendered, 'spec', 'schedule'))),
      ...answer(
        'replicas',
        replicas === undefined && !scaled.has(kind) ? null : textCell(asText(replicas ?? 1)),
      ),
      ...answer('ports', containersOf(pod).flatMap(portsOf)),
      ...answer('reachedAt', routesTo(id, context)),
      ...answer(
        'account',
        account
          ? referenceCell(nameOf(account.to), account.to)
          : textOrNull(textAt(pod, 'serviceAccountName')),
      ),
      ...answer(
        'reads',
        [...secrets].map(([name, secret]) =>
          referenceCell(secret === null ? name : (platform.resource(secret)?.name ?? name), secret),
        ),
      ),
    ];
  },
  commands: (resource) => [
    ...(resource.kind === 'CronJob'
      ? // kubectl finds the Pods of a Job alone.
        command(shellLine('kubectl', 'get', 'jobs', ...inNamespace(resource.namespace)), 'command.runs')
      : command(
          shellLine('kubectl', 'logs', ...kubectlTarget(resource), '--all-containers', '--tail=100'),
          'command.logs',
        )),
    ...(scaled.has(resource.kind)
      ? command(shellLine('kubectl', 'rollout', 'status', ...kubectlTarget(resource)), 'command.rollout')
      : []),
    ...anyCommands(resource),
    ...command(
      shellLine(
        'kubectl',
        'events',
        ...inNamespace(resource.namespace),
        '--for',
        named(`${resource.kind.toLowerCase()}/${resource.name}`),
      ),
      'command.events',
    ),
  ],
};

/** Kinds that run one Pod where they name no number. */
const scaled = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

function containersOf(pod: JsonObject | undefined): JsonObject[] {
  return [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')].filter(isObject);
}

function imageCell(container: JsonObject): Cell {
  return { ...textCell(textAt(container, 'image')), code: true };
}

function portsOf(container: JsonObject): Cell[] {
  return listAt(container, 'ports')
    .filter(isObject)
    .map((port) => textCell([asText(port.containerPort), textAt(port, 'name')].filter(Boolean).join(' ')));
}

/** Routes and Ingresses whose Services select it, by the hosts that they serve. */
function routesTo(id: string, { platform: { model }, nameOf }: Context): Cell[] {
  const routes = model.routes.filter(({ backends }) =>
    backends.some(({ workloads }) => workloads?.some(({ workload: one }) => one === id)),
  );
  return routes.map(({ route, hostnames }) => referenceCell(hostnames.join(', ') || nameOf(route), route));
}

function textOrNull(text: string | undefined): Cell | null {
  return text === undefined ? null : textCell(text);
}
