/**
 * Routes → listeners: what `Accepted` of each parent says. Parents are judged each on its own; the first
 * stage that leaves no listener gives the reason (gateway-api, apis/v1/shared_types.go, ParentReference, and
 * the conformance tests).
 */
import { type JsonPath, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';
import { holdsPlaceholder } from '../../source/index.ts';
import { meetingHostnames } from './hostnames.ts';
import type { Listener, Parent } from './listener-types.ts';
import { and, isAllowed } from './listeners.ts';
import {
  fails,
  gatewayGroup,
  holds,
  ifSure,
  type Known,
  type NetworkObject,
  numberAt,
  placeName,
  type Surroundings,
  unknown,
  type Verdict,
} from './objects.ts';

const routeKinds = ['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'];

/** Every route with its parents; counted on the listeners that accept it. */
export function attachRoutes(parents: ReadonlyMap<string, Parent>, around: Surroundings): AttachedRoute[] {
  const routes = routeKinds
    .flatMap((kind) => around.ofKind(gatewayGroup, kind))
    .map(
      (route): AttachedRoute => ({
        route,
        parents: listAt(route.rendered, 'spec', 'parentRefs').map((reference, index) =>
          attach(route, reference, ['spec', 'parentRefs', index], parents, around),
        ),
      }),
    );
  shareHostnames(routes, around);
  for (const { route, parents: own } of routes)
    for (const { listeners } of own)
      for (const { listener } of listeners)
        if (!listener.attached.includes(route.id)) listener.attached.push(route.id);
  return routes;
}

function attach(
  route: NetworkObject,
  reference: unknown,
  path: JsonPath,
  parents: ReadonlyMap<string, Parent>,
  around: Surroundings,
): Attachment {
  const group = textAt(reference, 'group') ?? gatewayGroup;
  const kind = textAt(reference, 'kind') ?? 'Gateway';
  const name = textAt(reference, 'name') ?? '';
  const namespace = textAt(reference, 'namespace') || route.namespace;
  const section = textAt(reference, 'sectionName') || null;
  const port = numberAt(reference, 'port') ?? null;
  const found = around.find(group, kind, namespace, name);
  const parent = found === undefined ? undefined : parents.get(found.id);
  const base = { group, kind, name, namespace, section, port, path, object: found ?? null };
  if (parent === undefined) {
    const isOurs = kind === 'Gateway' || kind === 'ListenerSet' || kind === 'XListenerSet';
    const why = isOurs
      ? around.mayBe(group, kind, namespace, name)
      : `what a ${kind} does with a route is its controller's`;
    const missing = `there is no ${kind} \`${placeName(namespace, name)}\``;
    return {
      ...base,
      isThere: why === null ? false : null,
      accepted: unknown(why ?? missing),
      listeners: [],
    };
  }
  const { verdict, listeners } = judge(route, parent, section, port, around);
  const open = placeholderIn(route, parent, section);
  const sure = ifSure(verdict, around, route, parent.object);
  const accepted = sure.is === false && open !== null ? unknown(open, sure.reason) : sure;
  return { ...base, isThere: true, accepted, listeners };
}

/** What a set-up step fills in is not known until then. */
function placeholderIn(route: NetworkObject, { listeners }: Parent, section: string | null): string | null {
  const texts = [
    ...textsAt(route.rendered, 'spec', 'hostnames'),
    ...(section === null ? [] : [section]),
    ...listeners.flatMap(({ hostname, name }) => [hostname ?? '', name]),
  ];
  const found = texts.find(holdsPlaceholder);
  return found === undefined ? null : `what fills in \`${found}\` is not known`;
}

function judge(
  route: NetworkObject,
  { object, listeners }: Parent,
  section: string | null,
  port: number | null,
  around: Surroundings,
): { verdict: Verdict; listeners: AttachedListener[] } {
  const none = (verdict: Verdict) => ({ verdict, listeners: [] });
  const named = listeners.filter(
    (one) => (section === null || one.name === section) && (port === null || one.port === port),
  );
  if (named.length === 0) {
    const wanted = [section === null ? '' : ` \`${section}\``, port === null ? '' : ` on port ${port}`].join(
      '',
    );
    return none(fails('NoMatchingParent', `${object.kind} \`${object.name}\` has no listener${wanted}`));
  }
  const allowed = named.map((listener) => ({ listener, ...allows(listener, route, around) }));
  const taking = allowed.filter(({ is }) => is !== false);
  if (taking.length === 0) return none(fails('NotAllowedByListeners', refusal(named, route)));
  const hostnames = textsAt(route.rendered, 'spec', 'hostnames');
  const isNamed = hasHostnames.has(route.kind);
  const meeting = taking.flatMap((one): (AttachedListener & { is: Known; why: string | null })[] => {
    const served = isNamed ? meetingHostnames(one.listener.hostname, hostnames) : [''];
    return served.length === 0 ? [] : [{ ...one, hostnames: served }];
  });
  if (meeting.length === 0) {
    const text = `none of its host names is one of ${named.length === 1 ? `listener \`${named[0]?.name}\`` : 'the listeners'}`;
    const open = taking.every(({ is }) => is === null);
    return none(
      open
        ? unknown(taking[0]?.why ?? text, 'NoMatchingListenerHostname')
        : fails('NoMatchingListenerHostname', text),
    );
  }
  const sure = meeting.filter(({ is }) => is === true);
  if (sure.length === 0) return none(unknown(meeting[0]?.why ?? '', 'NotAllowedByListeners'));
  return {
    verdict: holds('Accepted'),
    listeners: sure.map(({ listener, hostnames: served }) => ({ listener, hostnames: served })),
  };
}

const hasHostnames = new Set(['GRPCRoute', 'HTTPRoute', 'TLSRoute']);

/** Whether a listener takes a route's kind and namespace. */
function allows(
  listener: Listener,
  route: NetworkObject,
  around: Surroundings,
): { is: Known; why: string | null } {
  const kind = takesKind(listener, route.kind);
  const namespaces = objectAt(listener.allowedRoutes, 'namespaces');
  const from = textAt(namespaces, 'from') ?? 'Same';
  const place = isAllowed(from, namespaces, listener.object.namespace, route.namespace, around);
  const why =
    place.why ??
    (kind === null ? 'whether TCPRoutes go onto TLS listeners is left to implementations' : null);
  return { is: and(kind, place.is), why };
}

function takesKind({ supportedKinds, protocol, mode, allowedRoutes }: Listener, kind: string): Known {
  const isOpen = kind === 'TCPRoute' && protocol === 'TLS' && mode === 'Terminate';
  if (isOpen)
    return listAt(allowedRoutes, 'kinds').length === 0 || supportedKinds.includes(kind) ? null : false;
  return supportedKinds.includes(kind);
}

function refusal(named: readonly Listener[], route: NetworkObject): string {
  const own = named.filter(({ supportedKinds }) => supportedKinds.includes(route.kind));
  const names = (list: readonly Listener[]): string =>
    `listener${list.length === 1 ? '' : 's'} ${list.map(({ name }) => `\`${name}\``).join(', ')}`;
  if (own.length === 0)
    return `${names(named)} of \`${named[0]?.object.name}\` take${named.length === 1 ? 's' : ''} no ${route.kind}`;
  return `${names(own)} of \`${own[0]?.object.name}\` take${own.length === 1 ? 's' : ''} no routes of namespace \`${route.namespace}\``;
}

/**
 * An HTTPRoute and a GRPCRoute with a host in common on one listener: the older stays, then the first by
 * namespace and name; the other is not accepted, without a prescribed reason (apis/v1/grpcroute_types.go).
 */
function shareHostnames(routes: readonly AttachedRoute[], around: Surroundings): void {
  const ofKind = (kind: string) =>
    routes
      .filter(({ route }) => route.kind === kind)
      .flatMap(({ route, parents }) => parents.map((parent) => ({ route, parent })));
  const grpc = ofKind('GRPCRoute');
  if (grpc.length === 0) return;
  const losing: { parent: Attachment; listener: Listener; rival: NetworkObject; isSure: boolean }[] = [];
  for (const web of ofKind('HTTPRoute')) {
    for (const rpc of grpc) {
      for (const { listener, hostnames } of web.parent.listeners) {
        const other = rpc.parent.listeners.find((one) => one.listener === listener);
        if (other === undefined) continue;
        if (!hostnames.some((name) => meetingHostnames(name, other.hostnames).length > 0)) continue;
        const order = olderFirst(web.route, rpc.route, around);
        if (order !== null && order < 0)
          losing.push({ parent: rpc.parent, listener, rival: web.route, isSure: true });
        else if (order !== null)
          losing.push({ parent: web.parent, listener, rival: rpc.route, isSure: true });
        else
          losing.push(
            { parent: rpc.parent, listener, rival: web.route, isSure: false },
            { parent: web.parent, listener, rival: rpc.route, isSure: false },
          );
      }
    }
  }
  for (const { parent, listener, rival, isSure } of losing) {
    parent.listeners = parent.listeners.filter((one) => one.listener !== listener);
    if (parent.listeners.length > 0) continue;
    if (!isSure)
      parent.accepted = unknown(
        `which is older, it or ${rival.kind} \`${rival.name}\` with the same host, is not known`,
      );
    else if (parent.accepted.is === true)
      parent.accepted = fails(null, `${rival.kind} \`${rival.name}\` is older and has the same host`);
  }
}

/** Negative where the first is older; null where an age is not known. */
export function olderFirst(a: NetworkObject, b: NetworkObject, { createdAt }: Surroundings): number | null {
  const [first, second] = [createdAt(a), createdAt(b)];
  if (first === undefined || second === undefined) return null;
  const key = ({ namespace, name }: NetworkObject): string => `${namespace ?? ''}/${name}`;
  if (first !== second) return Date.parse(first) - Date.parse(second) || (first < second ? -1 : 1);
  return key(a) < key(b) ? -1 : 1;
}

export interface AttachedRoute {
  route: NetworkObject;
  /** In the order of `spec.parentRefs`. */
  parents: Attachment[];
}

export interface Attachment {
  group: string;
  kind: string;
  name: string;
  namespace: string | null;
  section: string | null;
  port: number | null;
  /** Of the reference. */
  path: JsonPath;
  object: NetworkObject | null;
  /** False where the parent surely does not exist: then nobody sets a status at all. */
  isThere: Known;
  accepted: Verdict;
  listeners: AttachedListener[];
}

interface AttachedListener {
  listener: Listener;
  /** What the route serves there; '' for every host. */
  hostnames: string[];
}
