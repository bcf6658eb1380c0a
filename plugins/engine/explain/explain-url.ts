import { type JsonPath, nearest, uniqueBy } from '../../base/index.ts';
import {
  type AnsweringBackend,
  answerRequest,
  type LostRule,
  type RequestAnswer,
  type UrlRequest,
} from '../../model/index.ts';
import { type Platform, unreadAround, unreadParts, unreadWords } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';

/**
 * Which route, rule, Service and workload would answer a URL, with the line of each, and why the others
 * would not. Several answers where several Gateways or controllers take the host: its DNS record decides.
 */
export function explainUrl(platform: Platform, url: URL, options: RequestOptions = {}): UrlExplanation {
  const scheme = url.protocol === 'http:' ? 'http' : 'https';
  const port = url.port === '' ? (scheme === 'http' ? 80 : 443) : Number(url.port);
  const method = options.method ?? 'GET';
  const request: UrlRequest = {
    scheme,
    port,
    host: url.hostname,
    path: `${url.pathname}${url.search}`,
    method,
    headers: options.headers ?? {},
  };
  const answers = answerRequest(platform.model, unreadAround(platform), request).map((one) =>
    told(one, platform),
  );
  const open = uniqueBy(
    unreadParts(platform).filter(({ mayHold }) => routing.some((kind) => mayHold(kind))),
    unreadWords,
  ).map(({ unverified }) => unverified.what);
  return {
    url: url.href,
    method,
    host: url.hostname,
    port,
    answers,
    nearest: answers.every(({ route }) => route === null) ? nearest(url.hostname, hostsOf(platform)) : [],
    unverified: open,
  };
}

const routing = [
  { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
  { group: 'networking.k8s.io', kind: 'Ingress' },
];

function hostsOf({ model }: Platform): string[] {
  return [
    ...new Set([
      ...model.routes.flatMap(({ hostnames }) => hostnames),
      ...model.ingresses.flatMap(({ hosts }) => hosts),
      ...model.gateways.flatMap(({ listeners }) => listeners.flatMap(({ hostname }) => hostname ?? [])),
    ]),
  ];
}

function told(answer: RequestAnswer, platform: Platform): UrlAnswer {
  const { gateway, listener, ingress, by, backends, lost, isPortOther, ...rest } = answer;
  return {
    ...rest,
    gateway: gateway === null ? null : nameOf(gateway, platform),
    ingressClass: ingress,
    listener:
      listener === null
        ? null
        : {
            name: listener.name,
            port: listener.port,
            protocol: listener.protocol,
            hostname: listener.hostname,
            isPortOther,
            why: listener.why,
            of: nameOf(listener.id, platform),
            origin: placeOf(listener.id, listener.path, platform),
          },
    route: by === null ? null : ruleOf(by, platform),
    backends: backends.map((one) => backendOf(one, platform)),
    lost: lost.map((one) => ({ ...ruleOf(one, platform), why: one.why })),
  };
}

function ruleOf({ id, rule, match, path }: Omit<LostRule, 'why'>, platform: Platform): UrlRule {
  return { reference: nameOf(id, platform), rule, match, origin: placeOf(id, path, platform) };
}

function backendOf({ path: _, ...one }: AnsweringBackend, platform: Platform): UrlBackend {
  const { kind, name, namespace, port, id, share, resolved, why, workloads } = one;
  return {
    service: id === null ? [kind, namespace, name].filter(Boolean).join('/') : nameOf(id, platform),
    port,
    share,
    resolved,
    why,
    origin: id === null ? null : placeOf(id, ['spec', 'ports'], platform),
    workloads:
      workloads?.map(({ workload, port: target, container }) => ({
        reference: nameOf(workload, platform),
        port: target,
        container,
        origin: placeOf(workload, ['metadata', 'name'], platform),
      })) ?? null,
  };
}

function nameOf(id: string, platform: Platform): string {
  const resource = platform.resource(id);
  return resource === undefined ? id : platform.referenceOf(resource);
}

function placeOf(id: string, path: JsonPath, platform: Platform): Place | null {
  const resource = platform.resource(id);
  return resource === undefined ? null : platform.locate(resource, path);
}

interface RequestOptions {
  /** GET where it is left out. */
  method?: string | undefined;
  headers?: Record<string, string> | undefined;
}

export interface UrlExplanation {
  url: string;
  method: string;
  host: string;
  port: number;
  /** Of each Gateway and each class of Ingresses that takes the host. */
  answers: UrlAnswer[];
  /** Hosts that are served and nearly called so, where no route takes it. */
  nearest: string[];
  /** What was not read and may have routes of its own. */
  unverified: string[];
}

interface UrlAnswer extends Pick<RequestAnswer, 'is' | 'status' | 'location' | 'why' | 'failing'> {
  gateway: string | null;
  /** `''` for Ingresses without a class; null for a Gateway. */
  ingressClass: string | null;
  listener: UrlListener | null;
  route: UrlRule | null;
  backends: UrlBackend[];
  lost: (UrlRule & { why: string })[];
}

interface UrlListener {
  name: string;
  port: number | null;
  protocol: string;
  hostname: string | null;
  /** True where the URL has another port, as something before the Gateway may translate it. */
  isPortOther: boolean;
  /** What is not known of it. */
  why: string | null;
  of: string;
  origin: Place | null;
}

interface UrlRule {
  reference: string;
  /** From 0. */
  rule: number;
  match: string;
  origin: Place | null;
}

interface UrlBackend {
  service: string;
  port: number | string | null;
  share: number;
  resolved: boolean | null;
  why: string | null;
  origin: Place | null;
  /** Null where the Service has no selector, or is not here. */
  workloads:
    | { reference: string; port: number | null; container: string | null; origin: Place | null }[]
    | null;
}
