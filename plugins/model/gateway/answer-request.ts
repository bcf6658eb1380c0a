/** Who would answer a URL: every Gateway and every class of Ingresses that takes its host. */
import { compareText, type JsonPath, listAt } from '../../base/index.ts';
import { selectedBy } from '../relations/services.ts';
import { resourcesByName } from '../resource-index.ts';
import type { Model, Resource } from '../types.ts';
import { answerByIngresses } from './answer-ingress.ts';
import type {
  AnsweringBackend,
  AnsweringListener,
  LostRule,
  RequestAnswer,
  UrlRequest,
} from './answer-types.ts';
import { type AttachedRoute, attachRoutes } from './attachment.ts';
import { type Backend, backendsOfRule } from './backends.ts';
import { coversHost, hostRank } from './hostnames.ts';
import type { Listener, Parent } from './listener-types.ts';
import { judgeParents } from './listeners.ts';
import { compareMatches, matchWords, type ParsedRequest, parseRequest, unmetBy } from './matches.ts';
import type { Surroundings } from './objects.ts';
import { type SelectedBy, workloadsOf } from './records.ts';
import { type Answer, answerOf, reachableListeners } from './requests.ts';
import { surroundingsOf, type Unread } from './surroundings.ts';

export function answerRequest(model: Model, unread: Unread, request: UrlRequest): RequestAnswer[] {
  const lookup = resourcesByName(model.resources);
  const around = surroundingsOf(lookup, unread);
  let index: ReturnType<typeof selectedBy> | undefined;
  const selected: SelectedBy = (service) => {
    index ??= selectedBy(model.resources, lookup.ofKind('', 'Service'));
    return index.get(service)?.workloads() ?? [];
  };
  const parents = judgeParents(around);
  const routes = attachRoutes(parents, around);
  const gateways = [...parents.values()].filter(({ object }) => object.kind === 'Gateway');
  return [
    ...gateways
      .sort((a, b) => compareText(a.object.id, b.object.id))
      .flatMap((gateway) => answerByGateway(gateway, parents, routes, request, around, selected)),
    ...answerByIngresses(request, around, selected),
  ];
}

function answerByGateway(
  gateway: Parent,
  parents: ReadonlyMap<string, Parent>,
  routes: readonly AttachedRoute[],
  request: UrlRequest,
  around: Surroundings<Resource>,
  selected: SelectedBy,
): RequestAnswer[] {
  const { id } = gateway.object;
  const isSecure = request.scheme === 'https';
  const speaking = [
    ...reachableListeners(id, parents).filter(({ protocol }) => protocol === (isSecure ? 'HTTPS' : 'HTTP')),
    ...(isSecure ? tlsListeners(id, parents) : []),
  ].filter(({ hostname }) => coversHost(hostname ?? '', request.host));
  // What stands before a Gateway may translate ports: a load balancer, a NodePort.
  const exact = speaking.filter(({ port }) => port === request.port);
  const listeners = exact.length > 0 ? exact : speaking;
  const [first] = [...listeners].sort((a, b) => compareRank(b, a));
  if (first === undefined) return [];
  const base = { gateway: id, isPortOther: exact.length === 0 };
  if (first.protocol === 'TLS') return [passedThrough(first, routes, request, around, selected, base)];
  const answer = answerOf(request, listeners, routes, around);
  return [{ ...base, ...toldOf(answer, parseRequest(request), selected) }];
}

function compareRank(a: Listener, b: Listener): number {
  const [first, second] = [hostRank(a.hostname ?? ''), hostRank(b.hostname ?? '')];
  return first[0] - second[0] || first[1] - second[1];
}

function tlsListeners(gateway: string, parents: ReadonlyMap<string, Parent>): Listener[] {
  return [...parents.values()]
    .filter(({ object, gateway: of }) => object.id === gateway || of === gateway)
    .flatMap(({ listeners }) => listeners)
    .filter(({ protocol, accepted }) => protocol === 'TLS' && accepted.is !== false);
}

/** TLS that a TLSRoute takes by its host name alone. */
function passedThrough(
  listener: Listener,
  routes: readonly AttachedRoute[],
  request: UrlRequest,
  around: Surroundings<Resource>,
  selected: SelectedBy,
  base: Pick<RequestAnswer, 'gateway' | 'isPortOther'>,
): RequestAnswer {
  const serving = routes
    .filter(({ route }) => route.kind === 'TLSRoute')
    .flatMap(({ route, parents }) =>
      parents.flatMap(({ listeners }) =>
        listeners
          .filter((one) => one.listener === listener)
          .flatMap(({ hostnames }) => hostnames)
          .filter((hostname) => coversHost(hostname, request.host))
          .map((hostname) => ({ route, hostname })),
      ),
    )
    .sort((a, b) => {
      const [first, second] = [hostRank(a.hostname), hostRank(b.hostname)];
      return second[0] - first[0] || second[1] - first[1] || compareText(a.route.id, b.route.id);
    });
  const [winner] = serving;
  const common = { ...base, ingress: null, listener: listenerOf(listener), location: null };
  if (winner === undefined)
    return {
      ...common,
      is: 'not found',
      status: null,
      by: null,
      why: 'no TLSRoute of the listener has the host',
      backends: [],
      failing: 0,
      lost: [],
    };
  const rule = listAt(winner.route.rendered, 'spec', 'rules')[0];
  const backends = backendsOfRule(winner.route, rule, 0, around).filter(({ weight }) => weight > 0);
  const good = backends.filter(({ resolved }) => resolved.is !== false);
  return {
    ...common,
    is: good.length > 0 ? 'answers' : 'fails',
    status: null,
    by: {
      id: winner.route.id,
      rule: 0,
      match: `host ${winner.hostname || 'any'}`,
      path: ['spec', 'rules', 0],
    },
    why: good.length > 0 ? null : (backends[0]?.resolved.why ?? 'the rule has no backend'),
    backends: (good.length > 0 ? good : backends).map((one) =>
      backendOf(one, selected, good.length > 0 ? 1 / good.length : 0),
    ),
    failing: 0,
    lost: serving.slice(1).map(({ route }) => ({
      id: route.id,
      rule: 0,
      match: 'host',
      path: ['spec', 'hostnames'],
      why: 'a more specific host name comes first',
    })),
  };
}

