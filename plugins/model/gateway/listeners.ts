/**
 * Gateways and ListenerSets: their listeners with the conditions that a controller sets (gateway-api,
 * apis/v1/gateway_types.go and listenerset_types.go). What is left to implementations is not decided.
 */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import { certificatesOf, clientCertificates } from './certificates.ts';
import { judgeConflicts } from './listener-conflicts.ts';
import { layered, protocolVerdict, supportedKinds } from './listener-kinds.ts';
import type { Listener, Parent } from './listener-types.ts';
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
  selectsNamespace,
  unknown,
  type Verdict,
} from './objects.ts';

/** Every Gateway and ListenerSet by its id, with its listeners judged against each other. */
export function judgeParents(around: Surroundings): Map<string, Parent> {
  const gateways = around.ofKind(gatewayGroup, 'Gateway').map((object) => parentOf(object, around));
  const sets = listenerSets(around).map((object) => parentOf(object, around));
  const parents = new Map([...gateways, ...sets].map((parent) => [parent.object.id, parent]));
  for (const set of sets) admit(set, parents, around);
  for (const gateway of gateways) {
    judgeConflicts([gateway, ...sets.filter((set) => isTakenBy(set, gateway))], around);
    soften(gateway, around);
    gateway.accepted = ifSure(gatewayVerdict(gateway.listeners), around, gateway.object);
  }
  for (const set of sets) {
    if (set.accepted.is !== true) continue;
    if (set.gateway === null) judgeConflicts([set], around);
    soften(set, around);
    set.accepted = ifSure(setVerdict(set.listeners), around, set.object);
  }
  return parents;
}

/** What is wrong with the listeners of an object that may be another is not certain. */
function soften({ object, listeners }: Parent, around: Surroundings): void {
  for (const listener of listeners) {
    listener.accepted = ifSure(listener.accepted, around, object);
    listener.resolvedRefs = ifSure(listener.resolvedRefs, around, object);
  }
}

/** Those of the first releases were called XListenerSet, in a group of their own. */
function listenerSets(around: Surroundings): NetworkObject[] {
  return [
    ...around.ofKind(gatewayGroup, 'ListenerSet'),
    ...around.ofKind('gateway.networking.x-k8s.io', 'XListenerSet'),
  ];
}

function isTakenBy(set: Parent, { object }: Parent): boolean {
  return set.gateway === object.id && set.accepted.is === true;
}

function parentOf(object: NetworkObject, around: Surroundings): Parent {
  const listeners = listAt(object.rendered, 'spec', 'listeners')
    .filter(isObject)
    .map((written, index) => listenerOf(object, written, index, around));
  return { object, gateway: null, listeners, accepted: holds('Accepted') };
}

function listenerOf(
  object: NetworkObject,
  written: JsonObject,
  index: number,
  around: Surroundings,
): Listener {
  const protocol = textAt(written, 'protocol') ?? '';
  const { kinds, invalid } = supportedKinds(written, protocol);
  const listener: Listener = {
    index,
    object,
    name: textAt(written, 'name') ?? '',
    port: numberAt(written, 'port') ?? null,
    protocol,
    mode: textAt(written, 'tls', 'mode') ?? 'Terminate',
    hostname: layered.has(protocol) ? textAt(written, 'hostname') || null : null,
    allowedRoutes: objectAt(written, 'allowedRoutes'),
    supportedKinds: kinds,
    accepted: protocolVerdict(protocol),
    resolvedRefs: holds('ResolvedRefs'),
    attached: [],
  };
  listener.resolvedRefs =
    invalid.length > 0
      ? fails('InvalidRouteKinds', `a ${protocol} listener takes no ${invalid.join(', ')}`)
      : certificatesOf(object, written, protocol, around);
  if (object.kind === 'Gateway' && protocol === 'HTTPS') {
    const client = clientCertificates(object, listener.port, around);
    if (listener.resolvedRefs.is === true && client.resolvedRefs) listener.resolvedRefs = client.resolvedRefs;
    if (client.accepted) listener.accepted = client.accepted;
  }
  return listener;
}

/** `spec.allowedListeners` of a Gateway, None by default: whose ListenerSets it takes. */
function admit(set: Parent, parents: ReadonlyMap<string, Parent>, around: Surroundings): void {
  const { rendered, namespace: own } = set.object;
  const name = textAt(rendered, 'spec', 'parentRef', 'name') ?? '';
  const namespace = textAt(rendered, 'spec', 'parentRef', 'namespace') ?? own;
  const found = around.find(gatewayGroup, 'Gateway', namespace, name);
  const gateway = found === undefined ? undefined : parents.get(found.id);
  if (gateway === undefined) {
    const why = around.mayBe(gatewayGroup, 'Gateway', namespace, name);
    set.accepted = unknown(why ?? `there is no Gateway \`${placeName(namespace, name)}\``);
    return;
  }
  set.gateway = gateway.object.id;
  const allowed = objectAt(gateway.object.rendered, 'spec', 'allowedListeners', 'namespaces');
  const from = textAt(allowed, 'from') ?? 'None';
  const verdict = isAllowed(from, allowed, gateway.object.namespace, own, around);
  if (verdict.is === true) return;
  set.accepted =
    verdict.is === null
      ? unknown(verdict.why ?? '', 'NotAllowed')
      : ifSure(
          fails('NotAllowed', `Gateway \`${gateway.object.name}\` takes no ListenerSets of its namespace`),
          around,
          gateway.object,
          set.object,
        );
}

/** `from`: All, Same, Selector or None, of `allowedRoutes` and of `allowedListeners`. */
export function isAllowed(
  from: string,
  namespaces: JsonObject,
  own: string | null,
  asked: string | null,
  around: Surroundings,
): { is: Known; why: string | null } {
  if (from === 'All') return { is: true, why: null };
  if (from !== 'Same' && from !== 'Selector') return { is: false, why: null };
  if (from === 'Same' && own === asked) return { is: true, why: null };
  if (own === null || asked === null)
    return { is: null, why: 'the namespace that whoever applies it chooses is not known' };
  if (from === 'Same') return { is: false, why: null };
  const { selector } = namespaces;
  return selectsNamespace(isObject(selector) ? selector : undefined, asked, around);
}

/** A listener with a bad certificate is accepted all the same; it is only not programmed. */
function gatewayVerdict(listeners: readonly Listener[]): Verdict {
  return ofListeners(listeners.map(({ accepted }) => accepted.is));
}

/** A ListenerSet with no good listener left is not accepted. */
function setVerdict(listeners: readonly Listener[]): Verdict {
  const verdict = ofListeners(listeners.map(({ accepted }) => accepted.is));
  if (verdict.is !== true || listeners.length === 0) return verdict;
  const good = listeners.map(({ accepted, resolvedRefs }) => and(accepted.is, resolvedRefs.is));
  if (good.every((one) => one === false)) return fails('ListenersNotValid', 'none of its listeners is valid');
  if (good.includes(true)) return verdict;
  return unknown('whether one of its listeners is valid is not known', 'ListenersNotValid');
}

function ofListeners(accepted: readonly Known[]): Verdict {
  if (accepted.every((one) => one === true)) return holds('Accepted');
  if (accepted.includes(true)) return accepted.includes(false) ? holds('ListenersNotValid') : holds(null);
  if (accepted.every((one) => one === false))
    return fails('ListenersNotValid', 'none of its listeners is accepted');
  return unknown('whether one of its listeners is accepted is not known', 'ListenersNotValid');
}

export function and(a: Known, b: Known): Known {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}
