/**
 * Matches of HTTPRoutes and GRPCRoutes: which of them a request meets, and which of these comes first
 * (gateway-api, apis/v1/httproute_types.go, HTTPRouteRule.Matches; grpcroute_types.go).
 */
import { compileRe2, isObject, listAt, PatternError, textAt, uniqueBy } from '../../base/index.ts';
import type { Known, NetworkObject } from './objects.ts';

/** Every match of every rule; a rule that says none matches everything, and so does a route without rules. */
export function matchesOf(route: NetworkObject): RouteMatch[] {
  const rules = listAt(route.rendered, 'spec', 'rules');
  const hasRules = isObject(route.rendered.spec) && route.rendered.spec.rules !== undefined;
  return (hasRules ? rules : [{}]).flatMap((rule, index) => {
    const matches = listAt(rule, 'matches');
    return (matches.length === 0 ? [{}] : matches).map((match, at) =>
      route.kind === 'GRPCRoute' ? grpcMatch(match, index, at) : httpMatch(match, index, at),
    );
  });
}

function httpMatch(match: unknown, rule: number, index: number): RouteMatch {
  const type = textAt(match, 'path', 'type') ?? 'PathPrefix';
  const value = textAt(match, 'path', 'value') ?? '/';
  return {
    rule,
    index,
    path: { type: isPathType(type) ? type : 'Custom', value },
    method: textAt(match, 'method') ?? null,
    headers: pairsOf(match, 'headers', (name) => name.toLowerCase()),
    queryParams: pairsOf(match, 'queryParams', (name) => name),
  };
}

/** A call is a POST of `/package.Service/Method`. */
function grpcMatch(match: unknown, rule: number, index: number): RouteMatch {
  const type = textAt(match, 'method', 'type') ?? 'Exact';
  const service = textAt(match, 'method', 'service');
  const method = textAt(match, 'method', 'method');
  const any = '[^/]+';
  const path: RouteMatch['path'] =
    service === undefined && method === undefined
      ? { type: 'PathPrefix', value: '/' }
      : type !== 'Exact'
        ? { type: 'RegularExpression', value: `/(?:${service ?? any})/(?:${method ?? any})` }
        : method === undefined
          ? { type: 'PathPrefix', value: `/${service}/` }
          : service === undefined
            ? { type: 'Method', value: method }
            : { type: 'Exact', value: `/${service}/${method}` };
  return {
    rule,
    index,
    path,
    method: null,
    headers: pairsOf(match, 'headers', (name) => name.toLowerCase()),
    queryParams: [],
  };
}

function isPathType(type: string): type is 'Exact' | 'PathPrefix' | 'RegularExpression' {
  return type === 'Exact' || type === 'PathPrefix' || type === 'RegularExpression';
}

/** Of a name that is repeated only the first entry counts. */
function pairsOf(match: unknown, key: string, fold: (name: string) => string): PairMatch[] {
  const pairs = listAt(match, key).map((one) => ({
    name: fold(textAt(one, 'name') ?? ''),
    value: textAt(one, 'value') ?? '',
    isPattern: (textAt(one, 'type') ?? 'Exact') !== 'Exact',
  }));
  return uniqueBy(pairs, ({ name }) => name);
}

/** Null where a regular expression decides: its dialect is the implementation's. */
export function meets(match: RouteMatch, request: ParsedRequest): Known {
  const tests: Known[] = [
    pathMeets(match.path, request.path),
    match.method === null || match.method === request.method,
    ...match.headers.map((one) => pairMeets(one, request.headers.get(one.name))),
    ...match.queryParams.map((one) => pairMeets(one, request.query.get(one.name) ?? undefined)),
  ];
  if (tests.includes(false)) return false;
  return tests.includes(null) ? null : true;
}

function pathMeets({ type, value }: RouteMatch['path'], path: string): Known {
  if (type === 'Exact') return path === value;
  if (type === 'PathPrefix') return isPathPrefix(value, path);
  if (type === 'Method') return path.slice(path.lastIndexOf('/') + 1) === value;
  return type === 'Custom' ? null : patternMeets(value, path);
}

