import { type JsonPath, listAt, nearest, textAt } from '../../../base/index.ts';
import type { Gateway, Ingress, Resource, Route } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { listenersOf, noneNear, portsOf, servicesNear } from '../../routes/declared.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

const files = (section: string): string => `==> K8s/web/gateway.yaml <==
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: web
spec:
  gatewayClassName: cilium
  listeners:
    - {name: https, port: 443, protocol: HTTPS, hostname: "*.example.com", tls: {certificateRefs: [{name: edge}]}}
==> K8s/web/route.yaml <==
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
  namespace: web
spec:
  parentRefs:
    - {name: edge, sectionName: ${section}}
  hostnames: [shop.example.com]
  rules:
    - backendRefs: [{name: shop, port: 80}]
==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: shop
  namespace: web
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: 8080}]
`;

export const routeDead = {
  name: 'route-dead',
  about: 'manifests',
  severity: 'error',
  title: 'a route leads nowhere',
  explain: `What a controller of the Gateway API says of a route in its status, before there is a cluster: no listener of the parent takes it (\`NoMatchingParent\`, \`NotAllowedByListeners\`, \`NoMatchingListenerHostname\`), or what it names is not there or may not be named (\`BackendNotFound\`, \`RefNotPermitted\`, \`InvalidKind\`), or its Service has no such port. The same of listeners (\`ProtocolConflict\`, \`InvalidCertificateRef\`, \`InvalidRouteKinds\`, …), of Ingresses and their Services, and what the API server refuses of any of them. Nothing fails when such a route is applied: the host answers 404 or 500.`,
  silent: `Says nothing:

- while something that is not read may bring what is missing or change what is here: a failed build, an ApplicationSet that is not expanded, a chart that is not rendered and may hold it, the controller of a custom resource in the namespace, a namespace of which no Service is in the repository;
- about Secrets that are not in the repository;
- where labels of a namespace that no manifest declares decide, or creation times;
- about names that a set-up fills in, and resources that are there several times, as in a repository of several clusters;
- about what the API leaves to implementations.`,
  failing: files('http'),
  mended: files('https'),
  check: deadRoutes,
} as const satisfies ManifestRule;

type Fault = DiagnosticOf<'route-dead'>;

function deadRoutes(platform: Platform): Fault[] {
  const { routes, gateways, ingresses } = platform.model;
  return [
    ...gateways.flatMap((gateway) => deadListeners(gateway, platform)),
    ...routes.flatMap((route) => [
      ...refused(route.route, route.refused, platform),
      ...withoutListener(route, platform),
      ...withoutBackend(route, platform),
    ]),
    ...ingresses.flatMap((ingress) => withoutService(ingress, platform)),
  ];
}

/** What the API server does not take. */
function refused(id: string, refusals: Route['refused'], platform: Platform): Fault[] {
  const resource = platform.resource(id);
  if (resource === undefined) return [];
  return refusals.map(({ rule, why, path }) =>
    diagnose(routeDead, {
      about: `${id}|${rule}|${path.join('.')}`,
      message: `the API server refuses \`${platform.referenceOf(resource)}\`: ${why}`,
      sources: [sourceOf(platform, resource, 'refused', path)],
      expected: `a ${resource.kind} that the schema takes`,
      actual: why,
      help: 'mend the field: until then nothing of the manifest is applied',
    }),
  );
}

