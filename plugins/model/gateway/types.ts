/** What the model says of routes, Gateways and Ingresses. */
import type { JsonPath } from '../../base/index.ts';
import type { Origin } from '../../render/index.ts';

/** Of the Gateway API: an HTTPRoute, GRPCRoute, TLSRoute, … */
export interface Route {
  /** Id. */
  route: string;
  hostnames: string[];
  /** In the order of `spec.parentRefs`. */
  parents: RouteParent[];
  /** Every backend that a rule names, mirrors too, each once. */
  backends: RouteBackend[];
  /** True where a listener takes it, false where surely none does; null where only a cluster knows. */
  accepted: boolean | null;
  /** `ResolvedRefs`: whether all that it names is there and may be named. */
  resolved: boolean | null;
  /** What the API server does not take of it. */
  refused: RouteRefusal[];
  origin: Origin;
}

export interface RouteParent {
  /** `Gateway`, `ListenerSet`, `Service`, … */
  kind: string;
  name: string;
  namespace: string | null;
  section: string | null;
  port: number | null;
  /** Id of the object that is named; null where it is not here. */
  id: string | null;
  /** Id of the Gateway: that of a ListenerSet is the one it adds listeners to. */
  gateway: string | null;
  /** The one listener that takes it, or that is asked for; null where there are several or none. */
  listener: string | null;
  /** Names of the listeners that take it. */
  listeners: string[];
  /** The host names that it serves there; empty for every host. */
  hostnames: string[];
  /** False also where the parent surely does not exist: then nobody sets a status. */
  accepted: boolean | null;
  /**
   * The API's word: `Accepted`, `NoMatchingParent`, `NotAllowedByListeners`, `NoMatchingListenerHostname`.
   * Where it is not known, the one that it would have.
   */
  reason: string | null;
  /** The same in a sentence, or what is not known; null where it is accepted. */
  why: string | null;
  /** Of the reference, in the route. */
  path: JsonPath;
}

export interface RouteBackend {
  kind: string;
  name: string;
  namespace: string | null;
  port: number | null;
  /** Id of the object that is named; null where it is not here. */
  id: string | null;
  /** The same where it is a Service. */
  service: string | null;
  /** Whether it is there, may be named, and has the port. */
  resolved: boolean | null;
  /** The API's word: `InvalidKind`, `RefNotPermitted`, `BackendNotFound`; null where none is prescribed. */
  reason: string | null;
  why: string | null;
  /** Workloads that the Service selects with the container port that answers; null without a selector. */
  workloads: RouteWorkload[] | null;
  path: JsonPath;
}

export interface RouteWorkload {
  /** Id. */
  workload: string;
  /** Of its Pods; null where none of their ports has the name that the Service asks for. */
  port: number | null;
  /** The container that declares it; null where none does. */
  container: string | null;
}

export interface RouteRefusal {
  /** The rule of the API's schema, by a name of ours. */
  rule: string;
  why: string;
  path: JsonPath;
}

/** A Gateway or a ListenerSet. */
export interface Gateway {
  /** Id. */
  gateway: string;
  /** GatewayClass of a Gateway; null for a ListenerSet. */
  className: string | null;
  accepted: boolean | null;
  /** `Accepted`, `ListenersNotValid`, `NotAllowed`. */
  reason: string | null;
  why: string | null;
  listeners: GatewayListener[];
  refused: RouteRefusal[];
  origin: Origin;
}

interface GatewayListener {
  name: string;
  port: number | null;
  protocol: string;
  /** Null for every host. */
  hostname: string | null;
  /** Kinds of routes that it takes. */
  kinds: string[];
  accepted: boolean | null;
  /** `Accepted`, `UnsupportedProtocol`, `ProtocolConflict`, `HostnameConflict`, … */
  reason: string | null;
  /** Whether its certificates are there and may be named, and its kinds are ones that it can take. */
  resolved: boolean | null;
  /** `ResolvedRefs`, `InvalidCertificateRef`, `RefNotPermitted`, `InvalidRouteKinds`. */
  resolvedReason: string | null;
  /** What is wrong, or not known, of either; null where neither. */
  why: string | null;
  /** Ids of the routes that it takes. */
  routes: string[];
}

export interface Ingress {
  /** Id. */
  ingress: string;
  /** Its class, and what says so; `found` is null where that is a controller's word, or not known. */
  class: { name: string | null; from: 'field' | 'annotation' | 'default' | 'none'; found: boolean | null };
  hosts: string[];
  rules: IngressRule[];
  tls: { secret: string | null; hosts: string[]; id: string | null }[];
  /** Whether all backends are there, with their ports. */
  resolved: boolean | null;
  origin: Origin;
}

interface IngressRule {
  /** '' for every host. */
  host: string;
  path: string;
  /** `Exact`, `Prefix`, `ImplementationSpecific`, or `default` for the default backend. */
  pathType: string;
  service: string | null;
  /** Number or name. */
  port: number | string | null;
  /** Id of the Service. */
  id: string | null;
  resolved: boolean | null;
  /** What is missing: `service` or `port`. */
  reason: string | null;
  why: string | null;
  workloads: RouteWorkload[] | null;
  /** Of the rule's path, in the Ingress. */
  place: JsonPath;
}
