import { expect, test } from 'vitest';
import { createQuery } from '../../plugins/query/index.ts';
import { tableOf } from '../../plugins/views/index.ts';
import { application, origin, place, platform, resource } from './platform.ts';
import { shop } from './shop.ts';

test('a project shows its roles, windows, namespaces and lenders where they are asked for', () => {
  const whole = platform(shop);
  const columns = 'name, roles, syncWindows, sourceNamespaces, globalProjects';
  const result = tableOf(whole, createQuery(whole), { view: 'projects', columns });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  expect(result.table.rows.map(({ cells }) => cells.map((cell) => cell.text))).toEqual([
    [
      'business',
      'deployer: shop-team',
      'deny 0 22 * * * for 8h (Europe/Berlin), by hand at any time',
      'shop-*',
      'base',
    ],
  ]);
});

test('expressions reach what is new in a project and an application', () => {
  const whole = platform(shop);
  const query = createQuery(whole);
  for (const [view, where] of [
    ['projects', "syncWindows.exists(w, w.kind == 'deny' && 'shop-web' in w.matches)"],
    ['projects', "roles.exists(r, 'shop-team' in r.groups)"],
    ['applications', 'rbacName.startsWith("default/") && !createsNamespace'],
  ] as const) {
    const result = tableOf(whole, query, { view, where });
    expect([where, result.ok && result.table.rows.length > 0]).toEqual([where, true]);
  }
});

test('the names of ignored differences are shown, of one application and of all', () => {
  const own = (name: string | null, namespace: string | null) => ({
    ...{
      group: '',
      kind: 'Secret',
      name,
      namespace,
      fields: ['/data'],
      origin: place('K8s/web/app.yaml', 9),
    },
  });
  const policy = application('web').syncPolicy;
  const ignoreDifferences = [own('token', 'web'), own('token', null), own(null, 'web'), own(null, null)];
  const settings = { kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' } };
  const made = { ...origin('K8s/argocd/kustomization.yaml', 4), document: -1 };
  const whole = platform({
    resources: [
      resource({
        kind: 'Application',
        apiVersion: 'argoproj.io/v1alpha1',
        metadata: { name: 'web', namespace: 'argocd' },
      }),
      resource(settings, { origin: made, source: 'kustomize' }),
    ],
    applications: [application('web', { syncPolicy: { ...policy, ignoreDifferences } })],
    ignoredDifferences: [{ ...own(null, null), kind: '*', origin: made }],
  });
  const result = tableOf(whole, createQuery(whole), { view: 'sync', columns: 'name, ignored' });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  expect(result.table.rows.map(({ cells }) => cells.map((cell) => cell.text))).toEqual([
    ['web', 'Secret web/token: /data, Secret token: /data, Secret web/*: /data, Secret: /data'],
    ['every application', 'every kind: /data'],
  ]);
});

test('what no sync applies has a wave and no row among the waves', () => {
  const hook = (name: string, phase: 'Sync' | null) =>
    resource(
      { kind: 'ConfigMap', metadata: { name, annotations: { 'argocd.argoproj.io/sync-wave': '1' } } },
      { phase, application: 'web' },
    );
  const whole = platform({ resources: [hook('applied', 'Sync'), hook('tested', null)] });
  const query = createQuery(whole);
  const rows = (view: string, where: string) => {
    const result = tableOf(whole, query, { view, where, columns: 'name, phase = phase' });
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    return result.table.rows.map(({ cells }) => cells.map((cell) => cell.text));
  };
  expect(rows('waves', 'true')).toEqual([['applied', 'Sync']]);
  expect(rows('resources', 'waveSet')).toEqual([
    ['applied', 'Sync'],
    ['tested', '—'],
  ]);
});
