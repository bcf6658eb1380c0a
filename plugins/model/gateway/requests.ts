/**
 * Which rule of which route answers a request that reaches a Gateway (gateway-api,
 * apis/v1/httproute_types.go; conformance tests httproute-matching*, gateway-http-listener-isolation).
 */
import { compareText, listAt } from '../../base/index.ts';
import { type AttachedRoute, olderFirst } from './attachment.ts';
import { type Backend, backendsOfRule, resolveBackend } from './backends.ts';
import { filtersOf, forwardedBy, redirectOf } from './filters.ts';
import { coversHost, hostOf, hostRank } from './hostnames.ts';
import type { Listener, Parent } from './listener-types.ts';
import {
  compareMatches,
  type HttpRequest,
  matchesOf,
  meets,
  type ParsedRequest,
  parseRequest,
  type RouteMatch,
} from './matches.ts';
import type { Known, NetworkObject, Surroundings } from './objects.ts';

/** `listeners`: those that the connection reaches, of the Gateway and of its ListenerSets. */
export function answerOf(
  asked: HttpRequest,
  listeners: readonly Listener[],
  routes: readonly AttachedRoute[],
  around: Surroundings,
): Answer {
  const request = parseRequest(asked);
  const host = hostOf(request.host);
  const listener = mostSpecific(listeners, host, ({ hostname }) => hostname ?? '');
  const none: Answer = { listener: listener ?? null, is: 'not found', candidates: [], winner: null };
  if (listener === undefined) return none;
  const serving = routes.flatMap(({ route, parents }) =>
    route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute'
      ? hostnamesOn(listener, parents)
          .filter((hostname) => coversHost(hostname, host))
          .map((hostname) => ({ route, hostname }))
      : [],
  );
  const ranks = serving.map(({ hostname }) => hostRank(hostname));
  const best = ranks.reduce((a, b) => (compareRanks(a, b) >= 0 ? a : b), [-1, 0]);
  const all = serving.flatMap(({ route, hostname }) =>
    matchesOf(route).map(
      (match): Candidate => ({
        route,
        match,
        hostname,
        isHost: compareRanks(hostRank(hostname), best) === 0,
        meets: meets(match, request),
      }),
    ),
  );
  const met = distinct(all.filter((one) => one.meets !== false && one.isHost).sort(byPrecedence));
  const candidates = [...met, ...all.filter((one) => !met.includes(one))];
  const [first] = met;
  if (first === undefined) {
    // Whether a less specific host's route answers what the most specific one's does not is not prescribed.
    const lesser = all.filter((one) => one.meets === true && !one.isHost).sort(byPrecedence);
    const rest = { listener, candidates, winner: null };
    return lesser.length > 0
      ? {
          ...rest,
          is: 'undetermined',
          between: routesOf(lesser),
          why: 'whether a route of a less specific host answers is not prescribed',
        }
      : { ...rest, is: 'not found' };
  }
  const isOpen = met.some((one) => one.meets === null);
  if (isOpen) {
    const until = met.findIndex((one) => one.meets === true);
    const open = met.slice(0, until < 0 ? met.length : until + 1);
    const between = met.filter((one) => one.meets === null || open.includes(one));
    return {
      listener,
      candidates,
      winner: null,
      is: 'undetermined',
      between: routesOf(between),
      why: 'a regular expression is read, and ranked, as the implementation does',
    };
  }
  const equal = met.filter((one) => compareMatches(one.match, first.match) === 0);
  const winner = oldest(equal, around);
  if (winner === null)
    return {
      listener,
      candidates,
      winner: null,
      is: 'undetermined',
      between: routesOf(equal),
      why: 'the routes match equally well: the older one answers',
    };
  return { listener, candidates, winner, ...answerBy(winner, request, listener, around) };
}

function hostnamesOn(listener: Listener, parents: AttachedRoute['parents']): string[] {
  return [
    ...new Set(
      parents.flatMap(({ listeners }) =>
        listeners.filter((one) => one.listener === listener).flatMap(({ hostnames }) => hostnames),
      ),
    ),
  ];
}

/** Of those that cover a host the one with the most specific name; of equals the first. */
function mostSpecific<T>(items: readonly T[], host: string, nameOf: (item: T) => string): T | undefined {
  return items
    .filter((item) => coversHost(nameOf(item), host))
    .reduce<T | undefined>(
      (best, item) =>
        best === undefined || compareRanks(hostRank(nameOf(item)), hostRank(nameOf(best))) > 0 ? item : best,
      undefined,
    );
}

