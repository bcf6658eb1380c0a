/** What the API server refuses of the filters of a rule. */
import { isObject, type JsonObject, type JsonPath, listAt, objectAt, textAt } from '../../base/index.ts';
import type { Refuse } from './validation-rules.ts';

export function refusedFilters(kind: string, rule: unknown, path: JsonPath, refuse: Refuse): void {
  checkFilters(kind, rule, rule, path, refuse);
  for (const [index, backend] of listAt(rule, 'backendRefs').entries())
    checkFilters(kind, backend, rule, [...path, 'backendRefs', index], refuse);
}

function checkFilters(kind: string, holder: unknown, rule: unknown, path: JsonPath, refuse: Refuse): void {
  const filters = listAt(holder, 'filters').filter(isObject);
  if (filters.length > 16)
    refuse('max-items', [...path, 'filters'], `${filters.length} filters: at most 16 are allowed`);
  const counts = new Map<string, number>();
  for (const [index, filter] of filters.entries()) {
    const type = textAt(filter, 'type') ?? '';
    counts.set(type, (counts.get(type) ?? 0) + 1);
    checkFilter(kind, filter, type, [...path, 'filters', index], refuse);
  }
  for (const [type, count] of counts)
    if (count > 1 && type !== 'RequestMirror' && type !== 'ExtensionRef')
      refuse('filter-once', [...path, 'filters'], `${type} is there ${count} times`);
  const rewrites = filters.filter(({ urlRewrite }) => urlRewrite !== undefined);
  const redirects = filters.filter(({ requestRedirect }) => requestRedirect !== undefined);
  if (rewrites.length > 0 && redirects.length > 0)
    refuse('rewrite-or-redirect', [...path, 'filters'], 'a rule rewrites or redirects, not both');
  if (holder === rule && redirects.length > 0 && listAt(rule, 'backendRefs').length > 0)
    refuse('redirect-no-backends', path, 'a rule that redirects has no backends');
  for (const [list, key, rulesName] of [
    [rewrites, 'urlRewrite', 'rewrite-prefix-one-match'],
    [redirects, 'requestRedirect', 'redirect-prefix-one-match'],
  ] as const) {
    const cuts = list.some((one) => textAt(one, key, 'path', 'type') === 'ReplacePrefixMatch');
    if (cuts && !hasOnePrefix(rule))
      refuse(
        rulesName,
        [...path, 'filters'],
        'ReplacePrefixMatch needs exactly one match, of type PathPrefix',
      );
  }
}

/** A rule without matches has the default one: the prefix `/`. */
function hasOnePrefix(rule: unknown): boolean {
  const matches = listAt(rule, 'matches');
  if (matches.length === 0) return true;
  return matches.length === 1 && (textAt(matches[0], 'path', 'type') ?? 'PathPrefix') === 'PathPrefix';
}

function checkFilter(kind: string, filter: JsonObject, type: string, path: JsonPath, refuse: Refuse): void {
  const known = kind === 'GRPCRoute' ? grpcBlocks : httpBlocks;
  const own = Object.hasOwn(known, type) ? known[type] : undefined;
  if (textAt(filter, 'type') === undefined) refuse('required', path, '`type` is missing');
  else if (own === undefined) refuse('enum', [...path, 'type'], `\`${type}\` is no type of filter`);
  if (own !== undefined && filter[own] === undefined)
    refuse('filter-field', path, `a ${type} filter has a block \`${own}\``);
  for (const block of Object.values(known))
    if (own !== undefined && block !== own && filter[block] !== undefined)
      refuse('filter-foreign-field', [...path, block], `a ${type} filter has no block \`${block}\``);
  checkModifier(filter, 'requestRedirect', path, refuse);
  checkModifier(filter, 'urlRewrite', path, refuse);
  checkRedirect(objectAt(filter, 'requestRedirect'), [...path, 'requestRedirect'], refuse);
  checkMirror(objectAt(filter, 'requestMirror'), [...path, 'requestMirror'], refuse);
}

function checkModifier(filter: JsonObject, block: string, path: JsonPath, refuse: Refuse): void {
  const modifier = objectAt(filter, block, 'path');
  const here = [...path, block, 'path'];
  if (Object.keys(modifier).length === 0) return;
  const { type, replaceFullPath, replacePrefixMatch } = modifier;
  if (type !== 'ReplaceFullPath' && type !== 'ReplacePrefixMatch')
    refuse(
      type === undefined ? 'required' : 'enum',
      here,
      'a path is replaced by ReplaceFullPath or ReplacePrefixMatch',
    );
  if (type === 'ReplaceFullPath' && replaceFullPath === undefined)
    refuse('modifier-full', here, 'ReplaceFullPath needs `replaceFullPath`');
  if (replaceFullPath !== undefined && type !== 'ReplaceFullPath')
    refuse('modifier-full-type', here, '`replaceFullPath` needs the type ReplaceFullPath');
  if (type === 'ReplacePrefixMatch' && replacePrefixMatch === undefined)
    refuse('modifier-prefix', here, 'ReplacePrefixMatch needs `replacePrefixMatch`');
  if (replacePrefixMatch !== undefined && type !== 'ReplacePrefixMatch')
    refuse('modifier-prefix-type', here, '`replacePrefixMatch` needs the type ReplacePrefixMatch');
}

function checkRedirect(redirect: JsonObject, path: JsonPath, refuse: Refuse): void {
  const { scheme, statusCode, port } = redirect;
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    refuse('enum', [...path, 'scheme'], 'a scheme is http or https');
  if (statusCode !== undefined && ![301, 302, 303, 307, 308].includes(Number(statusCode)))
    refuse('enum', [...path, 'statusCode'], 'a status is 301, 302, 303, 307 or 308');
  if (typeof port === 'number' && (port < 1 || port > 65_535))
    refuse('range', [...path, 'port'], `port ${port} is not within 1 and 65535`);
}

function checkMirror(mirror: JsonObject, path: JsonPath, refuse: Refuse): void {
  if (Object.keys(mirror).length === 0) return;
  const { percent, fraction, backendRef } = mirror;
  if (percent !== undefined && fraction !== undefined)
    refuse('mirror-one-share', path, 'a share is a percentage or a fraction, not both');
  if (typeof percent === 'number' && (percent < 0 || percent > 100))
    refuse('range', [...path, 'percent'], `${percent} is no percentage`);
  if (!isObject(backendRef)) {
    refuse('required', path, '`backendRef` is missing');
    return;
  }
  const isService =
    (textAt(backendRef, 'group') ?? '') === '' && (textAt(backendRef, 'kind') ?? 'Service') === 'Service';
  if (isService && backendRef.port === undefined)
    refuse('service-needs-port', [...path, 'backendRef'], 'a Service as a backend names its port');
}

const httpBlocks: Record<string, string> = {
  CORS: 'cors',
  ExtensionRef: 'extensionRef',
  ExternalAuth: 'externalAuth',
  RequestHeaderModifier: 'requestHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  ResponseHeaderModifier: 'responseHeaderModifier',
  URLRewrite: 'urlRewrite',
};
const grpcBlocks: Record<string, string> = {
  ExtensionRef: 'extensionRef',
  RequestHeaderModifier: 'requestHeaderModifier',
  RequestMirror: 'requestMirror',
  ResponseHeaderModifier: 'responseHeaderModifier',
};
