import { describe, expect, test } from 'vitest';
import type { UnreadPart } from '../../plugins/platform/index.ts';
import { createQuery } from '../../plugins/query/index.ts';
import type { Unverified } from '../../plugins/source/index.ts';
import { noSecrets, noStore } from '../no-store.ts';
import { platform, resource } from '../views/platform.ts';
import { shop } from '../views/shop.ts';

/**
 * Application `shop-web` asks for the chart `redis`, a kustomization of bootstrap for `cilium`. Nobody says
 * whose they are.
 */
const nobodys = createQuery({
  ...platform(shop),
  sources: {
    root: '/nowhere',
    home: '/nowhere',
    files: new Map(),
    faults: [],
    unread: [],
    isCovered: () => false,
    secrets: noSecrets,
    store: noStore,
    remember: async () => {},
  },
});
/** The same, of a publisher whose charts are known. */
const published = createQuery(platform(shop));

const names = (parts: { unverified: { what: string } }[]) =>
  parts.map(({ unverified }) => unverified.what.replace(/^helm chart (\w+) .*/, '$1')).sort();

describe('what could join a selection', () => {
  test.each([
    ['true', ['cilium', 'redis']],
    ["kind == 'StatefulSet'", ['cilium', 'redis']],
    ["application == 'shop-web'", ['redis']],
    ["application == 'shop-governance'", []],
    ["'shop-web' == application && kind == 'Secret'", ['redis']],
    ["application in ['shop-governance', 'gone'] || kind == 'Secret' && layer == 'bootstrap'", ['cilium']],
    ["layer == 'bootstrap'", ['cilium']],
    ["!(layer == 'bootstrap') && stack == 'shop'", ['redis']],
    ["stack == 'other'", []],
    ['application == null', ['cilium']],
    ["glob(file, 'K8s/shop/governance/*')", []],
    ["file.startsWith('K8s/shop/web/')", ['redis']],
    ["file.endsWith('.yaml') && wave < 0", ['cilium', 'redis']],
    ['written', []],
    ["written && kind == 'Service'", []],
    ["kind == 'Service' && !written", ['cilium', 'redis']],
    ["(written ? kind : 'Service') == 'Service'", ['cilium', 'redis']],
    ["written ? true : layer == 'bootstrap'", ['cilium']],
    ['this is no expression', ['cilium', 'redis']],
  ])('%s', (expression, expected) => {
    // An Application that a chart of nobody's could bring deploys more, under a name that is not known.
    expect(names(nobodys.reach.joining('resource', { tests: [expression] }))).toEqual(
      expect.arrayContaining(expected),
    );
    expect(names(published.reach.joining('resource', { tests: [expression] }))).toEqual(expected);
  });

  test('nothing joins where the test of all holds of whatever comes', () => {
    expect(
      published.reach.joining('resource', { tests: ['true'], unless: "application != 'other'" }),
    ).toEqual([]);
    expect(names(published.reach.joining('resource', { tests: ['true'], unless: 'wave < 0' }))).toEqual([
      'cilium',
      'redis',
    ]);
  });

  test('charts of a known publisher bring no kinds that a platform declares for itself', () => {
    for (const kind of ['AppProject', 'Application', 'ExternalSecret', 'ClusterPolicy', 'HTTPRoute']) {
      expect(names(published.reach.joining('resource', { tests: [`kind == '${kind}'`] }))).toEqual([]);
      expect(names(nobodys.reach.joining('resource', { tests: [`kind == '${kind}'`] }))).not.toEqual([]);
    }
    expect(published.reach.joining('project', { tests: ['true'] })).toEqual([]);
    expect(names(nobodys.reach.joining('project', { tests: ['true'] }))).toEqual(['cilium', 'redis']);
    expect(nobodys.reach.joining('stack', { tests: ['true'] })).toEqual([]);
  });
});

describe('what could change a value', () => {
  test.each([
    ["resources.filter(r, r.kind == 'Service').size()", ['cilium', 'redis']],
    ["resources.filter(r, r.application == 'shop-governance').filter(r, r.wave < 0).size()", []],
    ["resources.filter(r, r['layer'] == 'bootstrap').map(r, r.name)", ['cilium']],
    ["resources.exists(x, x.written && x.kind == 'Job')", []],
    ["resources.all(x, x.application != 'other')", []],
    ['resources.filter(r, stacks.exists(s, s.name == r.stack)).size()', ['cilium', 'redis']],
    ['applications.size()', []],
    ["application('shop-web').namespace", []],
    ["application('shop-web').order.size()", ['redis']],
    ["application('shop-governance').order.size()", []],
    ['policies.map(p, p.matches.size())', ['cilium', 'redis']],
    ['policies.size()', []],
    ['1 + 1', []],
  ])('%s', (expression, expected) => {
    expect(names(published.reach.value(expression))).toEqual(expected);
  });

  test('a name that is looked for in vain is one that nobody has read', () => {
    const missing = (reference: string) => names(published.reach.missing(`resource('${reference}').name`));
    expect(missing('Service/shop/redis')).toEqual(['cilium', 'redis']);
    expect(missing('AppProject/other')).toEqual([]);
    expect(missing('Deployment/shop/web')).toEqual([]);
  });
});

test('what the model leaves out of relations and of what a policy says is asked of these alone', () => {
  const own = resource({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'owner' } });
  const { kind, name, id, namespace } = own;
  const left: Unverified = {
    ...{ kind: 'partial', what: `what ${kind}/${name} matches`, why: 'it takes more than a run has' },
    ...{ origin: own.origin, object: { kind, name }, fields: ['*'] },
  };
  const rule = {
    ...{ name: 'owner', type: 'validate' as const, kinds: [], scope: [], action: null, target: null },
    ...{ message: null, matches: [], origin: own.origin },
  };
  const policy = { id, name, kind, namespace, rules: [rule], origin: own.origin };
  const made = platform({ resources: [own], policies: [policy], unverified: [left] });
  const { reach, subjects } = createQuery({ ...made, unread: () => [] });
  const touched = (parts: UnreadPart[]) => parts.map(({ unverified }) => unverified);
  const matching = subjects('policy').flatMap((one) => reach.touching(one, ['matches']));
  expect(touched(matching)).toEqual([left]);
  expect(touched(reach.relating(own, own))).toEqual([left]);
  expect(reach.touching({ kind: 'resource', resource: own, record: own }, ['kind'])).toEqual([]);
});
