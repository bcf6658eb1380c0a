/**
 * What the API server refuses of Gateway API manifests: the schemas, defaults and CEL rules of the standard
 * channel's resource definitions. The names of the rules are ours.
 */
import {
  isObject,
  type JsonObject,
  type JsonPath,
  listAt,
  objectAt,
  oncePer,
  textAt,
} from '../../base/index.ts';
import { identityOf } from '../identity.ts';
import { gatewayGroup, numberAt } from './objects.ts';
import { refusedFilters } from './validation-filters.ts';
import { refusedMatches } from './validation-matches.ts';
import { collect, type Refusal, type Refuse } from './validation-rules.ts';

/** Everything that is wrong with a manifest; nothing for kinds of other groups. */
export const refusals = oncePer((manifest: JsonObject): readonly Refusal[] => {
  const { group, kind, version } = identityOf(manifest);
  if (group !== gatewayGroup) return [];
  const { refuse, found } = collect();
  const spec = objectAt(manifest, 'spec');
  if (kind === 'Gateway' || kind === 'ListenerSet') {
    if (kind === 'Gateway') checkGateway(spec, refuse);
    else required(objectAt(spec, 'parentRef'), ['name'], ['spec', 'parentRef'], refuse);
    checkListeners(kind, spec, refuse);
  } else if (kind === 'ReferenceGrant') checkGrant(spec, refuse);
  else if (/^(?:GRPC|HTTP|TCP|TLS|UDP)Route$/.test(kind)) checkRoute(kind, version, spec, refuse);
  return found;
});

function checkGateway(spec: JsonObject, refuse: Refuse): void {
  required(spec, ['gatewayClassName'], ['spec'], refuse);
  atMost(spec, 'addresses', 16, ['spec'], refuse);
  const addresses = listAt(spec, 'addresses');
  for (const [type, rule] of [
    ['IPAddress', 'address-unique-ip'],
    ['Hostname', 'address-unique-host'],
  ] as const) {
    const values = addresses
      .filter((one) => (textAt(one, 'type') ?? 'IPAddress') === type)
      .flatMap((one) => textAt(one, 'value') ?? []);
    if (new Set(values).size < values.length)
      refuse(
        rule,
        ['spec', 'addresses'],
        `${type === 'IPAddress' ? 'an IP address' : 'a host name'} is there twice`,
      );
  }
}

function checkListeners(kind: string, spec: JsonObject, refuse: Refuse): void {
  const listeners = listAt(spec, 'listeners').filter(isObject);
  const path: JsonPath = ['spec', 'listeners'];
  if (listeners.length === 0) refuse('min-items', path, 'there must be a listener');
  atMost(spec, 'listeners', 64, ['spec'], refuse);
  const names = new Set<string>();
  const places = new Set<string>();
  for (const [index, listener] of listeners.entries()) {
    const here = [...path, index];
    required(listener, ['name', ...(kind === 'Gateway' ? ['port'] : []), 'protocol'], here, refuse);
    checkListener(listener, here, refuse);
    const name = textAt(listener, 'name') ?? '';
    if (names.has(name)) {
      refuse('listener-name-unique', [...here, 'name'], `two listeners are called \`${name}\``);
      refuse('duplicate-key', [...here, 'name'], `two listeners are called \`${name}\``);
    }
    names.add(name);
    const place = JSON.stringify([listener.port, listener.protocol, textAt(listener, 'hostname') ?? '']);
    if (places.has(place))
      refuse('listener-distinct', here, 'two listeners have one port, protocol and host name');
    places.add(place);
  }
}

