/**
 * Listeners against each other: hosts and protocols of one port. Source: gateway-api,
 * apis/v1/gateway_types.go and listenerset_types.go.
 */
import { compareText } from '../../base/index.ts';
import { layered } from './listener-kinds.ts';
import type { Listener, Parent } from './listener-types.ts';
import { fails, type Surroundings, unknown } from './objects.ts';

/**
 * Listeners of one port that exclude each other. In one object all of them are out; of several objects the
 * Gateway's own come first, then sets by age and name, and the later one is out.
 */
export function judgeConflicts(parents: readonly Parent[], around: Surroundings): void {
  for (const { listeners } of parents) {
    for (const listener of listeners) {
      if (listener.accepted.is !== true) continue;
      const others = listeners.filter((one) => one !== listener && one.port === listener.port);
      if (others.some((one) => isProtocolConflict(one, listener)))
        listener.accepted = fails(
          'ProtocolConflict',
          `TCP and HTTP or TLS listeners share port ${listener.port}`,
        );
      else if (others.some((one) => isMixed(one, listener)))
        listener.accepted = unknown(
          `whether HTTP and TLS listeners may share port ${listener.port} is left to implementations`,
          'ProtocolConflict',
        );
    }
  }
  const [gateway, ...sets] = parents;
  if (gateway === undefined || sets.length === 0) return;
  const ages = new Map(sets.map((set) => [set, around.createdAt(set.object)]));
  const sorted = [...sets].sort(
    (a, b) =>
      compareText(ages.get(a) ?? '', ages.get(b) ?? '') ||
      compareText(a.object.namespace ?? '', b.object.namespace ?? '') ||
      compareText(a.object.name, b.object.name),
  );
  const before: { listener: Listener; set: Parent | null }[] = gateway.listeners.map((listener) => ({
    listener,
    set: null,
  }));
  for (const set of sorted) {
    for (const listener of set.listeners) {
      const rivals = before.filter(
        ({ listener: one }) =>
          one.accepted.is !== false &&
          one.port === listener.port &&
          (isProtocolConflict(one, listener) || isSame(one, listener)),
      );
      const [first] = rivals;
      if (first === undefined || listener.accepted.is !== true) continue;
      const reason = isSame(first.listener, listener) ? 'HostnameConflict' : 'ProtocolConflict';
      const isAged = first.set === null || (ages.get(set) !== undefined && ages.get(first.set) !== undefined);
      listener.accepted = isAged
        ? fails(
            reason,
            `listener \`${first.listener.name}\` of \`${first.listener.object.name}\` has its place`,
          )
        : unknown('which of the ListenerSets is older is not known', reason);
      // The other may be the younger one.
      if (!isAged && first.listener.accepted.is === true)
        first.listener.accepted = unknown('which of the ListenerSets is older is not known', reason);
    }
    before.push(...set.listeners.map((listener) => ({ listener, set })));
  }
}

function isProtocolConflict(a: Listener, b: Listener): boolean {
  return (
    (a.protocol === 'TCP' && layered.has(b.protocol)) || (b.protocol === 'TCP' && layered.has(a.protocol))
  );
}

function isMixed(a: Listener, b: Listener): boolean {
  return (
    layered.has(a.protocol) && layered.has(b.protocol) && (a.protocol === 'HTTP') !== (b.protocol === 'HTTP')
  );
}

function isSame(a: Listener, b: Listener): boolean {
  return a.protocol === b.protocol && a.hostname === b.hostname;
}