/** By whole elements: `/a` and `/a/` take `/a`, `/a/` and `/a/b`, never `/ab`. */
export function isPathPrefix(prefix: string, path: string): boolean {
  const bare = prefix.replace(/\/$/, '');
  return path === bare || path.startsWith(`${bare}/`);
}

function pairMeets({ value, isPattern }: PairMatch, own: string | undefined): Known {
  if (own === undefined) return false;
  return isPattern ? patternMeets(value, own) : own === value;
}

/** What takes nothing of the text is no match; else whether it is one is the implementation's to say. */
function patternMeets(pattern: string, text: string): Known {
  try {
    return compileRe2(pattern).finds(text) ? null : false;
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
}

/** Negative where the first comes first; 0 where age and name decide. */
export function compareMatches(a: RouteMatch, b: RouteMatch): number {
  const exact = (one: RouteMatch): number => Number(one.path.type === 'Exact');
  const length = (one: RouteMatch): number => one.path.value.replace(/(.)\/$/, '$1').length;
  return (
    exact(b) - exact(a) ||
    length(b) - length(a) ||
    Number(b.method !== null) - Number(a.method !== null) ||
    b.headers.length - a.headers.length ||
    b.queryParams.length - a.queryParams.length
  );
}

/** What of a request a match does not take: for the words of an explanation. */
export function unmetBy(match: RouteMatch, request: ParsedRequest): string {
  if (pathMeets(match.path, request.path) === false) return 'the path';
  if (match.method !== null && match.method !== request.method) return 'the method';
  const header = match.headers.find((one) => pairMeets(one, request.headers.get(one.name)) === false);
  if (header !== undefined) return `header ${header.name}`;
  const query = match.queryParams.find(
    (one) => pairMeets(one, request.query.get(one.name) ?? undefined) === false,
  );
  return query === undefined ? 'it' : `query parameter ${query.name}`;
}

/** `prefix /cart, GET, header x: 1`. */
export function matchWords({ path, method, headers, queryParams }: RouteMatch): string {
  const names = {
    Exact: 'exactly',
    PathPrefix: 'prefix',
    RegularExpression: 'expression',
    Method: 'method',
    Custom: 'path',
  };
  return [
    `${names[path.type]} ${path.value}`,
    ...(method === null ? [] : [method]),
    ...headers.map(({ name, value }) => `header ${name}: ${value}`),
    ...queryParams.map(({ name, value }) => `query ${name}=${value}`),
  ].join(', ');
}

/** What each rule of a route matches, by its index; nothing of kinds that match no paths. */
export function routeMatchWords(route: NetworkObject): (rule: number) => string[] {
  const isTold = route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute';
  const byRule = Map.groupBy(isTold ? matchesOf(route) : [], ({ rule }) => rule);
  return (rule) => (byRule.get(rule) ?? []).map(matchWords);
}

/** `path` is that of the URL, with its query; a host's port is not looked at. */
export function parseRequest(request: HttpRequest): ParsedRequest {
  const at = request.path.indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : request.path.slice(at));
  return {
    host: request.host,
    path: (at < 0 ? request.path : request.path.slice(0, at)) || '/',
    search: at < 0 ? '' : request.path.slice(at),
    method: request.method ?? 'GET',
    headers: new Map(
      Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    query,
  };
}

export interface HttpRequest {
  host: string;
  /** As in the first line of a request: path and query. */
  path: string;
  /** GET where it is left out. */
  method?: string;
  headers?: Record<string, string>;
}

export interface ParsedRequest {
  host: string;
  path: string;
  /** With its `?`; '' where there is none. */
  search: string;
  method: string;
  /** Names in small letters. */
  headers: ReadonlyMap<string, string>;
  query: URLSearchParams;
}

export interface RouteMatch {
  /** In `spec.rules`, and in the rule's `matches`. */
  rule: number;
  index: number;
  path: { type: 'Exact' | 'PathPrefix' | 'RegularExpression' | 'Method' | 'Custom'; value: string };
  method: string | null;
  headers: PairMatch[];
  queryParams: PairMatch[];
}

interface PairMatch {
  name: string;
  value: string;
  isPattern: boolean;
}