function checkListener(listener: JsonObject, path: JsonPath, refuse: Refuse): void {
  checkPort(listener, path, refuse);
  checkHostname(textAt(listener, 'hostname'), [...path, 'hostname'], refuse);
  const name = textAt(listener, 'name');
  if (name !== undefined && !sectionName.test(name))
    refuse('pattern', [...path, 'name'], `\`${name}\` is no name of a listener`);
  const protocol = textAt(listener, 'protocol') ?? '';
  const tls = isObject(listener.tls) ? listener.tls : null;
  const mode = tls === null ? null : (textAt(tls, 'mode') ?? 'Terminate');
  if (tls !== null && ['HTTP', 'TCP', 'UDP'].includes(protocol))
    refuse('listener-no-tls', [...path, 'tls'], `a ${protocol} listener has no \`tls\``);
  if (mode !== null && mode !== 'Terminate' && mode !== 'Passthrough')
    refuse('enum', [...path, 'tls', 'mode'], `\`${mode}\` is no mode of TLS`);
  if (protocol === 'HTTPS' && mode !== null && mode !== 'Terminate')
    refuse('https-terminates', [...path, 'tls', 'mode'], 'an HTTPS listener terminates TLS');
  if (protocol === 'TLS' && tls === null)
    refuse('tls-needs-mode', path, 'a TLS listener says its `tls.mode`');
  if (['TCP', 'UDP'].includes(protocol) && (textAt(listener, 'hostname') ?? '') !== '')
    refuse('no-hostname-l4', [...path, 'hostname'], `a ${protocol} listener has no host name`);
  const hasNone =
    listAt(tls, 'certificateRefs').length === 0 && Object.keys(objectAt(tls, 'options')).length === 0;
  if (mode === 'Terminate' && hasNone)
    refuse(
      'terminate-needs-cert',
      [...path, 'tls'],
      'what terminates TLS names `certificateRefs` or `options`',
    );
  const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from');
  if (from !== undefined && !['All', 'None', 'Same', 'Selector'].includes(from))
    refuse(
      'enum',
      [...path, 'allowedRoutes', 'namespaces', 'from'],
      `\`from\` is All, Same or Selector, not \`${from}\``,
    );
}

function checkGrant(spec: JsonObject, refuse: Refuse): void {
  for (const [key, fields] of [
    ['from', ['group', 'kind', 'namespace']],
    ['to', ['group', 'kind']],
  ] as const) {
    if (spec[key] === undefined) refuse('required', ['spec', key], `\`spec.${key}\` is missing`);
    else if (listAt(spec, key).length === 0) refuse('min-items', ['spec', key], `\`spec.${key}\` is empty`);
    atMost(spec, key, 16, ['spec'], refuse);
    for (const [index, entry] of listAt(spec, key).entries())
      required(objectAt(entry), fields, ['spec', key, index], refuse);
  }
}

function checkRoute(kind: string, version: string, spec: JsonObject, refuse: Refuse): void {
  checkParents(spec, refuse);
  const hostnames = listAt(spec, 'hostnames');
  for (const [index, hostname] of hostnames.entries()) {
    const path = ['spec', 'hostnames', index];
    if (typeof hostname !== 'string') continue;
    checkHostname(hostname, path, refuse);
    if (kind === 'TLSRoute' && ipAddress.test(hostname))
      refuse('tls-hostname-no-ip', path, `\`${hostname}\` is an IP address`);
  }
  if (kind === 'TLSRoute') required(spec, ['hostnames'], ['spec'], refuse);
  atMost(spec, 'hostnames', kind === 'TLSRoute' ? 1024 : 16, ['spec'], refuse);
  const isHttp = kind === 'HTTPRoute' || kind === 'GRPCRoute';
  const rules = listAt(spec, 'rules');
  if (spec.rules !== undefined && rules.length === 0 && kind !== 'GRPCRoute')
    refuse('min-items', ['spec', 'rules'], 'there must be a rule');
  if (spec.rules === undefined && !isHttp) refuse('required', ['spec', 'rules'], '`spec.rules` is missing');
  // The alpha versions of the others still took several.
  atMost(spec, 'rules', isHttp || version !== 'v1' ? 16 : 1, ['spec'], refuse);
  let matches = 0;
  for (const [index, rule] of rules.entries()) {
    const path = ['spec', 'rules', index];
    atMost(rule, 'backendRefs', 16, path, refuse);
    for (const [at, backend] of listAt(rule, 'backendRefs').entries())
      checkBackend(objectAt(backend), [...path, 'backendRefs', at], refuse);
    if (!isHttp) continue;
    matches += listAt(rule, 'matches').length || Number(kind === 'HTTPRoute');
    refusedMatches(kind, rule, path, refuse);
    refusedFilters(kind, rule, path, refuse);
    checkTimeouts(rule, path, refuse);
  }
  if (matches > 128)
    refuse('too-many-matches', ['spec', 'rules'], `${matches} matches: at most 128 are allowed`);
}