function compareRanks(a: readonly [number, number] | number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
}

/** The same match by two host names of its route is one. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(
    (one, index) =>
      candidates.findIndex(({ route, match }) => route === one.route && sameMatch(match, one.match)) ===
      index,
  );
}

function sameMatch(a: RouteMatch, b: RouteMatch): boolean {
  return a.rule === b.rule && a.index === b.index;
}

function byPrecedence(a: Candidate, b: Candidate): number {
  return (
    compareMatches(a.match, b.match) ||
    compareText(a.route.id, b.route.id) ||
    a.match.rule - b.match.rule ||
    a.match.index - b.match.index
  );
}

/** Of equal matches the first of the oldest route; null where ages decide that are not known. */
function oldest(equal: readonly Candidate[], around: Surroundings): Candidate | null {
  const [first, ...others] = equal;
  if (first === undefined) return null;
  let best = first;
  for (const other of others) {
    if (other.route === best.route) continue;
    const order = olderFirst(other.route, best.route, around);
    if (order === null) return null;
    if (order < 0) best = other;
  }
  return best;
}

function routesOf(candidates: readonly Candidate[]): NetworkObject[] {
  return [...new Set(candidates.map(({ route }) => route))].sort((a, b) => compareText(a.id, b.id));
}

function answerBy(
  { route, match }: Candidate,
  request: ParsedRequest,
  listener: Listener,
  around: Surroundings,
): AnswerBy {
  const rule = listAt(route.rendered, 'spec', 'rules')[match.rule];
  const redirect = redirectOf(rule, match, request, listener);
  if (redirect !== null) return { is: 'redirect', ...redirect };
  const backends = backendsOfRule(route, rule, match.rule, around).filter(({ weight }) => weight > 0);
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  const share = (some: readonly Backend[]): number =>
    total === 0 ? 0 : some.reduce((sum, { weight }) => sum + weight, 0) / total;
  const failing = backends.filter(({ resolved }) => resolved.is === false);
  if (failing.length === backends.length) return { is: 'failing', backends: failing };
  return {
    is: 'answered',
    backends: backends
      .filter(({ resolved }) => resolved.is !== false)
      .map((backend) => ({ ...backend, share: share([backend]) })),
    failing: share(failing),
    forwarded: forwardedBy(rule, match, request),
    mirrors: filtersOf(rule, 'RequestMirror', 'requestMirror').flatMap(({ backendRef }, index) =>
      typeof backendRef === 'object' && backendRef !== null && !Array.isArray(backendRef)
        ? [resolveBackend(route, backendRef, ['spec', 'rules', match.rule, 'filters', index], around, true)]
        : [],
    ),
  };
}

/** Listeners of a Gateway and of the ListenerSets that it takes, that speak HTTP and are in order. */
export function reachableListeners(gateway: string, parents: ReadonlyMap<string, Parent>): Listener[] {
  return [...parents.values()]
    .filter(
      ({ object, gateway: of, accepted }) =>
        object.id === gateway || (of === gateway && accepted.is !== false),
    )
    .flatMap(({ listeners }) => listeners)
    .filter(
      ({ protocol, accepted, resolvedRefs }) =>
        (protocol === 'HTTP' || protocol === 'HTTPS') &&
        accepted.is !== false &&
        (protocol === 'HTTP' || resolvedRefs.is !== false || resolvedRefs.reason === 'InvalidRouteKinds'),
    );
}

/** A match of a route of the listener that covers the host. */
interface Candidate {
  route: NetworkObject;
  match: RouteMatch;
  /** By which the route serves the host; '' for every host. */
  hostname: string;
  /** False where another route has a more specific name for the host. */
  isHost: boolean;
  meets: Known;
}

type AnswerBy =
  | { is: 'redirect'; status: number; location: string }
  /** 500: a rule without a backend that is good. */
  | { is: 'failing'; backends: Backend[] }
  | {
      is: 'answered';
      backends: (Backend & { share: number })[];
      /** The share that gets 500. */
      failing: number;
      forwarded: ReturnType<typeof forwardedBy>;
      mirrors: Backend[];
    };

export type Answer = {
  /** Null where none covers the host. */
  listener: Listener | null;
  /** Those that the request meets first, in their order. */
  candidates: Candidate[];
  winner: Candidate | null;
} & (AnswerBy | { is: 'not found' } | { is: 'undetermined'; between: NetworkObject[]; why: string });