function toldOf(
  answer: Answer,
  request: ParsedRequest,
  selected: SelectedBy,
): Omit<RequestAnswer, 'gateway' | 'isPortOther'> {
  const { winner, listener } = answer;
  const common = {
    ingress: null,
    listener: listener === null ? null : listenerOf(listener),
    by: winner === null ? null : { ...ruleOf(winner), id: winner.route.id },
    lost: lostTo(answer, request),
    location: null,
    failing: 0,
  };
  switch (answer.is) {
    case 'answered':
      return {
        ...common,
        is: 'answers',
        status: null,
        why: null,
        failing: answer.failing,
        backends: answer.backends.map((one) => backendOf(one, selected, one.share)),
      };
    case 'redirect':
      return {
        ...common,
        is: 'redirects',
        status: answer.status,
        location: answer.location,
        why: null,
        backends: [],
      };
    case 'failing':
      return {
        ...common,
        is: 'fails',
        status: 500,
        why: answer.backends[0]?.resolved.why ?? 'the rule has no backend',
        backends: answer.backends.map((one) => backendOf(one, selected, 0)),
      };
    case 'undetermined':
      return {
        ...common,
        is: 'undetermined',
        status: null,
        why: `${answer.why}: ${answer.between.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`).join(', ')}`,
        backends: [],
      };
    case 'not found':
      return {
        ...common,
        is: 'not found',
        status: 404,
        why: 'no rule of the listener takes the request',
        backends: [],
      };
  }
}

type Candidates = Answer['candidates'];

function ruleOf({ match, route }: Candidates[number]): { rule: number; match: string; path: JsonPath } {
  const hasMatches = listAt(route.rendered, 'spec', 'rules', match.rule, 'matches').length > 0;
  const rule: JsonPath = ['spec', 'rules', match.rule];
  return {
    rule: match.rule,
    match: matchWords(match),
    path: hasMatches ? [...rule, 'matches', match.index] : rule,
  };
}

/** Those of the host that do not answer, each with what decides. */
function lostTo({ candidates, winner }: Answer, request: ParsedRequest): LostRule[] {
  return candidates
    .filter((one) => one !== winner)
    .map((one) => ({ ...ruleOf(one), id: one.route.id, why: whyLost(one, winner, request) }));
}

function whyLost(one: Candidates[number], winner: Candidates[number] | null, request: ParsedRequest): string {
  if (one.meets === false) return `${unmetBy(one.match, request)} does not match`;
  if (!one.isHost) return 'a more specific host name comes first';
  if (one.meets === null) return 'its regular expression may match';
  if (winner === null) return 'it matches equally well';
  if (compareMatches(winner.match, one.match) !== 0) {
    const { match } = winner;
    if (match.path.type === 'Exact' && one.match.path.type !== 'Exact') return 'an exact path comes first';
    if (match.path.value.length > one.match.path.value.length) return 'a longer path comes first';
    if (match.method !== null && one.match.method === null) return 'a match with a method comes first';
    if (match.headers.length > one.match.headers.length) return 'a match with more headers comes first';
    return 'a match with more query parameters comes first';
  }
  return one.route === winner.route
    ? 'an earlier rule with the same match comes first'
    : 'an older route with the same match comes first';
}

function listenerOf({
  name,
  port,
  protocol,
  hostname,
  index,
  object,
  accepted,
  resolvedRefs,
}: Listener): AnsweringListener {
  const open = [accepted, resolvedRefs].find(({ is }) => is === null);
  return {
    name,
    port,
    protocol,
    hostname,
    id: object.id,
    path: ['spec', 'listeners', index],
    why: open?.why ?? null,
  };
}

function backendOf(one: Backend, selected: SelectedBy, share: number): AnsweringBackend {
  const { kind, name, namespace, port, object, resolved, path } = one;
  const isService = one.group === '' && kind === 'Service';
  return {
    kind,
    name,
    namespace,
    port,
    id: object?.id ?? null,
    share,
    resolved: resolved.is,
    why: resolved.why,
    workloads: isService ? workloadsOf(object as Resource | null, port, selected) : null,
    path,
  };
}
