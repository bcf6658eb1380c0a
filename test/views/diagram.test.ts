import { describe, expect, test } from 'vitest';
import type { Relation } from '../../plugins/model/index.ts';
import { createQuery } from '../../plugins/query/index.ts';
import { type DiagramOptions, diagramOf, diagramViews } from '../../plugins/views/index.ts';
import { startDrawing } from '../../plugins/views/pen.ts';
import { application, kustomization, origin, place, platform, resource } from './platform.ts';
import { shop } from './shop.ts';

const whole = platform(shop);
const query = createQuery(whole);
const flux = [kustomization('apps', ['databases', 'gone']), kustomization('databases')];
const withFlux = platform({
  kustomizations: flux.map(([record]) => record),
  resources: flux.map(([, own]) => own),
});

describe('every view', () => {
  const expected: Record<string, string[]> = {
    layers: ['part-it-argocd contains stack-k8s-shop', 'part-it-gateway serves stack-k8s-shop'],
    projects: [
      'appproject-argoproj-io-argocd-business contains applicationset-argoproj-io-argocd-shop',
      'appproject-argoproj-io-argocd-business permits namespace-shop',
    ],
    applications: [
      'applicationset-argoproj-io-argocd-shop generates application-argoproj-io-argocd-shop-governance',
      'application-argoproj-io-argocd-shop-governance deploys-to namespace-shop',
      'applicationset-argoproj-io-argocd-shop generates application-argoproj-io-argocd-shop-web',
      'application-argoproj-io-argocd-shop-web deploys-to namespace-shop',
    ],
    events: [
      'eventsource-argoproj-io-shop-hooks feeds sensor-argoproj-io-shop-build',
      'sensor-argoproj-io-shop-build triggers workflowtemplate-argoproj-io-shop-test',
      'missing-gone feeds sensor-argoproj-io-shop-build',
    ],
    secrets: [
      'secretstore-external-secrets-io-shop-vault provides externalsecret-external-secrets-io-shop-db',
      'externalsecret-external-secrets-io-shop-db writes secret-shop-db',
      'secret-shop-db provides-to deployment-apps-shop-web',
    ],
    routes: [
      'gateway-gateway-networking-k8s-io-gateway-edge serves httproute-gateway-networking-k8s-io-shop-web',
      'httproute-gateway-networking-k8s-io-shop-web routes-to service-shop-web',
      'service-shop-web selects deployment-apps-shop-web',
    ],
  };
  test.each(Object.entries(expected))('%s', (view, edges) => {
    const diagram = drawn({ view });
    expect(diagram.edges.map(({ from, type, to }) => `${from} ${type} ${to}`)).toEqual(edges);
  });
  test('dependencies are those that are declared', () => {
    const { edges } = drawn({ view: 'dependencies' }, withFlux);
    expect(edges.map(({ from, type, to }) => `${from} ${type} ${to}`)).toEqual([
      'kustomization-kustomize-toolkit-fluxcd-io-flux-system-apps depends-on kustomization-kustomize-toolkit-fluxcd-io-flux-system-databases',
    ]);
  });
  test('waves are steps in order', () => {
    expect(drawn({ view: 'waves' }).nodes.map((node) => node.label)).toEqual([
      'shop-governance',
      'wave -2\nNamespace',
      'wave 0\nSecretStore',
      'shop-web',
      'wave 0\nDeployment\nExternalSecret\nService',
      'wave 2\nHTTPRoute',
    ]);
  });
  test('around draws both ways once', () => {
    const diagram = drawn({ view: 'around', of: 'HTTPRoute/web' });
    expect(diagram.title).toBe('Around HTTPRoute web');
    expect(diagram.edges.map((edge) => edge.label)).toEqual(['serves', 'routes to']);
  });
  test.each(Object.keys(diagramViews))(
    '%s is sound: ids are plain and unique, parents and ends exist',
    (view) => {
      const model = view === 'dependencies' ? withFlux : whole;
      const diagram = drawn({ view, ...(view === 'around' ? { of: 'AppProject/business' } : {}) }, model);
      const ids = diagram.nodes.map((node) => node.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
      for (const node of diagram.nodes) if (node.parent !== null) expect(ids).toContain(node.parent);
      for (const edge of diagram.edges)
        expect([ids.includes(edge.from), ids.includes(edge.to)]).toEqual([true, true]);
      expect(drawn({ view, ...(view === 'around' ? { of: 'AppProject/business' } : {}) }, model)).toEqual(
        diagram,
      );
    },
  );
  test('where', () => {
    const diagram = drawn({ view: 'applications', where: "name == 'shop-web'", title: 'One' });
    expect(diagram.title).toBe('One');
    expect(diagram.nodes.map((node) => node.label)).toEqual(['project business', 'shop-web', 'shop', 'shop']);
    // What it draws of an application does not depend on what that deploys; its waves do.
    expect(diagram.unverified).toEqual([]);
    expect(drawn({ view: 'waves', where: "name == 'shop-web'" }).unverified).toHaveLength(1);
  });
});

describe('folding', () => {
  test('many applications become one shape a project', () => {
    const applications = Array.from({ length: 200 }, (_, index) =>
      application(`app-${index}`, {
        project: `p-${index % 3}`,
        destination: { server: null, name: null, namespace: 'shop' },
      }),
    );
    const big = platform({ ...shop, applications });
    const diagram = drawn({ view: 'applications' }, big);
    expect(diagram.nodes.length).toBeLessThanOrEqual(60);
    expect(diagram.folded).toEqual(['67 Applications', '67 Applications', '66 Applications']);
    expect(diagram.description).toContain('Folded');
  });
  test('around folds by application, then by kind', () => {
    const centre = resource({ kind: 'Namespace', metadata: { name: 'big' } });
    const inside = Array.from({ length: 300 }, (_, index) =>
      resource(
        { kind: index % 2 ? 'ConfigMap' : 'Service', metadata: { name: `r${index}` } },
        { application: index < 100 ? 'one' : index < 200 ? 'two' : null },
      ),
    );
    const relations: Relation[] = inside.map(({ id }) => ({
      type: 'lives-in',
      from: id,
      to: centre.id,
      origin: place('x'),
    }));
    const diagram = drawn(
      { view: 'around', of: 'Namespace/big' },
      platform({ resources: [centre, ...inside], relations }),
    );
    expect(diagram.nodes.map((node) => node.label)).toEqual([
      'Namespace\nbig',
      'one\n100 resources',
      'two\n100 resources',
      '50 Services',
      '50 ConfigMaps',
    ]);
    expect(diagram.edges).toHaveLength(4);
  });
  test('never more than sixty, however many containers', () => {
    const applications = Array.from({ length: 90 }, (_, index) =>
      application(`app-${index}`, { project: `p-${index}` }),
    );
    expect(drawn({ view: 'applications' }, platform({ applications })).nodes.length).toBeLessThanOrEqual(60);
    const steps = Array.from({ length: 90 }, (_, index) =>
      resource({ kind: 'X', metadata: { name: `x${index}` } }, { wave: index, origin: origin('x') }),
    );
    const waves = platform({
      resources: steps,
      applications: Array.from({ length: 70 }, (_, index) =>
        application(`a${index}`, { order: steps.slice(0, 2).map((one) => [one.id]) }),
      ),
    });
    expect(drawn({ view: 'waves' }, waves).nodes.length).toBeLessThanOrEqual(60);
  });
});

describe('faults', () => {
  test.each<[DiagramOptions, object]>([
    [{ view: 'wave' }, { attribute: 'view', candidates: ['waves'] }],
    [{ view: 'around' }, { attribute: 'of' }],
    [
      { view: 'around', of: 'HTTPRoute/wep' },
      { attribute: 'of', candidates: ['HTTPRoute/web'] },
    ],
    [{ view: 'around', of: 'HTTPRoute/web', where: 'true' }, { attribute: 'where' }],
    [
      { view: 'routes', of: 'HTTPRoute/web' },
      { attribute: 'of', candidates: ['where'] },
    ],
    [
      { view: 'routes', where: 'hostname == 1' },
      { attribute: 'where', offset: 0, length: 8, candidates: ['hostnames', 'name'] },
    ],
    [
      { view: 'routes', where: 'false' },
      { attribute: 'where', message: 'nothing matches: the diagram would be empty' },
    ],
    [
      { view: 'routes', where: "namespace == 'shoop'" },
      { attribute: 'where', candidates: ['shop'], help: expect.stringContaining('did you mean `shop`?') },
    ],
    [{ view: 'routes', colour: 'red' } as DiagramOptions, { attribute: 'colour' }],
  ])('%o', (options, fault) => {
    const result = diagramOf(whole, query, options);
    expect(result.ok ? [] : result.faults).toMatchObject([fault]);
  });
});

test('names of any length are keys that D2 takes', () => {
  const pen = startDrawing(whole);
  const ids = ['a', 'b'].map((end) => pen.shape(`${'n'.repeat(5000)}${end}`, { label: 'n', class: 'more' }));
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id.length).toBeLessThan(518);
});

function drawn(options: DiagramOptions, model = whole) {
  const result = diagramOf(model, model === whole ? query : createQuery(model), options);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.diagram;
}
