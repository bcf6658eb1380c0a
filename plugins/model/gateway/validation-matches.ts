/** What the API server refuses of the matches of a rule. */
import { type JsonPath, listAt, textAt } from '../../base/index.ts';
import type { Refuse } from './validation-rules.ts';

export function refusedMatches(kind: string, rule: unknown, path: JsonPath, refuse: Refuse): void {
  const matches = listAt(rule, 'matches');
  if (matches.length > 64)
    refuse('max-items', [...path, 'matches'], `${matches.length} matches: at most 64 are allowed`);
  for (const [index, match] of matches.entries()) {
    const here = [...path, 'matches', index];
    if (kind === 'GRPCRoute') checkCall(match, here, refuse);
    else checkHttp(match, here, refuse);
    checkPairs(match, 'headers', here, refuse);
    checkPairs(match, 'queryParams', here, refuse);
  }
}

function checkHttp(match: unknown, path: JsonPath, refuse: Refuse): void {
  const type = textAt(match, 'path', 'type') ?? 'PathPrefix';
  const value = textAt(match, 'path', 'value') ?? '/';
  const here = [...path, 'path'];
  const method = textAt(match, 'method');
  if (method !== undefined && !methods.has(method))
    refuse('enum', [...path, 'method'], `\`${method}\` is no HTTP method`);
  if (!['Exact', 'PathPrefix', 'RegularExpression'].includes(type))
    refuse('enum', [...here, 'type'], `a path is Exact, PathPrefix or RegularExpression, not \`${type}\``);
  else if (type !== 'RegularExpression') checkPath(value, [...here, 'value'], refuse);
}

function checkPath(value: string, path: JsonPath, refuse: Refuse): void {
  const test = (isBad: boolean, rule: Parameters<Refuse>[0], says: string): void => {
    if (isBad) refuse(rule, path, `path \`${value}\` ${says}`);
  };
  test(!value.startsWith('/'), 'path-absolute', 'does not start with `/`');
  test(value.includes('//'), 'path-no-double-slash', 'has `//` in it');
  test(value.includes('/./') || value.includes('/../'), 'path-no-dot', 'has `/./` or `/../` in it');
  test(value.endsWith('/.') || value.endsWith('/..'), 'path-no-dot-end', 'ends with `/.` or `/..`');
  test(value.includes('#'), 'path-no-fragment', 'has a `#` in it');
  test(
    /%2f/i.test(value) || !pathCharacters.test(value),
    'path-chars',
    'has characters that no URL path has',
  );
}

function checkCall(match: unknown, path: JsonPath, refuse: Refuse): void {
  const type = textAt(match, 'method', 'type') ?? 'Exact';
  const service = textAt(match, 'method', 'service');
  const method = textAt(match, 'method', 'method');
  const here = [...path, 'method'];
  if (type !== 'Exact' && type !== 'RegularExpression')
    refuse('enum', [...here, 'type'], `a method is Exact or RegularExpression, not \`${type}\``);
  const hasMethod = typeof match === 'object' && match !== null && 'method' in match;
  if (hasMethod && service === undefined && method === undefined)
    refuse('grpc-service-or-method', here, 'a method match names a service or a method');
  if (type !== 'Exact') return;
  if (service !== undefined && !/^\.?[a-z_][a-z_0-9]*(?:\.[a-z_][a-z_0-9]*)*$/i.test(service))
    refuse('grpc-service-chars', [...here, 'service'], `\`${service}\` is no name of a service`);
  if (method !== undefined && !/^[A-Za-z_][A-Za-z_0-9]*$/.test(method))
    refuse('grpc-method-chars', [...here, 'method'], `\`${method}\` is no name of a method`);
}

function checkPairs(match: unknown, key: 'headers' | 'queryParams', path: JsonPath, refuse: Refuse): void {
  const pairs = listAt(match, key);
  if (pairs.length > 16)
    refuse('max-items', [...path, key], `${pairs.length} entries: at most 16 are allowed`);
  const seen = new Set<string>();
  for (const [index, pair] of pairs.entries()) {
    const here = [...path, key, index];
    const name = textAt(pair, 'name');
    const type = textAt(pair, 'type') ?? 'Exact';
    if (name === undefined) refuse('required', here, '`name` is missing');
    else if (!headerName.test(name))
      refuse('pattern', [...here, 'name'], `\`${name}\` is no name of a header`);
    if (textAt(pair, 'value') === undefined) refuse('required', here, '`value` is missing');
    if (type !== 'Exact' && type !== 'RegularExpression')
      refuse('enum', [...here, 'type'], `a match is Exact or RegularExpression, not \`${type}\``);
    if (name !== undefined && seen.has(name)) refuse('duplicate-key', here, `\`${name}\` is there twice`);
    if (name !== undefined) seen.add(name);
  }
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);
const pathCharacters = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const headerName = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
