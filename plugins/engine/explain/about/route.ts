import { at, isObject, listAt, textAt } from '../../../base/index.ts';
import { type Resource, type Route, routeMatchWords } from '../../../model/index.ts';
import type { Place } from '../../../source/index.ts';
import type { Named } from './named.ts';
import type { AboutRoom } from './room.ts';

/** The hosts of a route, what takes it and why not, and where each rule leads. */
export function routeFacts(route: Route, resource: Resource, room: AboutRoom): RouteFacts {
  const { platform, named } = room;
  const words = routeMatchWords(resource);
  return {
    is: 'route',
    hosts: [...new Set([...route.hostnames, ...route.parents.flatMap(({ hostnames }) => hostnames)])],
    accepted: route.accepted,
    resolved: route.resolved,
    parents: route.parents.map(({ id, path, kind, namespace, name, ...one }) => ({
      parent: id === null ? null : named(id),
      name: [kind, namespace, name].filter(Boolean).join('/'),
      listeners: one.listeners.length > 0 ? one.listeners : [one.section ?? []].flat(),
      accepted: one.accepted,
      reason: one.reason,
      why: one.why,
      origin: platform.locate(resource, path),
    })),
    rules: listAt(resource.rendered, 'spec', 'rules').map((rule, index) => ({
      matches: words(index),
      filters: listAt(rule, 'filters').flatMap((filter) => textAt(filter, 'type') ?? []),
      backends: listAt(rule, 'backendRefs').flatMap((reference, position) => {
        const found = route.backends.find((one) => isNamed(one, reference, resource));
        const path = ['spec', 'rules', index, 'backendRefs', position];
        return found === undefined ? [] : [backendOf({ ...found, path }, resource, room)];
      }),
      origin: platform.locate(resource, ['spec', 'rules', index]),
    })),
    refused: route.refused.map(({ why, path }) => ({ why, origin: platform.locate(resource, path) })),
  };
}

/** The model has each backend once, whichever rules name it. */
function isNamed(
  { kind, name, namespace, port }: Route['backends'][number],
  reference: unknown,
  resource: Resource,
): boolean {
  return (
    kind === (textAt(reference, 'kind') ?? 'Service') &&
    name === textAt(reference, 'name') &&
    namespace === (textAt(reference, 'namespace') || resource.namespace) &&
    port === (isObject(reference) && typeof reference.port === 'number' ? reference.port : null)
  );
}

function backendOf(
  { id, kind, namespace, name, port, resolved, reason, why, workloads, path }: Route['backends'][number],
  resource: Resource,
  { platform, named }: AboutRoom,
): BackendFacts {
  const written = at(resource.rendered, ...path);
  const weight = isObject(written) ? written.weight : undefined;
  return {
    service: id === null ? null : named(id),
    name: [kind, namespace, name].filter(Boolean).join('/'),
    port,
    weight: typeof weight === 'number' ? weight : null,
    resolved,
    reason,
    why,
    workloads:
      workloads?.map((one) => ({ ...named(one.workload), port: one.port, container: one.container })) ?? null,
    origin: platform.locate(resource, path),
  };
}

/** Of an HTTPRoute and its like. */
export interface RouteFacts {
  is: 'route';
  hosts: string[];
  /** True where a listener takes it; null where only a cluster knows. */
  accepted: boolean | null;
  /** Whether all that it names is there and may be named. */
  resolved: boolean | null;
  parents: {
    /** Null where it is not here. */
    parent: Named | null;
    name: string;
    /** Names of the listeners that take it, or of the one that it asks for. */
    listeners: string[];
    accepted: boolean | null;
    /** The API's word. */
    reason: string | null;
    why: string | null;
    origin: Place;
  }[];
  rules: {
    /** `/api`, in words; any of them is enough. */
    matches: string[];
    filters: string[];
    backends: BackendFacts[];
    origin: Place;
  }[];
  refused: { why: string; origin: Place }[];
}

export interface BackendFacts {
  service: Named | null;
  /** `Service/web/shop`, as named. */
  name: string;
  port: number | string | null;
  weight: number | null;
  resolved: boolean | null;
  reason: string | null;
  why: string | null;
  workloads: (Named & { port: number | null; container: string | null })[] | null;
  origin: Place;
}