function checkParents(spec: JsonObject, refuse: Refuse): void {
  atMost(spec, 'parentRefs', 32, ['spec'], refuse);
  const parents = listAt(spec, 'parentRefs').map((one) => ({
    key: JSON.stringify([
      textAt(one, 'group') ?? gatewayGroup,
      textAt(one, 'kind') ?? 'Gateway',
      textAt(one, 'name'),
      textAt(one, 'namespace') || null,
    ]),
    section: textAt(one, 'sectionName') || null,
  }));
  for (const [index, parent] of parents.entries()) {
    const path = ['spec', 'parentRefs', index];
    const reference = objectAt(listAt(spec, 'parentRefs')[index]);
    required(reference, ['name'], path, refuse);
    checkPort(reference, path, refuse);
    const before = parents.slice(0, index).filter(({ key }) => key === parent.key);
    if (before.some(({ section }) => (section === null) !== (parent.section === null)))
      refuse(
        'parent-section-all-or-none',
        path,
        'of several references to one parent all or none name a section',
      );
    else if (before.some(({ section }) => section === parent.section))
      refuse('parent-distinct', path, 'the same parent is named twice');
  }
}

function checkBackend(backend: JsonObject, path: JsonPath, refuse: Refuse): void {
  required(backend, ['name'], path, refuse);
  checkPort(backend, path, refuse);
  const weight = numberAt(backend, 'weight');
  if (weight !== undefined && (weight < 0 || weight > 1_000_000))
    refuse('range', [...path, 'weight'], `weight ${weight} is not within 0 and 1000000`);
  if (
    (textAt(backend, 'group') ?? '') === '' &&
    (textAt(backend, 'kind') ?? 'Service') === 'Service' &&
    backend.port === undefined
  )
    refuse('service-needs-port', path, 'a Service as a backend names its port');
}

function checkTimeouts(rule: unknown, path: JsonPath, refuse: Refuse): void {
  const request = durationOf(textAt(rule, 'timeouts', 'request'));
  const backend = durationOf(textAt(rule, 'timeouts', 'backendRequest'));
  for (const key of ['request', 'backendRequest']) {
    const text = textAt(rule, 'timeouts', key);
    if (text !== undefined && durationOf(text) === null)
      refuse('pattern', [...path, 'timeouts', key], `\`${text}\` is no duration`);
  }
  if (request !== null && backend !== null && request > 0 && backend > request)
    refuse(
      'timeout-order',
      [...path, 'timeouts'],
      'a request to the backend may last longer than the whole request',
    );
}

/** A duration (GEP-2257) in milliseconds; null for a text that is none. */
function durationOf(text: string | undefined): number | null {
  if (text === undefined || !/^(?:[0-9]{1,5}(?:h|ms|m|s)){1,4}$/.test(text)) return null;
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  return [...text.matchAll(/(\d+)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}

function checkHostname(hostname: string | undefined, path: JsonPath, refuse: Refuse): void {
  if (hostname === undefined || hostname === '') return;
  if (!hostnamePattern.test(hostname) || hostname.length > 253)
    refuse('pattern', path, `\`${hostname}\` is no host name`);
}

function checkPort(value: JsonObject, path: JsonPath, refuse: Refuse): void {
  const port = numberAt(value, 'port');
  if (port !== undefined && (port < 1 || port > 65_535))
    refuse('range', [...path, 'port'], `port ${port} is not within 1 and 65535`);
}

function required(value: JsonObject, keys: readonly string[], path: JsonPath, refuse: Refuse): void {
  for (const key of keys) if (value[key] === undefined) refuse('required', path, `\`${key}\` is missing`);
}

function atMost(value: unknown, key: string, most: number, path: JsonPath, refuse: Refuse): void {
  const { length } = listAt(value, key);
  if (length > most) refuse('max-items', [...path, key], `${length} entries: at most ${most} are allowed`);
}

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const sectionName = new RegExp(`^${label}(?:\\.${label})*$`);
const hostnamePattern = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`);
const ipAddress = /^(?:\d{1,3}\.){3}\d{1,3}$|:/;
