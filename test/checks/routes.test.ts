/** Routes that lead nowhere are told where that is certain, and only there. */
import { describe, expect, it } from 'vitest';
import { checkPlatform } from '../../plugins/checks/index.ts';
import { explainUrl } from '../../plugins/engine/index.ts';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { exitCodeOf } from '../../scripts/commands/explain-url.ts';
import { tree } from '../source/tree.ts';

const platformOf = (...documents: string[]): Promise<Platform> =>
  loadPlatform({
    root: tree({
      'plumbline.yaml': 'layers: {gitops: [K8s]}\n',
      'docs/index.md': '# x\n',
      'K8s/all.yaml': documents.join('---\n'),
    }),
    cache: false,
  });
const told = async (...documents: string[]): Promise<string[]> =>
  checkPlatform(await platformOf(...documents))
    .filter(({ rule }) => rule === 'route-dead')
    .map(({ message }) => message);

const gateway = (listener = '', namespace = 'web') =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: edge, namespace: ${namespace}}\nspec:\n  gatewayClassName: house\n  listeners: [{name: http, port: 80, protocol: HTTP${listener}}]\n`;
const route = (spec: string, namespace = 'web', name = 'shop') =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${spec}}\n`;
const service = (name = 'shop', namespace = 'web', more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n  selector: {app: shop}\n  ports: [{port: 80, targetPort: http}]\n${more}`;
const workload =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, namespace: web}\nspec:\n  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec: {containers: [{name: shop, image: shop, ports: [{name: http, containerPort: 8080}]}]}\n';
const edge = 'parentRefs: [{name: edge}]';
const toShop = 'rules: [{backendRefs: [{name: shop, port: 80}]}]';

describe('route-dead', () => {
  it.each([
    [
      'a listener that is not there',
      [gateway(), service(), route(`parentRefs: [{name: edge, sectionName: https}], ${toShop}`)],
      'NoMatchingParent',
    ],
    [
      'a host that no listener has',
      [gateway(', hostname: "*.b.test"'), service(), route(`${edge}, hostnames: [a.test], ${toShop}`)],
      'NoMatchingListenerHostname',
    ],
    [
      'a listener for its own namespace',
      [gateway('', 'net'), service(), route(`parentRefs: [{name: edge, namespace: net}], ${toShop}`)],
      'NotAllowedByListeners',
    ],
    [
      'a Service that is not there',
      [gateway(), service('shops'), route(`${edge}, ${toShop}`)],
      'BackendNotFound',
    ],
    [
      'a Service of another namespace',
      [
        gateway(),
        service('shop', 'pay'),
        route(`${edge}, rules: [{backendRefs: [{name: shop, namespace: pay, port: 80}]}]`),
      ],
      'RefNotPermitted',
    ],
    [
      'a kind that is no Service',
      [gateway(), route(`${edge}, rules: [{backendRefs: [{name: api, kind: TraefikService}]}]`)],
      'InvalidKind',
    ],
    [
      'a port of the container',
      [gateway(), service(), route(`${edge}, rules: [{backendRefs: [{name: shop, port: 8080}]}]`)],
      'has no port 8080',
    ],
    [
      'a Gateway that is not there',
      [gateway(), service(), route(`parentRefs: [{name: egde}], ${toShop}`)],
      'no manifest declares',
    ],
    [
      'what the API server refuses',
      [gateway(), service(), route(`${edge}, hostnames: [Shop.test], ${toShop}`)],
      'API server refuses',
    ],
  ])('tells of %s', async (_, documents, reason) => {
    const messages = await told(...documents);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(reason);
  });

  it('is not told of what only a controller calls so', async () => {
    const internal = 'rules: [{backendRefs: [{name: api@internal, kind: TraefikService}]}]';
    expect(await told(gateway(), route(`${edge}, ${internal}`))).toEqual([]);
  });

  it.each([
    ['all is well', [gateway(), service(), route(`${edge}, ${toShop}`)]],
    [
      'the labels of a namespace decide',
      [
        gateway(', allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {a: b}}}}', 'net'),
        service(),
        route(`parentRefs: [{name: edge, namespace: net}], ${toShop}`),
      ],
    ],
    ['no Service of the namespace is here', [gateway(), service('shop', 'pay'), route(`${edge}, ${toShop}`)]],
    [
      'an operator may make the Service',
      [
        gateway(),
        service('other'),
        'apiVersion: acme.test/v1\nkind: Kafka\nmetadata: {name: big, namespace: web}\n',
        route(`${edge}, ${toShop}`),
      ],
    ],
    [
      'a set-up step fills in the host',
      [
        gateway(', hostname: "*.b.test"'),
        service(),
        route(`${edge}, hostnames: ["a.\${DOMAIN}"], ${toShop}`),
      ],
    ],
    [
      'the Gateway is there twice',
      [
        gateway(', hostname: b.test'),
        gateway(', hostname: a.test'),
        service(),
        route(`${edge}, hostnames: [c.test], ${toShop}`),
      ],
    ],
    [
      'a mesh takes it',
      [service(), route(`parentRefs: [{group: "", kind: Service, name: shop}], ${toShop}`)],
    ],
  ])('is silent where %s', async (_, documents) => {
    expect(await told(...documents)).toEqual([]);
  });

  it('tells of an Ingress whose Service has no such port', async () => {
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: web}\nspec: {rules: [{host: a.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {name: http}}}}]}}]}\n';
    expect(await told(service(), ingress)).toEqual([
      '`Ingress/shop` leads nowhere: Service `web/shop` has no port named `http`',
    ]);
  });
});

describe('a URL', () => {
  const asked = async (url: string, ...documents: string[]) => {
    const found = explainUrl(await platformOf(...documents), new URL(url));
    return { found, code: exitCodeOf(found, false) };
  };
  const rules =
    'rules: [{matches: [{path: {value: /}}], backendRefs: [{name: shop, port: 80}]}, {matches: [{path: {value: /old}}], filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]';

  it('is led to the port of a container, with the rules that lose', async () => {
    const { found, code } = await asked(
      'http://a.test/cart',
      gateway(),
      service(),
      workload,
      route(`${edge}, ${rules}`),
    );
    expect(code).toBe(0);
    const [answer] = found.answers;
    expect(answer).toMatchObject({
      is: 'answers',
      gateway: 'Gateway/edge',
      listener: { name: 'http', isPortOther: false },
      route: { reference: 'HTTPRoute/shop', rule: 0, origin: { file: 'K8s/all.yaml' } },
      lost: [{ rule: 1, why: 'the path does not match' }],
    });
    expect(answer?.backends).toMatchObject([
      {
        service: 'Service/shop',
        port: 80,
        workloads: [{ reference: 'Deployment/shop', port: 8080, container: 'shop' }],
      },
    ]);
  });

  it('is redirected by the longer path', async () => {
    const { found } = await asked('http://a.test/old/x', gateway(), service(), route(`${edge}, ${rules}`));
    expect(found.answers[0]).toMatchObject({
      is: 'redirects',
      location: 'https://a.test/old/x',
      lost: [{ rule: 0, why: 'a longer path comes first' }],
    });
  });

  it('is not decided where only ages tell', async () => {
    const { found, code } = await asked(
      'http://a.test/',
      gateway(),
      service(),
      route(`${edge}, ${toShop}`),
      route(`${edge}, ${toShop}`, 'web', 'other'),
    );
    expect(found.answers[0]).toMatchObject({ is: 'undetermined', route: null });
    expect(code).toBe(0);
    expect(exitCodeOf(found, true)).toBe(3);
  });

  it('is answered by nobody', async () => {
    const { found, code } = await asked('http://b.test/', gateway(', hostname: a.test'), service());
    expect([found.answers, found.nearest, code]).toEqual([[], ['a.test'], 1]);
  });

  it('is taken by an Ingress', async () => {
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: web}\nspec: {ingressClassName: in, rules: [{host: a.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}]}}]}\n';
    const { found } = await asked('https://a.test/x', service(), workload, ingress);
    expect(found.answers).toMatchObject([
      {
        is: 'answers',
        ingressClass: 'in',
        route: { reference: 'Ingress/shop' },
        backends: [{ workloads: [{ port: 8080 }] }],
      },
    ]);
  });
});

it('names of several charts the one of whoever deploys into the namespace', async () => {
  const chart = (name: string, namespace: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: "https://charts.example.com", chart: ${name}, targetRevision: 1.0.0}\n  destination: {server: "https://kubernetes.default.svc", namespace: ${namespace}}\n`;
  const { model } = await platformOf(
    ...[chart('a-first', 'other'), chart('shop', 'web'), gateway(), route(`${edge}, ${toShop}`)],
  );
  const [backend] = model.routes.flatMap(({ backends }) => backends);
  expect(backend).toMatchObject({ resolved: null });
  expect(JSON.stringify(backend)).toContain('helm chart shop 1.0.0 could not be looked into, and 1 more');
});