function withoutListener({ route: id, parents }: Route, platform: Platform): Fault[] {
  const route = platform.resource(id);
  if (route === undefined) return [];
  return parents.flatMap((parent): Fault[] => {
    if (parent.accepted !== false) return [];
    const { kind, name, namespace, section, port, reason, why, path } = parent;
    const object = parent.id === null ? undefined : platform.resource(parent.id);
    const label = object ? platform.referenceOf(object) : `${kind}/${namespace}/${name}`;
    const names = listAt(object?.rendered, 'spec', 'listeners').flatMap((one) => textAt(one, 'name') ?? []);
    const others = platform.model.gateways.flatMap(({ gateway }) => platform.resource(gateway)?.name ?? []);
    const candidates = object
      ? section === null || names.includes(section)
        ? []
        : nearest(section, names)
      : nearest(name, others);
    const wanted = [section === null ? '' : ` \`${section}\``, port === null ? '' : ` on port ${port}`].join(
      '',
    );
    return [
      diagnose(routeDead, {
        about: `${id}|${label}|${section ?? ''}|${port ?? ''}`,
        message: object
          ? `\`${platform.referenceOf(route)}\` is not accepted by \`${label}\`${inBrackets(reason)}: ${why}`
          : `\`${platform.referenceOf(route)}\` names ${kind} \`${namespace}/${name}\`, which no manifest declares: nobody serves it`,
        sources: [
          sourceOf(platform, route, 'attaches', whereIn(reason, path)),
          ...(object ? [sourceOf(platform, object, 'refuses', ['spec', 'listeners'])] : []),
        ],
        expected: object
          ? `a listener${wanted} of \`${label}\` that takes it`
          : `${kind} \`${namespace}/${name}\``,
        actual: object
          ? `listeners: ${listenersOf(object)}`
          : `there is none: ${others.length} Gateways are here`,
        candidates,
        help: suggestion(candidates) ?? mending(reason),
      }),
    ];
  });
}

/** The line that a reason speaks of. */
function whereIn(reason: string | null, path: JsonPath): JsonPath {
  return reason === 'NoMatchingListenerHostname' ? ['spec', 'hostnames'] : path;
}

function mending(reason: string | null): string {
  if (reason === 'NoMatchingParent') return 'name a listener of the Gateway, or add one';
  if (reason === 'NotAllowedByListeners')
    return 'let the listener take it with `allowedRoutes`, or name another';
  if (reason === 'NoMatchingListenerHostname')
    return 'serve a host name of the listener, or add a listener for it';
  return 'name a Gateway that is here, or declare it';
}

function withoutBackend({ route: id, backends }: Route, platform: Platform): Fault[] {
  const route = platform.resource(id);
  if (route === undefined) return [];
  return backends.flatMap((backend): Fault[] =>
    backend.resolved !== false ? [] : [deadBackend(route, backend, platform)],
  );
}

function deadBackend(route: Resource, backend: Backend, platform: Platform): Fault {
  const { name, namespace, port, reason, why, path } = backend;
  const service = backend.id === null ? undefined : platform.resource(backend.id);
  const { all, ...near } = servicesNear(name, namespace, platform);
  const isMissing = backend.id === null && reason !== 'RefNotPermitted';
  const { candidates, closest } = isMissing ? near : noneNear;
  const isPort = service !== undefined && reason !== 'RefNotPermitted' && reason !== 'InvalidKind';
  return diagnose(routeDead, {
    about: `${route.id}|${namespace}/${name}|${port ?? ''}`,
    message: `\`${platform.referenceOf(route)}\` leads nowhere${inBrackets(reason)}: ${why}`,
    sources: [
      sourceOf(platform, route, 'routes', path),
      ...(isPort ? [sourceOf(platform, service, 'has no such port', ['spec', 'ports'])] : []),
      ...(closest ? [sourceOf(platform, closest, 'nearest', ['metadata', 'name'])] : []),
    ],
    expected:
      reason === 'RefNotPermitted'
        ? `a ReferenceGrant in namespace \`${namespace}\` for ${route.kind}s of \`${route.namespace}\``
        : isPort
          ? `port ${port} of Service \`${namespace}/${name}\``
          : `Service \`${namespace}/${name}\``,
    actual: isPort
      ? `ports: ${portsOf(service)}`
      : `${all.length} Services in namespace \`${namespace}\`, none of them called so`,
    candidates,
    help: suggestion(candidates) ?? (why === null ? null : backendHelp(reason, isPort)),
  });
}

