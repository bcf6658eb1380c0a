/** Ingresses: which backend answers, and what they name (networking/v1/types.go). */
import { isObject, listAt, objectAt, textAt } from '../../base/index.ts';
import { coversIngressHost, hostRank } from './hostnames.ts';
import { isPathPrefix } from './matches.ts';
import {
  fails,
  holds,
  ifSure,
  type Known,
  type NetworkObject,
  numberAt,
  placeName,
  type Surroundings,
  unknown,
  type Verdict,
} from './objects.ts';

export const ingressGroup = 'networking.k8s.io';

/** Every path of every rule, and the default backend, with what they lead to. */
export function ingressPaths(ingress: NetworkObject, around: Surroundings): IngressPath[] {
  const rules = listAt(ingress.rendered, 'spec', 'rules').flatMap((rule, index) =>
    listAt(rule, 'http', 'paths').map(
      (path, at): IngressPath => ({
        at: `rules/${index}/paths/${at}`,
        path: ['spec', 'rules', index, 'http', 'paths', at],
        host: textAt(rule, 'host') ?? '',
        value: textAt(path, 'path') ?? '/',
        type: textAt(path, 'pathType') ?? 'ImplementationSpecific',
        ...backendOf(ingress, objectAt(path, 'backend'), around),
      }),
    ),
  );
  const fallback = objectAt(ingress.rendered, 'spec').defaultBackend;
  if (!isObject(fallback)) return rules;
  return [
    ...rules,
    {
      at: 'defaultBackend',
      path: ['spec', 'defaultBackend'],
      host: '',
      value: '',
      type: 'default',
      ...backendOf(ingress, fallback, around),
    },
  ];
}

/** A Service of the Ingress' own namespace, its port by number or by the Service's name of it. */
function backendOf(ingress: NetworkObject, backend: object, around: Surroundings): IngressBackend {
  const service = textAt(backend, 'service', 'name') ?? null;
  const named = objectAt(backend, 'service', 'port');
  const port = numberAt(named, 'number') ?? textAt(named, 'name') ?? null;
  if (service === null) {
    const verdict = unknown('what a `resource` backend does is left to controllers');
    return { service, port, object: null, resolved: verdict };
  }
  const object = around.find('', 'Service', ingress.namespace, service) ?? null;
  const verdict = resolve(ingress.namespace, service, port, object, around);
  return { service, port, object, resolved: ifSure(verdict, around, ingress, object) };
}

function resolve(
  namespace: string | null,
  service: string,
  port: number | string | null,
  object: NetworkObject | null,
  around: Surroundings,
): Verdict {
  const label = `Service \`${placeName(namespace, service)}\``;
  if (object === null) {
    const why = around.mayBe('', 'Service', namespace, service);
    return why === null ? fails('service', `there is no ${label}`) : unknown(why, 'service');
  }
  const ports = listAt(object.rendered, 'spec', 'ports');
  const fits = ports.some((one) =>
    typeof port === 'number' ? numberAt(one, 'port') === port : textAt(one, 'name') === port,
  );
  if (fits) return holds();
  if (textAt(object.rendered, 'spec', 'type') === 'ExternalName')
    return unknown(`${label} is an ExternalName: how it is reached is left to controllers`, 'port');
  return fails('port', `${label} has no port ${typeof port === 'string' ? `named \`${port}\`` : port}`);
}

/**
 * The path that a request goes to: of the most specific host, the longest, `Exact` before `Prefix` at equal
 * length, else the default backend. What `ImplementationSpecific` paths take is their controller's to say.
 */
export function answeringPath(
  paths: readonly IngressPath[],
  host: string,
  asked: string,
): { path: IngressPath | null; isKnown: boolean } {
  const path = asked.split('?', 1)[0] || '/';
  const covering = paths.filter((one) => one.type !== 'default' && coversIngressHost(one.host, host));
  const best = covering
    .map((one) => hostRank(one.host))
    .reduce((a, b) => ((a[0] - b[0] || a[1] - b[1]) >= 0 ? a : b), [-1, 0] as [number, number]);
  const ofHost = covering.filter((one) => {
    const rank = hostRank(one.host);
    return rank[0] === best[0] && rank[1] === best[1];
  });
  const met = ofHost
    .filter((one) => (one.type === 'Exact' ? one.value === path : isPathPrefix(one.value, path)))
    .filter(({ type }) => type === 'Exact' || type === 'Prefix')
    .sort((a, b) => lengthOf(b) - lengthOf(a) || Number(b.type === 'Exact') - Number(a.type === 'Exact'));
  const open = ofHost.filter(({ type }) => type !== 'Exact' && type !== 'Prefix');
  const fallback = paths.find(({ type }) => type === 'default') ?? null;
  const winner = met[0] ?? fallback;
  return { path: winner, isKnown: open.length === 0 };
}

function lengthOf({ value }: IngressPath): number {
  return value.replace(/(.)\/$/, '$1').length;
}

/** Which controller serves it: the field, the older annotation, else the one default class. */
export function classOf(ingress: NetworkObject, around: Surroundings): IngressClassUse {
  const field = textAt(ingress.rendered, 'spec', 'ingressClassName');
  const classes = around.ofKind(ingressGroup, 'IngressClass');
  if (field !== undefined) {
    const isThere = classes.some(({ name }) => name === field);
    const why = isThere ? null : around.mayBe(ingressGroup, 'IngressClass', null, field);
    return { name: field, from: 'field', found: isThere ? true : why === null ? false : null };
  }
  const annotation = textAt(ingress.rendered, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
  if (annotation !== undefined) return { name: annotation, from: 'annotation', found: null };
  const defaults = classes.filter(
    ({ rendered }) =>
      textAt(rendered, 'metadata', 'annotations', 'ingressclass.kubernetes.io/is-default-class') === 'true',
  );
  const [only, second] = defaults;
  if (only !== undefined && second === undefined) return { name: only.name, from: 'default', found: true };
  const why = only === undefined ? around.mayBe(ingressGroup, 'IngressClass', null) : null;
  return { name: null, from: 'none', found: why === null ? false : null };
}

/** The Secrets that it serves TLS with, each of its own namespace. */
export function tlsOf(ingress: NetworkObject, around: Surroundings): IngressTls[] {
  return listAt(ingress.rendered, 'spec', 'tls').map((entry) => {
    const secret = textAt(entry, 'secretName') ?? null;
    const hosts = listAt(entry, 'hosts').filter((one) => typeof one === 'string');
    if (secret === null) return { secret, hosts, object: null, ok: null };
    const object = around.find('', 'Secret', ingress.namespace, secret) ?? null;
    const ok =
      object !== null ? true : around.mayBe('', 'Secret', ingress.namespace, secret) === null ? false : null;
    return { secret, hosts, object, ok };
  });
}

interface IngressBackend {
  service: string | null;
  port: number | string | null;
  object: NetworkObject | null;
  /** Reasons: `service`, `port`. */
  resolved: Verdict;
}

export interface IngressPath extends IngressBackend {
  /** `rules/0/paths/1` or `defaultBackend`. */
  at: string;
  path: (string | number)[];
  /** '' for every host. */
  host: string;
  value: string;
  /** `Exact`, `Prefix`, `ImplementationSpecific`; `default` for the default backend. */
  type: string;
}

export interface IngressClassUse {
  name: string | null;
  from: 'field' | 'annotation' | 'default' | 'none';
  found: Known;
}

export interface IngressTls {
  secret: string | null;
  hosts: string[];
  object: NetworkObject | null;
  ok: Known;
}
