/** Routes, Gateways and Ingresses of the model, as the API would judge them. */
import { compareText, textAt, textsAt, uniqueBy } from '../../base/index.ts';
import { holdsPlaceholder } from '../../source/index.ts';
import type { Resource } from '../types.ts';
import { type AttachedRoute, type Attachment, attachRoutes } from './attachment.ts';
import { type Backend, backendsOf, referencesOf } from './backends.ts';
import { gatewayReferences } from './certificates.ts';
import { classOf, ingressGroup, ingressPaths, tlsOf } from './ingress.ts';
import type { Listener, Parent } from './listener-types.ts';
import { judgeParents } from './listeners.ts';
import { holds, type Known, type Surroundings, type Verdict, worst } from './objects.ts';
import { endpointPorts, podOf, selectorOf } from './services.ts';
import type {
  Gateway,
  Ingress,
  Route,
  RouteBackend,
  RouteParent,
  RouteRefusal,
  RouteWorkload,
} from './types.ts';
import { refusals } from './validation.ts';

export function buildNetwork(around: Surroundings<Resource>, selected: SelectedBy): NetworkRecords {
  const parents = judgeParents(around);
  const routes = attachRoutes(parents, around).map((one) => routeOf(one, parents, around, selected));
  const gateways = [...parents.values()].map((parent) => gatewayOf(parent, around));
  const ingresses = around
    .ofKind(ingressGroup, 'Ingress')
    .map((ingress) => ingressOf(ingress, around, selected));
  return {
    routes: routes.sort((a, b) => compareText(a.route, b.route)),
    gateways: gateways.sort((a, b) => compareText(a.gateway, b.gateway)),
    ingresses: ingresses.sort((a, b) => compareText(a.ingress, b.ingress)),
  };
}

function routeOf(
  { route, parents: attachments }: AttachedRoute,
  parents: ReadonlyMap<string, Parent>,
  around: Surroundings<Resource>,
  selected: SelectedBy,
): Route {
  const resource = route as Resource;
  const own = attachments.map((one) => parentOf(one, parents));
  const backends = backendsOf(route, around);
  return {
    route: route.id,
    hostnames: textsAt(route.rendered, 'spec', 'hostnames'),
    parents: own,
    backends: uniqueBy(
      backends.map((one) => backendOf(one, selected)),
      ({ path: _, ...backend }) => JSON.stringify(backend),
    ),
    accepted: anyOf(own.map(({ accepted }) => accepted)),
    resolved: referencesOf(backends).is,
    refused: refusedOf(resource, around),
    origin: resource.origin,
  };
}

function parentOf(one: Attachment, parents: ReadonlyMap<string, Parent>): RouteParent {
  const { kind, name, namespace, section, port, object, listeners, accepted, isThere, path } = one;
  const names = listeners.map(({ listener }) => listener.name);
  const found = object === null ? undefined : parents.get(object.id);
  const hostnames = [...new Set(listeners.flatMap((each) => each.hostnames))];
  return {
    kind,
    name,
    namespace,
    section,
    port,
    id: object?.id ?? null,
    gateway: found?.object.kind === 'Gateway' ? found.object.id : (found?.gateway ?? null),
    listener: section ?? (names.length === 1 ? (names[0] ?? null) : null),
    listeners: names,
    hostnames: hostnames.includes('') ? [] : hostnames,
    accepted: isThere === false ? false : accepted.is,
    reason: accepted.reason,
    why: accepted.why,
    path,
  };
}

function backendOf(one: Backend, selected: SelectedBy): RouteBackend {
  const { kind, name, namespace, port, object, resolved, path } = one;
  const isService = one.group === '' && kind === 'Service';
  return {
    kind,
    name,
    namespace,
    port,
    id: object?.id ?? null,
    service: isService ? (object?.id ?? null) : null,
    resolved: resolved.is,
    reason: resolved.is === true ? null : resolved.reason,
    why: resolved.why,
    workloads: isService ? workloadsOf(object as Resource | null, port, selected) : null,
    path,
  };
}

/** Whom the port of a Service leads to, of the workloads that are known. */
export function workloadsOf(
  service: Resource | null,
  port: number | string | null,
  selected: SelectedBy,
): RouteWorkload[] | null {
  if (service === null || selectorOf(service) === null) return null;
  return selected(service).map((workload) => {
    const found = endpointPorts(service, podOf(workload) ?? {}).find(({ name, number }) =>
      typeof port === 'string' ? name === port : number === port,
    );
    return { workload: workload.id, port: found?.target ?? null, container: found?.container ?? null };
  });
}

function gatewayOf(parent: Parent, around: Surroundings<Resource>): Gateway {
  const resource = parent.object as Resource;
  const references = parent.object.kind === 'Gateway' ? gatewayReferences(resource, around) : holds();
  return {
    gateway: resource.id,
    className: textAt(resource.rendered, 'spec', 'gatewayClassName') ?? null,
    accepted: parent.accepted.is,
    reason: parent.accepted.reason,
    why: parent.accepted.why ?? references.why,
    listeners: parent.listeners.map(listenerOf),
    refused: refusedOf(resource, around),
    origin: resource.origin,
  };
}

function listenerOf(listener: Listener): Gateway['listeners'][number] {
  const { name, port, protocol, hostname, supportedKinds, accepted, resolvedRefs, attached } = listener;
  return {
    name,
    port,
    protocol,
    hostname,
    kinds: supportedKinds,
    accepted: accepted.is,
    reason: accepted.reason,
    resolved: resolvedRefs.is,
    resolvedReason: resolvedRefs.reason,
    why: worst([accepted, resolvedRefs])?.why ?? null,
    routes: [...attached].sort(compareText),
  };
}

function ingressOf(ingress: Resource, around: Surroundings<Resource>, selected: SelectedBy): Ingress {
  const paths = ingressPaths(ingress, around);
  return {
    ingress: ingress.id,
    class: classOf(ingress, around),
    hosts: [...new Set(paths.filter(({ host }) => host !== '').map(({ host }) => host))],
    rules: paths.map((one) => ({
      host: one.host,
      path: one.value,
      pathType: one.type,
      service: one.service,
      port: one.port,
      id: one.object?.id ?? null,
      resolved: one.resolved.is,
      reason: one.resolved.is === true ? null : one.resolved.reason,
      why: one.resolved.why,
      workloads: workloadsOf(one.object as Resource | null, one.port, selected),
      place: one.path,
    })),
    tls: tlsOf(ingress, around).map(({ secret, hosts, object }) => ({
      secret,
      hosts,
      id: object?.id ?? null,
    })),
    resolved: allOf(paths.map(({ resolved }) => resolved)),
    origin: ingress.origin,
  };
}

/** A value that a set-up step fills in is none that the API server refuses. */
function refusedOf(resource: Resource, around: Surroundings<Resource>): RouteRefusal[] {
  const found = refusals(resource.rendered);
  if (found.length === 0 || around.mayDiffer(resource) !== null) return [];
  return found
    .filter(({ message }) => !holdsPlaceholder(message))
    .map(({ rule, message, path }) => ({ rule, why: message, path }));
}

function anyOf(values: readonly Known[]): Known {
  return values.includes(true) ? true : values.includes(null) ? null : false;
}

function allOf(verdicts: readonly Verdict[]): Known {
  return worst(verdicts)?.is ?? (verdicts.some(({ is }) => is === null) ? null : true);
}

/** The workloads that a Service selects. */
export type SelectedBy = (service: Resource) => readonly Resource[];

export interface NetworkRecords {
  routes: Route[];
  gateways: Gateway[];
  ingresses: Ingress[];
}