function backendHelp(reason: string | null, isPort: boolean): string {
  if (reason === 'RefNotPermitted')
    return 'declare a ReferenceGrant beside the Service, or move the route there';
  if (reason === 'InvalidKind') return 'name a Service';
  return isPort
    ? 'name a port of the Service, which is not that of its containers'
    : 'correct the name, or declare it';
}

function deadListeners(
  { gateway: id, listeners, refused: refusals, accepted, reason, why }: Gateway,
  platform: Platform,
): Fault[] {
  const gateway = platform.resource(id);
  if (gateway === undefined) return [];
  const own = refused(id, refusals, platform);
  // What is not applied has no listeners to judge.
  if (own.length > 0) return own;
  const dead = listeners.flatMap((listener, index): Fault[] => {
    const bad =
      listener.accepted === false
        ? listener.reason
        : listener.resolved === false
          ? listener.resolvedReason
          : null;
    if (bad === null) return [];
    const path = [
      'spec',
      'listeners',
      index,
      ...(bad === 'InvalidRouteKinds' ? ['allowedRoutes', 'kinds'] : []),
    ];
    return [
      diagnose(routeDead, {
        about: `${id}|${listener.name}|${bad}`,
        message: `listener \`${listener.name}\` of \`${platform.referenceOf(gateway)}\` serves nothing${inBrackets(bad)}: ${listener.why}`,
        sources: [sourceOf(platform, gateway, 'listens', path)],
        expected: 'a listener that a controller can set up',
        actual: listener.why ?? bad,
        help:
          bad === 'RefNotPermitted'
            ? 'declare a ReferenceGrant beside the Secret, or keep the certificate where the Gateway is'
            : 'mend the listener: routes that hang on it alone get no traffic',
      }),
    ];
  });
  if (dead.length > 0 || accepted !== false) return dead;
  return [
    diagnose(routeDead, {
      about: `${id}|${reason ?? ''}`,
      message: `\`${platform.referenceOf(gateway)}\` is not accepted${inBrackets(reason)}: ${why}`,
      sources: [sourceOf(platform, gateway, 'refused', ['spec'])],
      expected: 'a Gateway that takes it',
      actual: why ?? 'it is not accepted',
      help: 'let the Gateway take it with `allowedListeners`',
    }),
  ];
}

/** Backends of an Ingress are Services of its own namespace, with their ports by number or by name. */
function withoutService({ ingress: id, rules }: Ingress, platform: Platform): Fault[] {
  const ingress = platform.resource(id);
  if (ingress === undefined) return [];
  const seen = new Set<string>();
  return rules.flatMap((rule): Fault[] => {
    const { service: name, port, resolved, reason, why, place } = rule;
    if (resolved !== false || name === null || seen.has(`${name}:${port}`)) return [];
    seen.add(`${name}:${port}`);
    const service = rule.id === null ? undefined : platform.resource(rule.id);
    const { all, ...near } = servicesNear(name, ingress.namespace, platform);
    const { candidates, closest } = service ? noneNear : near;
    return [
      diagnose(routeDead, {
        about: `${id}|${name}|${port ?? ''}`,
        message: `\`${platform.referenceOf(ingress)}\` leads nowhere: ${why}`,
        sources: [
          sourceOf(platform, ingress, 'routes', [
            ...place,
            ...(place.at(-1) === 'defaultBackend' ? [] : ['backend']),
          ]),
          ...(service ? [sourceOf(platform, service, 'has no such port', ['spec', 'ports'])] : []),
          ...(closest ? [sourceOf(platform, closest, 'nearest', ['metadata', 'name'])] : []),
        ],
        expected: service
          ? `port ${port} of Service \`${name}\``
          : `Service \`${ingress.namespace}/${name}\``,
        actual: service
          ? `ports: ${portsOf(service)}`
          : `${all.length} Services in namespace \`${ingress.namespace}\`, none of them called so`,
        candidates,
        help: suggestion(candidates) ?? backendHelp(reason, reason === 'port'),
      }),
    ];
  });
}

function inBrackets(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}

type Backend = Route['backends'][number];
