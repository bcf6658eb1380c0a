import { asText, at, listAt, objectAt, textAt } from '../../../base/index.ts';
import { resourcesByName } from '../../../model/index.ts';
import { type Cell, listCell, referenceCell, textCell } from '../../../views/index.ts';
import type { About } from '../about/about.ts';
import { anyCommands } from './any-kind.ts';
import { lineCell, saidCell } from './cells.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { kubectlTarget, named, shellLine } from './shell.ts';

/** Hosts of a route, whether it is taken, and what answers. */
export const route: KindFacts = {
  is: ({ group, kind }) => group === 'gateway.networking.k8s.io' && kind.endsWith('Route'),
  answers(resource, { aboutOf }) {
    const about = aboutOf(resource);
    if (about?.is !== 'route') return [];
    const backends = about.rules.flatMap((rule) => rule.backends);
    return [
      ...answer('hosts', hostsCell(about.hosts)),
      ...answer('attached', listCell(about.parents.map(parentCell))),
      ...answer('leadsTo', backends.length === 0 ? null : listCell(backends.map(backendCell))),
    ];
  },
  commands: (resource, { aboutOf }) => {
    const about = aboutOf(resource);
    return [
      ...command(
        shellLine('kubectl', 'get', ...kubectlTarget(resource), '-o', "jsonpath='{.status.parents}'"),
        'command.attached',
      ),
      ...(about?.is === 'route' ? askHost(about.hosts) : []),
      ...anyCommands(resource),
    ];
  },
};

/** What a Gateway listens to, and for whom. */
export const gateway: KindFacts = {
  is: ({ group, kind }) =>
    group === 'gateway.networking.k8s.io' && (kind === 'Gateway' || kind === 'ListenerSet'),
  answers(resource, { aboutOf }) {
    const about = aboutOf(resource);
    if (about?.is !== 'gateway') return [];
    return [
      ...answer('class', about.className === null ? null : textCell(about.className)),
      ...answer('accepted', stateCell(about.accepted, about.reason, about.why)),
      ...answer(
        'listeners',
        listCell(
          about.listeners.map(({ name, protocol, port, hostname, origin }) =>
            lineCell(`${name}: ${protocol} ${port ?? '?'} ${hostname ?? '*'}`, origin),
          ),
        ),
      ),
    ];
  },
};

/** Hosts of an Ingress, its class, and what answers. */
export const ingress: KindFacts = {
  is: ({ group, kind }) => group === 'networking.k8s.io' && kind === 'Ingress',
  answers(resource, { aboutOf }) {
    const about = aboutOf(resource);
    if (about?.is !== 'ingress') return [];
    return [
      ...answer('hosts', hostsCell(about.hosts)),
      ...answer(
        'class',
        about.className === null ? saidCell({ key: 'cell.none' }) : textCell(about.className),
      ),
      ...answer('leadsTo', listCell(about.rules.map(({ backend }) => backendCell(backend)))),
    ];
  },
  commands: (resource, { aboutOf }) => {
    const about = aboutOf(resource);
    return [...(about?.is === 'ingress' ? askHost(about.hosts) : []), ...anyCommands(resource)];
  },
};

/** Host of a Route of OpenShift, and the Services that answer. */
export const openShiftRoute: KindFacts = {
  is: ({ group, kind }) => group === 'route.openshift.io' && kind === 'Route',
  answers(resource, { platform: { model }, nameOf, together }) {
    const spec = objectAt(resource.rendered, 'spec');
    const host = textAt(spec, 'host');
    const port = at(spec, 'port', 'targetPort');
    const backends = [spec.to, ...listAt(spec, 'alternateBackends')].flatMap(
      (one) => textAt(one, 'name') ?? [],
    );
    return [
      ...answer(
        'hosts',
        host === undefined ? null : { text: host + (textAt(spec, 'path') ?? ''), code: true },
      ),
      ...answer(
        'leadsTo',
        backends.map((name) => {
          const service = resourcesByName(model.resources).find('', 'Service', resource.namespace, name);
          const id = service === undefined ? null : together(resource.id, service.id);
          const text = id === null ? `Service/${name}` : nameOf(id);
          return referenceCell(port === undefined ? text : `${text}:${asText(port)}`, id);
        }),
      ),
    ];
  },
  commands: (resource) => {
    const host = textAt(resource.rendered, 'spec', 'host');
    return [...askHost(host === undefined ? [] : [host]), ...anyCommands(resource)];
  },
};

function hostsCell(hosts: readonly string[]): Cell {
  return hosts.length === 0
    ? saidCell({ key: 'route.everyHost' })
    : listCell(hosts.map((host) => ({ text: host, code: true })));
}

function parentCell({ parent, name, listeners, accepted, reason, why }: Route['parents'][number]): Cell {
  const state = stateCell(accepted, reason, why);
  const at = listeners.length === 0 ? '' : ` (${listeners.join(', ')})`;
  const cell = besideState(`${parent?.reference ?? name}${at}: `, state);
  return parent === null ? cell : { ...cell, ref: parent.id };
}

/** What something is in: its name, and in the tone of the state what that is. */
function besideState(text: string, state: Cell): Cell {
  const said = state.said && { key: 'route.parent', values: { parent: text, state: state.said } };
  return { ...state, text: text + state.text, ...(said === undefined ? {} : { said }) };
}

/** The API's word, in the tone of what it means; what is not known says why. */
function stateCell(is: boolean | null, reason: string | null, why: string | null): Cell {
  if (is === null)
    return { ...saidCell({ key: 'route.notKnown', values: { why: why ?? reason ?? '?' } }), tone: 'warn' };
  const word = [reason ?? (is ? 'Accepted' : 'Invalid'), why ?? []].flat().join(': ');
  return { text: word, tone: is ? 'good' : 'bad' };
}

function backendCell({ service, name, port, resolved, why }: Backend): Cell {
  const text = `${service?.reference ?? name}${port === null ? '' : `:${port}`}`;
  if (resolved === true && service !== null) return { text, ref: service.id };
  if (why === null) return { text, tone: resolved === false ? 'bad' : 'warn' };
  if (resolved === false) return { text: `${text}: ${why}`, tone: 'bad' };
  return besideState(`${text}: `, stateCell(null, null, why));
}

function askHost(hosts: readonly string[]) {
  const host = hosts.find((one) => !one.includes('*'));
  return host === undefined
    ? []
    : command(
        shellLine('curl', '-sS', '-o', '/dev/null', '-D', '-', named(`https://${host}/`)),
        'command.curl',
      );
}

type Route = Extract<About, { is: 'route' }>;
type Backend = Route['rules'][number]['backends'][number];
