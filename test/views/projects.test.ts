import { expect, test } from 'vitest';
import { createQuery } from '../../plugins/query/index.ts';
import { tableOf } from '../../plugins/views/index.ts';
import { platform } from './platform.ts';
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
