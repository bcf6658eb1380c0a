/**
 * What routes name as backends: `ResolvedRefs`, which touches `Accepted` in no way (gateway-api,
 * apis/v1/object_reference_types.go and shared_types.go).
 */
import { isObject, type JsonObject, type JsonPath, listAt, textAt } from '../../base/index.ts';
import { isGranted } from './grants.ts';
import {
  fails,
  holds,
  ifSure,
  type NetworkObject,
  numberAt,
  placeName,
  type Surroundings,
  unknown,
  type Verdict,
  worst,
} from './objects.ts';

/** Every backend of every rule, those of mirrors too, in the order of the manifest. */
export function backendsOf(route: NetworkObject, around: Surroundings): Backend[] {
  return listAt(route.rendered, 'spec', 'rules').flatMap((rule, index) => [
    ...backendsOfRule(route, rule, index, around),
    ...listAt(rule, 'filters').flatMap((filter, at) => {
      const path = ['spec', 'rules', index, 'filters', at, 'requestMirror', 'backendRef'];
      const reference =
        isObject(filter) && isObject(filter.requestMirror) ? filter.requestMirror.backendRef : null;
      return isObject(reference) ? [resolveBackend(route, reference, path, around, true)] : [];
    }),
  ]);
}

/** Those that answer, without mirrors. */
export function backendsOfRule(
  route: NetworkObject,
  rule: unknown,
  index: number,
  around: Surroundings,
): Backend[] {
  return listAt(rule, 'backendRefs').flatMap((reference, at) =>
    isObject(reference)
      ? [resolveBackend(route, reference, ['spec', 'rules', index, 'backendRefs', at], around)]
      : [],
  );
}

export function resolveBackend(
  route: NetworkObject,
  reference: JsonObject,
  path: JsonPath,
  around: Surroundings,
  mirror = false,
): Backend {
  const group = textAt(reference, 'group') ?? '';
  const kind = textAt(reference, 'kind') ?? 'Service';
  const name = textAt(reference, 'name') ?? '';
  const namespace = textAt(reference, 'namespace') || route.namespace;
  const port = numberAt(reference, 'port') ?? null;
  const weight = numberAt(reference, 'weight') ?? 1;
  const target = { group, kind, name, namespace };
  const found = around.find(group, kind, namespace, name);
  const resolved = ifSure(resolve(route, target, port, found, around), around, route, found);
  return { ...target, port, weight, path, mirror, object: found ?? null, resolved };
}

/** The kind, then the permission (without looking whether it is there), then the object, then its port. */
function resolve(
  route: NetworkObject,
  target: Pick<Backend, 'group' | 'kind' | 'namespace' | 'name'>,
  port: number | null,
  found: NetworkObject | undefined,
  around: Surroundings,
): Verdict {
  const { group, kind, namespace, name } = target;
  const label = `${kind} \`${placeName(namespace, name)}\``;
  const isService = group === '' && kind === 'Service';
  if (!isService && !(group === 'multicluster.x-k8s.io' && kind === 'ServiceImport')) {
    // Kinds of other groups are implementations' own: `InvalidKind` where the controller does not know them.
    // So is what no object can be called: Traefik takes a TraefikService `api@internal` of whatever group.
    if (name.includes('@')) return unknownKind(label);
    return group === ''
      ? fails('InvalidKind', `${label} is no Service`)
      : customKind(label, around.mayBe(group, kind, namespace, name));
  }
  const granted = isGranted(route, target, around);
  if (granted === false)
    return fails(
      'RefNotPermitted',
      `no ReferenceGrant in \`${namespace}\` lets a ${route.kind} of \`${route.namespace}\` name ${label}`,
    );
  if (granted !== true) return unknown(granted.why, 'RefNotPermitted');
  if (found === undefined) {
    const why = around.mayBe(group, kind, namespace, name);
    return why === null ? fails('BackendNotFound', `there is no ${label}`) : unknown(why, 'BackendNotFound');
  }
  const ports = listAt(found.rendered, 'spec', 'ports').map((one) => numberAt(one, 'port'));
  if (!isService || port === null || ports.includes(port)) return holds('ResolvedRefs');
  // What an ExternalName is asked for is left to implementations.
  if (textAt(found.rendered, 'spec', 'type') === 'ExternalName')
    return unknown(`${label} is an ExternalName: how it is reached is left to implementations`);
  return fails(null, `${label} has no port ${port}`);
}

function customKind(label: string, why: string | null): Verdict {
  return why === null ? fails('InvalidKind', `${label} is no Service`) : unknownKind(label);
}

function unknownKind(label: string): Verdict {
  return unknown(`whether the controller knows ${label} is not known`, 'InvalidKind');
}

/** `ResolvedRefs` of the route: that of its first reference that is not good. */
export function referencesOf(backends: readonly Backend[]): Verdict {
  const verdicts = backends.map(({ resolved }) => resolved);
  return worst(verdicts) ?? holds('ResolvedRefs');
}

export interface Backend {
  group: string;
  kind: string;
  name: string;
  /** The route's own where it names none. */
  namespace: string | null;
  /** The Service's, never a target port. */
  port: number | null;
  weight: number;
  /** Where the route names it. */
  path: JsonPath;
  /** True where it only gets copies of requests. */
  mirror: boolean;
  object: NetworkObject | null;
  resolved: Verdict;
}
