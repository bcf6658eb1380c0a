/** What filters of a rule do with a request (gateway-api, apis/v1/httproute_types.go, HTTPRouteFilter). */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import { hostOf } from './hostnames.ts';
import type { ParsedRequest, RouteMatch } from './matches.ts';
import { numberAt } from './objects.ts';

export function filtersOf(rule: unknown, type: string, key: string): JsonObject[] {
  return listAt(rule, 'filters')
    .filter((filter) => textAt(filter, 'type') === type)
    .map((filter) => objectAt(filter, key));
}

/** Where a request is sent on to; null where no filter of the rule redirects. */
export function redirectOf(
  rule: unknown,
  match: RouteMatch,
  request: ParsedRequest,
  listener: { port: number | null; protocol: string },
): { status: number; location: string } | null {
  const [redirect] = filtersOf(rule, 'RequestRedirect', 'requestRedirect');
  if (redirect === undefined) return null;
  const own = listener.protocol === 'HTTP' ? 'http' : 'https';
  const given = textAt(redirect, 'scheme');
  const scheme = given ?? own;
  const host = textAt(redirect, 'hostname') ?? hostOf(request.host);
  // The well-known port of a scheme that is given, else that of the listener.
  const port = numberAt(redirect, 'port') ?? (given === undefined ? listener.port : wellKnown(given));
  const shown = port === null || port === wellKnown(scheme) ? '' : `:${port}`;
  const path = rewritten(redirect.path, match, request.path);
  return {
    status: numberAt(redirect, 'statusCode') ?? 302,
    location: `${scheme}://${host}${shown}${path}${request.search}`,
  };
}

function wellKnown(scheme: string): number | null {
  return scheme === 'http' ? 80 : scheme === 'https' ? 443 : null;
}

/** What a backend gets: host, path with query and headers after all filters of the rule. */
export function forwardedBy(rule: unknown, match: RouteMatch, request: ParsedRequest): Forwarded {
  const [rewrite] = filtersOf(rule, 'URLRewrite', 'urlRewrite');
  return {
    host: textAt(rewrite, 'hostname') ?? request.host,
    path: `${rewritten(rewrite?.path, match, request.path)}${request.search}`,
    headers: headersAfter(filtersOf(rule, 'RequestHeaderModifier', 'requestHeaderModifier'), request.headers),
  };
}

function rewritten(modifier: unknown, match: RouteMatch, path: string): string {
  if (!isObject(modifier)) return path;
  if (modifier.type === 'ReplaceFullPath') return textAt(modifier, 'replaceFullPath') || '/';
  if (modifier.type !== 'ReplacePrefixMatch') return path;
  // The trailing slashes of the prefix and of what replaces it are ignored.
  const prefix = match.path.value.replace(/\/$/, '');
  const replacement = (textAt(modifier, 'replacePrefixMatch') ?? '').replace(/\/$/, '');
  return `${replacement}${path.slice(prefix.length)}` || '/';
}

function headersAfter(
  modifiers: readonly JsonObject[],
  headers: ReadonlyMap<string, string>,
): Map<string, string> {
  const own = new Map(headers);
  for (const modifier of modifiers) {
    for (const one of listAt(modifier, 'set'))
      own.set((textAt(one, 'name') ?? '').toLowerCase(), textAt(one, 'value') ?? '');
    for (const one of listAt(modifier, 'add')) {
      const name = (textAt(one, 'name') ?? '').toLowerCase();
      const before = own.get(name);
      own.set(name, `${before === undefined ? '' : `${before},`}${textAt(one, 'value') ?? ''}`);
    }
    for (const name of listAt(modifier, 'remove'))
      if (typeof name === 'string') own.delete(name.toLowerCase());
  }
  return own;
}

interface Forwarded {
  host: string;
  path: string;
  /** Names in small letters. */
  headers: Map<string, string>;
}
