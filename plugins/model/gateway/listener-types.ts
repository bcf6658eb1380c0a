/** Gateways and ListenerSets with their listeners, as a controller would set their conditions. */
import type { JsonObject } from '../../base/index.ts';
import type { NetworkObject, Verdict } from './objects.ts';

export interface Parent {
  object: NetworkObject;
  /** Id of the Gateway of a ListenerSet; null for a Gateway, and where it is not here. */
  gateway: string | null;
  listeners: Listener[];
  accepted: Verdict;
}

export interface Listener {
  /** In `spec.listeners`. */
  index: number;
  /** The Gateway or ListenerSet that holds it. */
  object: NetworkObject;
  name: string;
  port: number | null;
  protocol: string;
  /** Of TLS: Terminate or Passthrough. */
  mode: string;
  /** Null for every host, and where the protocol has none. */
  hostname: string | null;
  allowedRoutes: JsonObject;
  supportedKinds: string[];
  accepted: Verdict;
  resolvedRefs: Verdict;
  /** Ids of the routes that are accepted there, whatever the state of the listener itself. */
  attached: string[];
}
