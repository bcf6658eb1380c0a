/** Gateway API: route → gateways it attaches to, backends it goes to. */
import {
  at,
  compareText,
  isObject,
  type JsonObject,
  type JsonPath,
  listAt,
  textAt,
  textsAt,
  uniqueBy,
} from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { Resource, Route } from '../types.ts';

const group = 'gateway.networking.k8s.io';
export const routeKinds = ['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'];

export function buildRoutes(context: BuildContext): Route[] {
  return routeKinds
    .flatMap((kind) => context.lookup.ofKind(group, kind))
    .map(
      (route): Route => ({
        route: route.id,
        hostnames: textsAt(route.rendered, 'spec', 'hostnames'),
        parents: parentsOf(route, context).map(({ path: _, ...parent }) => parent),
        backends: uniqueBy(
          backendsOf(route, context).map(({ path: _, ...backend }) => backend),
          JSON.stringify,
        ),
        origin: route.origin,
      }),
    )
    .sort((a, b) => compareText(a.route, b.route));
}

/** With the path of each reference, for the relations. */
export function parentsOf(
  route: Resource,
  context: BuildContext,
): (Route['parents'][number] & { path: JsonPath })[] {
  return listAt(route.rendered, 'spec', 'parentRefs').map((reference, index) => {
    const name = textAt(reference, 'name') ?? '';
    const namespace = textAt(reference, 'namespace') ?? route.namespace;
    const kind = textAt(reference, 'kind') ?? 'Gateway';
    const found = context.lookup.find(textAt(reference, 'group') ?? group, kind, namespace, name);
    return {
      name,
      namespace,
      section: textAt(reference, 'sectionName') ?? null,
      id: found?.id ?? null,
      path: ['spec', 'parentRefs', index],
    };
  });
}

export function backendsOf(
  route: Resource,
  context: BuildContext,
): (Route['backends'][number] & { path: JsonPath })[] {
  return listAt(route.rendered, 'spec', 'rules').flatMap((rule, ruleIndex) =>
    listAt(rule, 'backendRefs')
      .filter(isObject)
      .map((reference: JsonObject, index) => {
        const name = textAt(reference, 'name') ?? '';
        const namespace = textAt(reference, 'namespace') ?? route.namespace;
        const port = at(reference, 'port');
        const found = context.lookup.find(
          textAt(reference, 'group') ?? '',
          textAt(reference, 'kind') ?? 'Service',
          namespace,
          name,
        );
        return {
          name,
          namespace,
          port: typeof port === 'number' ? port : null,
          id: found?.id ?? null,
          path: ['spec', 'rules', ruleIndex, 'backendRefs', index],
        };
      }),
  );
}
