/** What policies change, make and delete. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../plugins/base/index.ts';
import { changedPaths, effectsOf } from '../../../plugins/model/kyverno/evaluate/effects.ts';
import { applyJsonPatch } from '../../../plugins/model/kyverno/evaluate/mutate/json-patch.ts';
import { preparedPatch } from '../../../plugins/model/kyverno/evaluate/mutate/patch-anchors.ts';
import { strategicMerge } from '../../../plugins/model/kyverno/evaluate/mutate/strategic-merge.ts';
import { subjectOf } from '../../../plugins/model/kyverno/evaluate/subject.ts';
import type { Environment } from '../../../plugins/model/kyverno/evaluate/types.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    containers: [
      { name: 'web', image: 'nginx' },
      { name: 'log', image: 'busybox:1', env: [{ name: 'LEVEL', value: '1' }] },
    ],
  },
};
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { spec: { containers: [{ name: 'web', image: 'nginx' }] } } },
};
const environment: Environment = {
  namespaceObject: () => undefined,
  find: () => undefined,
  ofKind: () => [],
};

function merged(patch: JsonObject, object: JsonObject = pod): JsonObject {
  return strategicMerge(object, preparedPatch(patch, object));
}

describe('strategic merge', () => {
  it('meets items of Kubernetes’ lists by their keys and puts what is new first', () => {
    const spec = {
      containers: [
        { name: 'new', image: 'a' },
        { name: 'log', env: [{ name: 'LEVEL', value: '2' }] },
      ],
    };
    expect(merged({ spec }).spec).toEqual({
      containers: [
        { name: 'new', image: 'a' },
        { name: 'log', image: 'busybox:1', env: [{ name: 'LEVEL', value: '2' }] },
        { name: 'web', image: 'nginx' },
      ],
    });
  });

  it('replaces lists of kinds that nobody describes, and takes out what is null', () => {
    const object = {
      apiVersion: 'a.example/v1',
      kind: 'Thing',
      spec: { containers: [{ name: 'a' }], size: 1 },
    };
    const patch = { spec: { containers: [{ name: 'b' }], size: null } };
    expect(merged(patch, object).spec).toEqual({ containers: [{ name: 'b' }] });
  });

  it('adds what is missing alone under `+( )`', () => {
    expect(merged({ metadata: { labels: { '+(app)': 'other', '+(team)': 'red' } } }).metadata).toMatchObject({
      labels: { app: 'web', team: 'red' },
    });
  });

  it('changes the items that fit a condition, and nothing where a global one does not hold', () => {
    const pull = { spec: { containers: [{ '(image)': '*:*', imagePullPolicy: 'Always' }] } };
    expect(merged(pull)).toMatchObject({
      spec: { containers: [{ name: 'log', imagePullPolicy: 'Always' }, { name: 'web' }] },
    });
    const global = { spec: { '<(hostNetwork)': 'true', dnsPolicy: 'None' } };
    expect(preparedPatch(global, pod)).toEqual({});
    expect(preparedPatch({ metadata: { labels: { '(app)': 'api', tier: 'a' } } }, pod)).toEqual({});
  });
});

describe('JSON patch', () => {
  const document = { list: [1, 2, 3], map: { 'a/b': 1 } };
  it.each<[string, JsonObject, JsonObject]>([
    ['adds before', { op: 'add', path: '/list/1', value: 9 }, { list: [1, 9, 2, 3] }],
    ['adds behind', { op: 'add', path: '/list/-', value: 9 }, { list: [1, 2, 3, 9] }],
    ['counts from the end', { op: 'replace', path: '/list/-1', value: 9 }, { list: [1, 2, 9] }],
    ['reads escapes', { op: 'remove', path: '/map/a~1b' }, { map: {} }],
    ['makes what is missing', { op: 'add', path: '/new/0/x', value: 1 }, { new: [{ x: 1 }] }],
    ['moves', { op: 'move', from: '/map/a~1b', path: '/map/c' }, { map: { c: 1 } }],
    ['leaves out what is not there', { op: 'remove', path: '/nope' }, {}],
  ])('%s', (_, operation, changed) => {
    const options = { makesParents: true, allowsMissing: true };
    expect(applyJsonPatch(document, [operation], options)).toEqual({ ...document, ...changed });
  });
  it('says what cannot be done', () => {
    expect(() => applyJsonPatch(document, [{ op: 'remove', path: '/nope' }])).toThrow('missing path: /nope');
    expect(() => applyJsonPatch(document, [{ op: 'test', path: '/map/a~1b', value: 2 }])).toThrow('failed');
  });
});

describe('effects', () => {
  const subject = subjectOf(pod, 'shop');
  const match = { any: [{ resources: { kinds: ['Pod'] } }] };
  const policy = (rule: JsonObject) => ({
    kind: 'ClusterPolicy',
    spec: { rules: [{ name: 'one', match, ...rule }] },
  });

  it('name the places that a rule changes, and those in a template', () => {
    const rule = { mutate: { patchStrategicMerge: { metadata: { labels: { team: 'red' } } } } };
    expect(effectsOf(policy(rule), subject, environment)).toMatchObject([
      { rule: 'one', type: 'mutate', status: 'pass', what: ['metadata.labels.team'] },
    ]);
    expect(effectsOf(policy(rule), subjectOf(deployment, 'shop'), environment)).toMatchObject([
      { rule: 'autogen-one', status: 'pass', what: ['spec.template.metadata'] },
    ]);
  });

  it('go through the elements of a foreach, each of which sees what those before it changed', () => {
    const foreach = [
      {
        list: 'request.object.spec.containers',
        patchesJson6902:
          '- {op: add, path: "/spec/containers/{{elementIndex}}/image", value: "mirror/{{element.image}}"}',
      },
    ];
    expect(effectsOf(policy({ mutate: { foreach } }), subject, environment)).toMatchObject([
      { status: 'pass', what: ['spec.containers[0].image', 'spec.containers[1].image'] },
    ]);
  });

  it('are open where the cluster is asked', () => {
    const context = [{ name: 'answer', apiCall: { urlPath: '/x' } }];
    const mutate = { patchStrategicMerge: { metadata: { labels: { team: '{{answer}}' } } } };
    expect(effectsOf(policy({ context, mutate }), subject, environment)).toMatchObject([
      { status: 'unverified', what: [] },
    ]);
  });

  it('name what a rule makes, and what it copies', () => {
    const kind = { apiVersion: 'v1', kind: 'ConfigMap', namespace: '{{request.namespace}}', name: 'made' };
    const of = (generate: JsonObject) => effectsOf(policy({ generate }), subject, environment)[0];
    expect(of({ ...kind, data: { data: { a: 'b' } } })).toMatchObject({
      type: 'generate',
      status: 'pass',
      what: ['ConfigMap/shop/made'],
    });
    expect(of({ ...kind, clone: { namespace: 'base', name: 'source' } })?.what).toEqual([
      'ConfigMap/shop/made as a copy of base/source',
    ]);
    const cloneList = { kinds: ['v1/Secret'], namespace: 'base' };
    expect(of({ namespace: 'shop', cloneList })?.what).toEqual(['Secret/shop/* as a copy of base/*']);
  });

  it('of a MutatingPolicy are what its expressions make', () => {
    const spec = {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
        ],
      },
      mutations: [
        {
          patchType: 'ApplyConfiguration',
          applyConfiguration: {
            expression:
              "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'side', image: 'a'}]}}",
          },
        },
        {
          patchType: 'JSONPatch',
          jsonPatch: {
            expression:
              "[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('a/b'), value: string(size(object.spec.containers))}]",
          },
        },
      ],
    };
    const mutating = { kind: 'MutatingPolicy', metadata: { name: 'side' }, spec };
    expect(effectsOf(mutating, subject, environment)).toMatchObject([
      { rule: 'side', status: 'pass', what: ["metadata.labels['a/b']", 'spec.containers'] },
    ]);
    const onlyFirst = { ...mutating, spec: { ...spec, mutations: spec.mutations.slice(0, 1) } };
    expect(effectsOf(onlyFirst, subjectOf(deployment, 'shop'), environment)).toMatchObject([
      { rule: 'autogen-defaults', what: ['spec.template.spec.containers'] },
    ]);
  });

  it('of a cleanup policy are what it deletes when its time comes', () => {
    const cleanup = (schedule: string, conditions: JsonObject) => ({
      kind: 'ClusterCleanupPolicy',
      metadata: { name: 'old' },
      spec: { schedule, match, conditions },
    });
    const named = (name: string) => ({
      any: [{ key: '{{ target.metadata.name }}', operator: 'Equals', value: name }],
    });
    expect(effectsOf(cleanup('*/5 * * * *', named('web')), subject, environment)).toMatchObject([
      { type: 'cleanup', status: 'pass' },
    ]);
    expect(effectsOf(cleanup('@daily', named('other')), subject, environment)).toEqual([]);
    expect(effectsOf(cleanup('every day', named('web')), subject, environment)).toMatchObject([
      { status: 'error' },
    ]);
    for (const key of ['target.status.phase', 'target.metadata.ownerReferences || `[]`'])
      expect(
        effectsOf(
          cleanup('@daily', { any: [{ key: `{{ ${key} }}`, operator: 'Equals', value: 'Released' }] }),
          subject,
          environment,
        ),
      ).toMatchObject([{ status: 'unverified' }]);
  });
});

it('tells the places where two objects differ', () => {
  expect(changedPaths({ a: { 'b.c/d': 1, e: [1, 2] } }, { a: { 'b.c/d': 2, e: [1, 3] }, f: 1 })).toEqual([
    "a['b.c/d']",
    'a.e[1]',
    'f',
  ]);
});

it.each([
  ["object.status.phase == 'Failed'", 'unverified'],
  ["has(object.status) && object.status.phase == 'Failed'", 'unverified'],
  ['has(object.metadata.ownerReferences)', 'unverified'],
  ["object.metadata.name == 'other' && has(object.status)", undefined],
  ["object.metadata.name == 'web'", 'pass'],
])('leaves open what only the object in a cluster has: %s', (expression, status) => {
  const policy = {
    apiVersion: 'policies.kyverno.io/v1alpha1',
    kind: 'DeletingPolicy',
    metadata: { name: 'old' },
    spec: {
      schedule: '0 1 * * *',
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['pods'] }],
      },
      conditions: [{ name: 'old', expression }],
    },
  };
  expect(effectsOf(policy, subjectOf(pod, 'shop'), environment)[0]?.status).toBe(status);
});
