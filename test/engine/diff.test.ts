import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareValues } from '../../plugins/engine/diff/compare-values.ts';
import { leavesFlux } from '../../plugins/engine/diff/fate-flux.ts';
import { type Change, compareSides, type PlatformDiff, type Side } from '../../plugins/engine/index.ts';
import { createReferences, pathText } from '../../plugins/model/index.ts';
import { application, config, diffOf, type Files, object, side, told } from './sides.ts';

const automated = { syncPolicy: { automated: { prune: true, allowEmpty: true } } };

test.each<[string, unknown, unknown, string[]]>([
  [
    'an entry put first changes no other',
    [{ name: 'b', v: 1 }],
    [{ name: 'a' }, { name: 'b', v: 1 }],
    ['+ [0]'],
  ],
  [
    'entries are known by their name',
    [{ name: 'a', v: 1 }],
    [{ name: 'b' }, { name: 'a', v: 2 }],
    ['[0].v → [1].v', '+ [0]'],
  ],
  ['texts by what they say', ['x', 'y'], ['y'], ['− [0]']],
  ['another order is told, as it can matter', ['x', 'y'], ['y', 'x'], [' → ']],
  ['a mapping that is new is one field', { a: 1 }, { a: 1, b: { c: 2, d: 3 } }, ['+ b']],
  ['keys in another order are the same', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ['another type is another value', { a: 1 }, { a: '1' }, ['a → a']],
])('%s', (_what, before, after, expected) => {
  const shown = compareValues(before as never, after as never).map(({ before: one, after: other }) => {
    if (one && other) return `${pathText(one.path)} → ${pathText(other.path)}`;
    return one ? `− ${pathText(one.path)}` : `+ ${pathText(other?.path ?? [])}`;
  });
  expect(shown).toEqual(expected);
});

test('what says the same under another name is renamed, an Application with its folder, too', async () => {
  const found = await diffOf(
    { 'K8s/apps.yaml': [application('old', automated)], 'K8s/shop/a.yaml': [config('one', 'x')] },
    { 'K8s/apps.yaml': [application('new', automated)], 'K8s/shop/a.yaml': [config('two', 'x')] },
  );
  expect(told(found).sort()).toEqual(['renamed Application/new', 'renamed ConfigMap/two']);
  const [app] = found.changes.filter(({ kind }) => kind === 'Application');
  expect(app).toMatchObject({ base: { reference: 'Application/old' }, fields: [] });
});

test('a name by content is the same ConfigMap', async () => {
  const found = await diffOf(
    { 'K8s/a.yaml': [config('settings-5g9mkt7k2h', 'x')] },
    { 'K8s/a.yaml': [config('settings-bcdfghkm24', 'z')] },
  );
  expect(found.changes).toMatchObject([
    { action: 'changed', fields: [{ before: { path: 'data.key', value: 'x' }, after: { value: 'z' } }] },
  ]);
});

test('what no application deploys any more leaves it, though the file stays', async () => {
  const shop = { 'K8s/shop/a.yaml': [config('one', 'x')], 'K8s/other/b.yaml': [config('two', 'x')] };
  const found = await diffOf(
    { ...shop, 'K8s/apps.yaml': [application('shop', automated)] },
    {
      ...shop,
      'K8s/apps.yaml': [
        application('shop', {
          ...automated,
          source: { repoURL: 'https://git.example.com/shop.git', targetRevision: 'HEAD', path: 'K8s/other' },
        }),
      ],
    },
  );
  const one = (name: string): Change | undefined => found.changes.find(({ reference }) => reference === name);
  expect(one('ConfigMap/one')).toMatchObject({ section: 'removed', fate: { outcome: 'pruned' } });
  expect(one('ConfigMap/two')).toMatchObject({ section: 'added', fate: null });
});

test.each<[string, object, object, string]>([
  ['pruned', { prune: true }, {}, 'Kustomization shop says prune: true'],
  ['stays', { prune: false }, {}, 'Kustomization shop does not say prune: true'],
  ['waits', { prune: true, suspend: true }, {}, 'Kustomization shop is suspended'],
  ['stays', { prune: true }, { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }, 'prune: disabled'],
  ['stays', { prune: true }, { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }, 'reconcile: disabled'],
  ['stays', { prune: true }, { 'kustomize.toolkit.fluxcd.io/ssa': 'ignore' }, 'ssa: Ignore'],
])(
  'of what leaves a Kustomization of Flux: it is %s where %j %j',
  async (outcome, spec, annotations, because) => {
    const kustomization = object(
      'Kustomization',
      'shop',
      {
        spec: {
          interval: '5m',
          path: 'K8s/shop',
          sourceRef: { kind: 'GitRepository', name: 'shop' },
          ...spec,
        },
      },
      'kustomize.toolkit.fluxcd.io/v1',
    );
    const repository = object(
      'GitRepository',
      'shop',
      { spec: { interval: '5m', url: 'https://git.example.com/shop.git', ref: { branch: 'main' } } },
      'source.toolkit.fluxcd.io/v1',
    );
    const one = { ...config('one', 'x'), metadata: { name: 'one', namespace: 'shop', annotations } };
    const flux = {
      'K8s/flux.yaml': [kustomization, repository],
      'K8s/shop/kustomization.yaml': 'resources: [a.yaml]\n',
    };
    const found = await diffOf(
      { ...flux, 'K8s/shop/a.yaml': [one] },
      { ...flux, 'K8s/shop/a.yaml': '# nothing\n' },
    );
    expect(found.changes[0]).toMatchObject({
      reference: 'ConfigMap/one',
      base: { application: null, kustomization: 'shop' },
      fate: { outcome, because: expect.stringContaining(because) },
    });
  },
);

test.each<[string, object, string]>([
  ['deleted', { prune: true }, 'Kustomization shop is deleted, and says prune: true'],
  ['stays', { prune: true, deletionPolicy: 'Orphan' }, 'says deletionPolicy: Orphan'],
  ['stays', { prune: true, suspend: true }, 'deleted while suspended'],
])('of what leaves with its Kustomization of Flux: it %s where %j', async (outcome, spec, because) => {
  const flux = (name: string, more: object) =>
    object('Kustomization', name, { spec: { interval: '5m', ...more } }, 'kustomize.toolkit.fluxcd.io/v1');
  const sourceRef = { kind: 'GitRepository', name: 'shop' };
  const files = {
    'K8s/root.yaml': [
      flux('root', { path: 'K8s/flux', sourceRef, prune: true }),
      object(
        'GitRepository',
        'shop',
        { spec: { interval: '5m', url: 'https://git.example.com/shop.git', ref: { branch: 'main' } } },
        'source.toolkit.fluxcd.io/v1',
      ),
    ],
    'K8s/flux/shop.yaml': [flux('shop', { path: 'K8s/shop', sourceRef, ...spec })],
    'K8s/shop/kustomization.yaml': 'resources: [a.yaml]\n',
    'K8s/flux/kustomization.yaml': 'resources: [shop.yaml]\n',
    'K8s/shop/a.yaml': [config('one', 'x')],
  };
  const found = await diffOf(files, { ...files, 'K8s/flux/shop.yaml': [config('other', 'x')] });
  const one = found.changes.find(({ reference }) => reference === 'ConfigMap/one');
  expect(one).toMatchObject({
    section: 'removed',
    fate: { outcome, because: expect.stringContaining(because) },
  });
});

test.each<[string, object, object, string]>([
  ['pruned', {}, {}, 'the upgrade of HelmRelease web removes'],
  ['stays', {}, { 'helm.sh/resource-policy': 'keep' }, 'helm.sh/resource-policy: keep'],
  ['waits', { suspend: true }, {}, 'HelmRelease web is suspended'],
])('of what leaves a HelmRelease: it %s where %j %j', async (outcome, spec, annotations, because) => {
  const chart = { spec: { chart: 'web', sourceRef: { kind: 'HelmRepository', name: 'charts' } } };
  const release = object('HelmRelease', 'web', { spec: { chart, ...spec } }, 'helm.toolkit.fluxcd.io/v2');
  const one = { ...config('one', 'x'), metadata: { name: 'one', namespace: 'shop', annotations } };
  const { platform } = (await side({ 'K8s/a.yaml': [release, one] })).engine;
  const resource = platform.model.resources.find(({ name }) => name === 'one');
  const deployer = platform.model.helmReleases[0];
  expect(resource && deployer && leavesFlux(resource, deployer)).toEqual({
    outcome,
    because: expect.stringContaining(because),
  });
});

test.each<[string, object, object, string]>([
  ['pruned', automated, {}, 'automated with prune'],
  ['stays', { syncPolicy: { automated: {} } }, {}, 'automated without prune'],
  ['waits', {}, {}, 'synced by hand'],
  ['stays', { syncPolicy: { automated: { prune: true } } }, {}, 'allowEmpty'],
  ['stays', automated, { 'argocd.argoproj.io/sync-options': 'Prune=false' }, 'Prune=false'],
  ['waits', automated, { 'argocd.argoproj.io/sync-options': 'Prune=confirm' }, 'Prune=confirm'],
  [
    'stays',
    { syncPolicy: { automated: { prune: true, allowEmpty: true }, syncOptions: ['Prune=false'] } },
    {},
    'Prune=false of application shop',
  ],
])('of what leaves its application: it is %s where %j %j', async (outcome, spec, annotations, because) => {
  const one = { ...config('one', 'x'), metadata: { name: 'one', namespace: 'shop', annotations } };
  const apps = { 'K8s/apps.yaml': [application('shop', spec)] };
  const found = await diffOf(
    { ...apps, 'K8s/shop/a.yaml': [one] },
    { ...apps, 'K8s/shop/b.yaml': '# nothing\n' },
  );
  expect(found.changes[0]?.fate).toEqual({ outcome, because: expect.stringContaining(because) });
});

test.each<[string, object, string]>([
  ['deleted', { finalizers: ['resources-finalizer.argocd.argoproj.io'] }, 'finalizer deletes'],
  ['stays', {}, 'no finalizer'],
])('of what leaves with its application: it is %s where %j', async (outcome, metadata, because) => {
  const root = application('root', {
    ...automated,
    source: { repoURL: 'https://git.example.com/shop.git', targetRevision: 'HEAD', path: 'K8s/apps' },
  });
  const found = await diffOf(
    {
      'K8s/root.yaml': [root],
      'K8s/apps/shop.yaml': [application('shop', {}, metadata)],
      'K8s/shop/a.yaml': [config('one', 'x')],
    },
    { 'K8s/root.yaml': [root], 'K8s/apps/none.yaml': '# nothing\n' },
  );
  const fates = Object.fromEntries(found.changes.map(({ reference, fate }) => [reference, fate]));
  expect(fates['Application/shop']?.outcome).toBe('pruned');
  expect(fates['ConfigMap/one']).toEqual({ outcome, because: expect.stringContaining(because) });
});

test('what cannot be known on one side is neither gone nor otherwise', async () => {
  const chart = application('shop', {
    source: { repoURL: 'https://charts.example.com', chart: 'shop', targetRevision: '1.0.0' },
  });
  const found = await diffOf(
    { 'K8s/apps.yaml': [application('shop', automated)], 'K8s/shop/a.yaml': [config('one', 'x')] },
    { 'K8s/apps.yaml': [chart] },
  );
  const [one] = found.changes.filter(({ kind }) => kind === 'ConfigMap');
  expect(one).toMatchObject({
    action: 'unknown',
    section: 'unknown',
    fate: null,
    unknown: [expect.stringContaining('helm chart shop 1.0.0')],
  });
  expect(found.unverified).toMatchObject([{ before: null, after: { what: 'helm chart shop 1.0.0' } }]);
});

test('a chart that is not read is told when its version or its values are others', async () => {
  const chart = (targetRevision: string, values: object) =>
    application('shop', {
      source: {
        repoURL: 'https://charts.example.com',
        chart: 'shop',
        targetRevision,
        helm: { valuesObject: values },
      },
    });
  const base = { 'K8s/apps.yaml': [chart('1.0.0', { a: 1 })] };
  expect((await diffOf(base, base)).unverified).toEqual([]);
  expect((await diffOf(base, { 'K8s/apps.yaml': [chart('1.1.0', { a: 1 })] })).unverified).toMatchObject([
    { before: { what: 'helm chart shop 1.0.0' }, after: { what: 'helm chart shop 1.1.0' } },
  ]);
  expect((await diffOf(base, { 'K8s/apps.yaml': [chart('1.0.0', { a: 2 })] })).unverified).toMatchObject([
    { before: { what: 'helm chart shop 1.0.0' }, after: { what: 'helm chart shop 1.0.0' } },
  ]);
});

/** A few objects of which names, values and files come again, as they do from one commit to the next. */
const manifests = fc
  .array(
    fc.record({
      file: fc.constantFrom('K8s/shop/a.yaml', 'K8s/shop/b.yaml', 'K8s/other/c.yaml'),
      name: fc.constantFrom('one', 'two', 'three'),
      value: fc.constantFrom('x', 'z'),
      wave: fc.constantFrom('0', '1', '2'),
    }),
    { maxLength: 6 },
  )
  .map((all): Files => {
    const files: Record<string, object[]> = { 'K8s/apps.yaml': [application('shop', automated)] };
    for (const { file, name, value, wave } of all) {
      const one = config(name, value);
      const metadata = { ...one.metadata, annotations: { 'argocd.argoproj.io/sync-wave': wave } };
      files[file] = [...(files[file] ?? []), { ...one, metadata }];
    }
    return files;
  });

test('nothing differs from itself, the other way round is the mirror, and order counts for nothing', async () => {
  await fc.assert(
    fc.asyncProperty(manifests, manifests, async (before, after) => {
      const [base, head] = [await side(before), await side(after)];
      expect(compareSides(base, base)).toMatchObject({
        files: [],
        faults: { new: [], mended: [] },
        changes: [],
        pages: [],
        unverified: [],
      });
      const [there, back] = [compareSides(base, head), compareSides(head, base)];
      expect(mirrored(back)).toEqual(mirrored(there, false));
      expect(back.faults).toEqual({ new: there.faults.mended, mended: there.faults.new });
      expect(compareSides(turned(base), turned(head))).toEqual(there);
    }),
    { numRuns: 25 },
  );
});

/** What is on both sides of each change, read from the other end; without what only one way has. */
function mirrored({ changes }: PlatformDiff, isBack = true) {
  const actions = { added: 'gone', gone: 'added' } as Partial<Record<Change['action'], string>>;
  return changes
    .map(({ action, base, head, fields, effects }) =>
      isBack
        ? {
            action: actions[action] ?? action,
            sides: [head, base],
            fields: fields.map(({ before, after }) => [after, before]),
            effects: effects.map(({ what, before, after }) => [what, after, before]),
          }
        : {
            action,
            sides: [base, head],
            fields: fields.map(({ before, after }) => [before, after]),
            effects: effects.map(({ what, before, after }) => [what, before, after]),
          },
    )
    .map((one) => JSON.stringify(one))
    .sort();
}

/** The same with everything in the model the other way round. */
function turned({ engine, ...rest }: Side): Side {
  const { platform } = engine;
  const resources = platform.model.resources.toReversed();
  const model = { ...platform.model, resources, applications: platform.model.applications.toReversed() };
  return {
    ...rest,
    engine: { ...engine, platform: { ...platform, model, ...createReferences(resources) } },
  };
}

test('a folder that is not built for another reason, and says the same, brings the same', async () => {
  const files = { 'K8s/web/kustomization.yaml': 'resources: [gone.yaml]\n' };
  const sides = [await side(files), await side({ ...files, 'K8s/a.yaml': [config('one', 'x')] })] as const;
  // How much of its budget a run has left hangs on what else it builds.
  for (const [index, { engine }] of sides.entries())
    for (const one of engine.platform.model.unverified) one.why = `${index} steps are left`;
  const found = compareSides(...sides);
  expect(told(found)).toEqual(['added ConfigMap/one']);
  expect(found.unverified).toEqual([]);
});
