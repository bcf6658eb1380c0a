/** What Ingresses answer: those of one class are one controller's, which reads them together. */
import { compareText } from '../../base/index.ts';
import type { Resource } from '../types.ts';
import type { LostRule, RequestAnswer, UrlRequest } from './answer-types.ts';
import { coversIngressHost } from './hostnames.ts';
import { answeringPath, classOf, type IngressPath, ingressGroup, ingressPaths } from './ingress.ts';
import type { Surroundings } from './objects.ts';
import { type SelectedBy, workloadsOf } from './records.ts';

export function answerByIngresses(
  request: UrlRequest,
  around: Surroundings<Resource>,
  selected: SelectedBy,
): RequestAnswer[] {
  const byClass = Map.groupBy(
    around.ofKind(ingressGroup, 'Ingress'),
    (one) => classOf(one, around).name ?? '',
  );
  return [...byClass]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, ingresses]) => answerByClass(name, ingresses, request, around, selected));
}

function answerByClass(
  name: string,
  ingresses: readonly Resource[],
  request: UrlRequest,
  around: Surroundings<Resource>,
  selected: SelectedBy,
): RequestAnswer[] {
  const owners = new Map<IngressPath, Resource>();
  for (const ingress of ingresses)
    for (const path of ingressPaths(ingress, around)) owners.set(path, ingress);
  const all = [...owners.keys()];
  const ofHost = all.filter(({ type, host }) => type !== 'default' && coversIngressHost(host, request.host));
  // Rules without a host are everybody's; a host that only they would take is nobody's in particular.
  if (!ofHost.some(({ host }) => host !== '') && !ofHost.some(({ type }) => type !== 'default')) return [];
  const hosts = new Set(ofHost.map((one) => owners.get(one)));
  const paths = all.filter((one) => one.type !== 'default' || hosts.has(owners.get(one)));
  const { path, isKnown } = answeringPath(paths, request.host, request.path);
  const base = {
    gateway: null,
    listener: null,
    isPortOther: false,
    ingress: name,
    location: null,
    failing: 0,
  };
  const asLost = (one: IngressPath, why: string): LostRule => ({ ...ruleOf(one, owners), why });
  const others = ofHost.filter((one) => one !== path);
  if (!isKnown) {
    const open = ofHost.filter(({ type }) => type === 'ImplementationSpecific');
    return [
      {
        ...base,
        is: 'undetermined',
        status: null,
        by: null,
        why: 'what an ImplementationSpecific path takes is left to its controller',
        backends: [...new Set([...open, ...(path === null ? [] : [path])])].map((one) =>
          backendOf(one, owners, selected, 0),
        ),
        lost: ofHost.map((one) => asLost(one, 'it may answer')),
      },
    ];
  }
  if (path === null)
    return [
      {
        ...base,
        is: 'not found',
        status: 404,
        by: null,
        why: 'no path of the host takes the request, and there is no default backend',
        backends: [],
        lost: ofHost.map((one) => asLost(one, 'the path does not match')),
      },
    ];
  const rivals = others.filter(
    (one) =>
      one.host === path.host &&
      one.value === path.value &&
      one.type === path.type &&
      owners.get(one) !== owners.get(path),
  );
  const isOpen = rivals.length > 0;
  return [
    {
      ...base,
      is: isOpen ? 'undetermined' : path.resolved.is === false ? 'fails' : 'answers',
      status: path.resolved.is === false ? 503 : null,
      by: isOpen ? null : ruleOf(path, owners),
      why: isOpen
        ? 'several Ingresses have the same host and path: the older one answers'
        : path.resolved.is === false
          ? path.resolved.why
          : null,
      backends: [path, ...rivals].map((one) => backendOf(one, owners, selected, isOpen ? 0 : 1)),
      lost: others.map((one) =>
        asLost(
          one,
          one.host === path.host
            ? 'a path that fits better comes first, or it does not match'
            : 'a more specific host comes first',
        ),
      ),
    },
  ];
}

function ruleOf(one: IngressPath, owners: ReadonlyMap<IngressPath, Resource>) {
  const match = one.type === 'default' ? 'the default backend' : `${one.type} ${one.value}`;
  const rule = typeof one.path[2] === 'number' ? one.path[2] : 0;
  return { id: owners.get(one)?.id ?? '', rule, match, path: one.path };
}

function backendOf(
  one: IngressPath,
  owners: ReadonlyMap<IngressPath, Resource>,
  selected: SelectedBy,
  share: number,
): RequestAnswer['backends'][number] {
  const { service, port, object, resolved, path } = one;
  return {
    kind: service === null ? 'resource' : 'Service',
    name: service ?? '',
    namespace: owners.get(one)?.namespace ?? null,
    port,
    id: object?.id ?? null,
    share,
    resolved: resolved.is,
    why: resolved.why,
    workloads: workloadsOf(object as Resource | null, port, selected),
    path,
  };
}
