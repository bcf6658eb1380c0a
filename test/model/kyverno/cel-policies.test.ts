/** Policies in CEL: Kyverno's own, and Kubernetes' with their bindings. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../plugins/base/index.ts';
import { requestVariables } from '../../../plugins/model/kyverno/evaluate/context.ts';
import { evaluateRule, evaluateWhole } from '../../../plugins/model/kyverno/evaluate/rule-kinds.ts';
import type { Environment, Subject } from '../../../plugins/model/kyverno/evaluate/types.ts';

const pod = subjectOf('', 'v1', 'Pod', { spec: { containers: [{ name: 'web', image: 'nginx' }] } });
const deployment = subjectOf('apps', 'v1', 'Deployment', {
  metadata: { namespace: 'shop' },
  spec: { replicas: 3, template: { spec: { containers: [{ name: 'web', image: 'nginx:1' }] } } },
});

function subjectOf(group: string, version: string, kind: string, object: JsonObject): Subject {
  return {
    ...{ group, version, kind, object, namespace: 'shop', name: 'web', labels: {}, annotations: {} },
    operation: 'CREATE',
  };
}

function environmentOf(objects: JsonObject[] = [], namespaces: Record<string, JsonObject> = {}): Environment {
  return {
    namespaceObject: (name) => namespaces[name],
    find: () => undefined,
    ofKind: (_, kind) => objects.filter((one) => one.kind === kind),
  };
}

describe('validate.cel', () => {
  const judged = (cel: JsonObject, more: JsonObject = {}, environment = environmentOf()) =>
    evaluateRule({
      policy: {},
      rule: { validate: { cel }, ...more },
      subject: pod,
      environment,
      variables: requestVariables(pod, {}),
    });

  it('works out variables when they are asked for, each from those before it', () => {
    const variables = [
      { name: 'containers', expression: 'object.spec.containers' },
      { name: 'broken', expression: 'object.spec.nope' },
      { name: 'tagged', expression: "variables.containers.filter(c, c.image.contains(':'))" },
    ];
    const expressions = [
      {
        expression: 'variables.tagged.size() == 1',
        messageExpression: "'tag ' + variables.containers[0].name",
      },
    ];
    expect(judged({ variables, expressions })).toEqual({ status: 'fail', message: 'tag web' });
  });

  it('fails on an error, as the API server does with a failure policy of Fail', () => {
    const verdict = judged({ expressions: [{ expression: 'object.spec.nope == 1' }] });
    expect(verdict).toMatchObject({ status: 'fail', message: expect.stringContaining('resulted in error') });
  });

  it('skips where a precondition does not hold, and leaves open what hangs on who asks', () => {
    const expressions = [{ expression: 'false' }];
    const of = (expression: string) =>
      judged({ expressions }, { celPreconditions: [{ name: 'one', expression }] })?.status;
    expect(of("object.kind == 'Job' || object.spec.containers.size() == 2")).toBe('fail');
    expect(of('object.spec.containers.size() == 2')).toBe('skip');
    expect(of("request.userInfo.username == 'ada'")).toBe('unverified');
  });

  it('asks the Namespace only where a manifest declares it', () => {
    const cel = { expressions: [{ expression: "namespaceObject.metadata.labels.tier == 'gold'" }] };
    expect(judged(cel)?.status).toBe('unverified');
    const declared = environmentOf([], { shop: { metadata: { labels: { tier: 'gold' } } } });
    expect(judged(cel, {}, declared)?.status).toBe('pass');
  });

  it('takes its parameters from manifests', () => {
    const cel = {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      paramRef: { name: 'limits', namespace: 'shop' },
      expressions: [{ expression: "params.data.image == 'nginx'" }],
    };
    expect(judged(cel)?.status).toBe('unverified');
    const limits = {
      kind: 'ConfigMap',
      metadata: { name: 'limits', namespace: 'shop' },
      data: { image: 'nginx' },
    };
    expect(judged(cel, {}, environmentOf([limits]))?.status).toBe('pass');
  });
});

describe('ValidatingPolicy', () => {
  const spec = {
    matchConstraints: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
    },
    validations: [
      { expression: "object.spec.containers.all(c, c.image.contains(':'))", message: 'give a tag' },
    ],
  };
  const rows = (subject: Subject, more: JsonObject = {}, environment = environmentOf()) =>
    evaluateWhole(
      'policies.kyverno.io/ValidatingPolicy',
      { kind: 'ValidatingPolicy', metadata: { name: 'tags' }, spec: { ...spec, ...more } },
      subject,
      environment,
    );

  it('is asked of Pods, and rewritten of what makes them', () => {
    expect(rows(pod)).toEqual([{ rule: 'tags', status: 'fail', message: 'give a tag' }]);
    expect(rows(deployment)).toEqual([{ rule: 'autogen-defaults', status: 'pass', message: '' }]);
    expect(rows(deployment, { autogen: { podControllers: { controllers: ['jobs'] } } })).toEqual([]);
    expect(rows(pod, { evaluation: { mode: 'JSON' } })).toEqual([]);
  });

  it('keeps the namespace of the workload where the rest moves to its template', () => {
    const validations = [{ expression: "object.metadata.namespace == 'shop'" }];
    expect(rows(deployment, { validations })?.[0]?.status).toBe('pass');
  });

  it('is kept from what an exception names', () => {
    const exception = (matchConditions: JsonObject[]) =>
      environmentOf([
        {
          kind: 'PolicyException',
          metadata: { name: 'old-web' },
          spec: { policyRefs: [{ name: 'tags', kind: 'ValidatingPolicy' }], matchConditions },
        },
      ]);
    const one = (expression: string) => rows(pod, {}, exception([{ name: 'one', expression }]))?.[0]?.status;
    expect(one("object.spec.containers[0].name == 'web'")).toBe('skip');
    expect(one("object.spec.containers[0].name == 'api'")).toBe('fail');
    expect(one("request.userInfo.username == 'ada'")).toBe('unverified');
  });
});

describe('ValidatingAdmissionPolicy', () => {
  const policy = {
    metadata: { name: 'replicas' },
    spec: {
      paramKind: { apiVersion: 'rules.example.com/v1', kind: 'ReplicaLimit' },
      matchConstraints: {
        resourceRules: [
          { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
        ],
      },
      validations: [{ expression: 'params == null || object.spec.replicas <= params.max' }],
    },
  };
  const binding = (name: string, spec: JsonObject) => ({
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: 'replicas', validationActions: ['Deny'], ...spec },
  });
  const limit = { kind: 'ReplicaLimit', metadata: { name: 'small' }, max: 2 };
  const rows = (objects: JsonObject[], of: JsonObject = policy, namespaces = {}) =>
    evaluateWhole(
      'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
      of,
      deployment,
      environmentOf(objects, namespaces),
    );

  it('does nothing without a binding', () => {
    expect(rows([limit])).toEqual([]);
    expect(rows([binding('other', { policyName: 'else' })])).toEqual([]);
  });

  it('has a row for each binding, with its parameters', () => {
    const found = rows([limit, binding('strict', { paramRef: { name: 'small' } }), binding('free', {})]);
    expect(found).toMatchObject([
      {
        rule: 'strict',
        status: 'fail',
        message: 'failed expression: params == null || object.spec.replicas <= params.max',
      },
      { rule: 'free', status: 'pass' },
    ]);
    expect(rows([binding('strict', { paramRef: { name: 'small' } })])?.[0]?.status).toBe('unverified');
  });

  it('acts where its binding selects', () => {
    const of = (matchLabels: JsonObject, namespaces = {}) =>
      rows([binding('gold', { matchResources: { namespaceSelector: { matchLabels } } })], policy, namespaces);
    expect(of({ 'kubernetes.io/metadata.name': 'shop' })?.[0]?.status).toBe('pass');
    expect(of({ 'kubernetes.io/metadata.name': 'bank' })).toEqual([]);
    expect(of({ tier: 'gold' })?.[0]?.status).toBe('unverified');
    expect(of({ tier: 'gold' }, { shop: { metadata: { labels: { tier: 'gold' } } } })?.[0]?.status).toBe(
      'pass',
    );
  });

  it('says of another version of what it names that only the cluster knows whether it is served', () => {
    const [rule] = policy.spec.matchConstraints.resourceRules;
    const beta = (more: JsonObject) => ({
      ...policy,
      spec: {
        ...policy.spec,
        matchConstraints: { resourceRules: [{ ...rule, apiVersions: ['v1beta2'] }], ...more },
      },
    });
    expect(rows([binding('free', {})], beta({}))?.[0]?.status).toBe('unverified');
    expect(rows([binding('free', {})], beta({ matchPolicy: 'Exact' }))).toEqual([]);
  });
});
