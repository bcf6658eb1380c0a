/** The results of a small platform: of policies in CEL, of pod security, and of what changes before. */
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../plugins/base/index.ts';
import type { NotingContext } from '../../../plugins/model/context.ts';
import type { Resource } from '../../../plugins/model/index.ts';
import { buildPolicies } from '../../../plugins/model/kyverno/build-policies.ts';
import { environmentsOf } from '../../../plugins/model/kyverno/environment.ts';
import { subjectOf } from '../../../plugins/model/kyverno/evaluate/subject.ts';
import { buildPolicyResults } from '../../../plugins/model/kyverno/policy-results.ts';
import { indexResources } from '../../../plugins/model/resource-index.ts';
import type { SourceFile } from '../../../plugins/source/index.ts';

const place = { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };

function resource(
  apiVersion: string,
  kind: string,
  name: string,
  more: JsonObject,
  namespace: string | null,
): Resource {
  const rendered = {
    apiVersion,
    kind,
    ...more,
    metadata: { name, ...(more.metadata as JsonObject | undefined) },
  };
  const { group, version, labels, annotations } = subjectOf(rendered, namespace);
  return {
    ...{ id: `${kind}/${name}`, group, version, kind, name, namespace, labels, annotations, rendered },
    ...{ source: 'file', deployer: null, origin: { ...place, document: 0, via: [] } },
  } as unknown as Resource;
}

const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };
const tagged = "object.spec.containers.all(c, c.image.contains(':'))";
const match = { any: [{ resources: { kinds: ['Pod'] } }] };
const container = (image: string, securityContext: JsonObject = {}) => ({
  containers: [{ name: 'web', image, securityContext }],
});

function rows(...policies: Resource[]): string[] {
  return rowsBeside([], ...policies);
}

/** @param files kustomizations beside them. */
function rowsBeside(files: SourceFile[], ...policies: Resource[]): string[] {
  const all = [
    ...policies,
    resource('v1', 'Pod', 'plain', { spec: container('nginx') }, 'shop'),
    resource('v1', 'Pod', 'rooted', { spec: container('nginx:1', { privileged: true }) }, 'shop'),
    resource('apps/v1', 'Deployment', 'web', { spec: { template: { spec: container('nginx') } } }, 'shop'),
  ];
  const context = {
    lookup: indexResources(all),
    locate: () => place,
    sources: { files: new Map(files.map((file) => [file.path, file])) },
    unverified: [],
  } as unknown as NotingContext;
  const clusterOf = () => 'here';
  const environmentOf = environmentsOf(context, clusterOf);
  const built = buildPolicies(all, environmentOf, context);
  const results = buildPolicyResults(built, clusterOf, environmentOf, [], context);
  return results.map(({ rule, resource, result, action }) => `${rule} ${resource}: ${result}, ${action}`);
}

it('has what a ValidatingPolicy says, of workloads too', () => {
  const spec = {
    matchConstraints: { resourceRules: [pods] },
    validations: [{ expression: tagged }],
    validationActions: ['Audit'],
  };
  expect(rows(resource('policies.kyverno.io/v1', 'ValidatingPolicy', 'tags', { spec }, null))).toEqual([
    'autogen-defaults Deployment/web: fail, Audit',
    'tags Pod/plain: fail, Audit',
    'tags Pod/rooted: pass, Audit',
  ]);
});

it('has what Kubernetes’ own policies say through their bindings, with the actions of these', () => {
  const group = 'admissionregistration.k8s.io/v1';
  const spec = { matchConstraints: { resourceRules: [pods] }, validations: [{ expression: tagged }] };
  const policy = resource(group, 'ValidatingAdmissionPolicy', 'tags', { spec }, null);
  const binding = (name: string, action: string) =>
    resource(
      group,
      'ValidatingAdmissionPolicyBinding',
      name,
      { spec: { policyName: 'tags', validationActions: [action] } },
      null,
    );
  expect(rows(policy)).toEqual([]);
  expect(rows(policy, binding('strict', 'Deny'), binding('soft', 'Warn'))).toEqual([
    'soft Pod/plain: fail, Warn',
    'strict Pod/plain: fail, Enforce',
    'soft Pod/rooted: pass, Warn',
    'strict Pod/rooted: pass, Enforce',
  ]);
});

it('has one row a rule and resource, also of a binding that two folders declare', () => {
  const group = 'admissionregistration.k8s.io/v1';
  const spec = { matchConstraints: { resourceRules: [pods] }, validations: [{ expression: tagged }] };
  const policy = resource(group, 'ValidatingAdmissionPolicy', 'tags', { spec }, null);
  const declared = (folder: string, action: string) => ({
    ...resource(
      group,
      'ValidatingAdmissionPolicyBinding',
      'all',
      { spec: { policyName: 'tags', validationActions: [action] } },
      null,
    ),
    id: `ValidatingAdmissionPolicyBinding/all@${folder}`,
  });
  expect(rows(policy, declared('staging', 'Deny'), declared('production', 'Deny'))).toEqual([
    'all Pod/plain: fail, Enforce',
    'all Pod/rooted: pass, Enforce',
  ]);
  expect(rows(policy, declared('staging', 'Deny'), declared('production', 'Audit'))).toEqual([
    'all Pod/plain: unverified, Enforce',
    'all Pod/rooted: unverified, Enforce',
  ]);
});

it('has what the Pod Security Standards say', () => {
  const rules = [
    { name: 'baseline', match, validate: { podSecurity: { level: 'baseline', version: 'latest' } } },
  ];
  const spec = { validationFailureAction: 'Enforce', rules };
  expect(rows(resource('kyverno.io/v1', 'ClusterPolicy', 'pods', { spec }, null))).toEqual([
    'autogen-baseline Deployment/web: pass, Enforce',
    'baseline Pod/plain: pass, Enforce',
    'baseline Pod/rooted: fail, Enforce',
  ]);
});

it('leaves out the controls that an exception names, for the images and values that it names', () => {
  const rules = [
    { name: 'baseline', match, validate: { podSecurity: { level: 'baseline', version: 'latest' } } },
  ];
  const policy = resource('kyverno.io/v1', 'ClusterPolicy', 'pods', { spec: { rules } }, null);
  const rooted = (control: JsonObject) => {
    const exceptions = [{ policyName: 'pods', ruleNames: ['baseline'] }];
    const spec = { exceptions, match, podSecurity: [control] };
    const all = rows(policy, resource('kyverno.io/v2', 'PolicyException', 'rooted', { spec }, 'shop'));
    return all.find((row) => row.includes('rooted'));
  };
  const control = { controlName: 'Privileged Containers', images: ['nginx*'] };
  const restrictedField = 'spec.containers[*].securityContext.privileged';
  expect(rooted(control)).toBe('baseline Pod/rooted: skip, Audit');
  expect(rooted({ ...control, restrictedField, values: ['true'] })).toBe('baseline Pod/rooted: skip, Audit');
  expect(rooted({ ...control, restrictedField, values: ['false'] })).toBe('baseline Pod/rooted: fail, Audit');
  expect(rooted({ ...control, images: ['redis*'] })).toBe('baseline Pod/rooted: fail, Audit');
  expect(rooted({ controlName: 'Host Ports', images: ['nginx*'] })).toBe('baseline Pod/rooted: fail, Audit');
});

it('judges objects as they are after the policies that change them, and says what these change', () => {
  const spec = { matchConstraints: { resourceRules: [pods] }, validations: [{ expression: tagged }] };
  const judging = resource('policies.kyverno.io/v1', 'ValidatingPolicy', 'tags', { spec }, null);
  const changing = (tag: string) => {
    const patchStrategicMerge = { spec: { containers: [{ '(image)': '!*:*', image: `nginx:${tag}` }] } };
    const rules = [
      {
        name: 'pin',
        match,
        mutate: { patchStrategicMerge },
        ...(tag === '1' ? {} : { context: [{ name: 'asked', apiCall: { urlPath: '/x' } }] }),
      },
    ];
    return resource('kyverno.io/v1', 'ClusterPolicy', 'pin', { spec: { rules } }, null);
  };
  expect(rows(judging, changing('1'))).toEqual([
    'autogen-pin Deployment/web: pass, Mutate',
    'pin Pod/plain: pass, Mutate',
    'pin Pod/rooted: skip, Mutate',
    'autogen-defaults Deployment/web: pass, Enforce',
    'tags Pod/plain: pass, Enforce',
    'tags Pod/rooted: pass, Enforce',
  ]);
  expect(rows(judging, changing('{{asked}}'))).toContain('pin Pod/plain: unverified, Mutate');
  expect(rows(judging, changing('{{asked}}'))).toContain('tags Pod/plain: unverified, Enforce');
});

it('has what the labels of a Namespace say of the Pods in it', () => {
  const labels = {
    'pod-security.kubernetes.io/enforce': 'baseline',
    'pod-security.kubernetes.io/warn': 'none',
  };
  expect(rows(resource('v1', 'Namespace', 'shop', { metadata: { labels } }, null))).toEqual([
    'enforce Deployment/web: pass, Enforce',
    'enforce Pod/plain: pass, Enforce',
    'enforce Pod/rooted: fail, Enforce',
  ]);
});

it('leaves open what lies in a registry, of the images that a rule looks at', () => {
  const rule = (name: string, images: string) => ({
    name,
    match,
    verifyImages: [{ imageReferences: [images], attestors: [] }],
  });
  const spec = {
    validationFailureAction: 'Enforce',
    rules: [rule('signed', '*/nginx:1*'), rule('other', 'ghcr.io/*')],
  };
  expect(rows(resource('kyverno.io/v1', 'ClusterPolicy', 'images', { spec }, null))).toEqual([
    'signed Pod/rooted: unverified, Enforce',
  ]);
  const expressions = { matchConstraints: { resourceRules: [pods] }, validations: [] };
  expect(
    rows(resource('policies.kyverno.io/v1', 'ImageValidatingPolicy', 'signed', { spec: expressions }, null)),
  ).toContain('signed Pod/plain: unverified, Enforce');
});

it('leaves open what a GeneratingPolicy makes, and says what a MutatingAdmissionPolicy changes by its binding', () => {
  const matchConstraints = { resourceRules: [pods] };
  const named = [{ name: 'plain', expression: "object.metadata.name == 'plain'" }];
  const generating = {
    matchConstraints,
    matchConditions: named,
    generate: [{ expression: 'generator.Apply()' }],
  };
  expect(
    rows(resource('policies.kyverno.io/v1', 'GeneratingPolicy', 'make', { spec: generating }, null)),
  ).toEqual(['make Pod/plain: unverified, Generate', 'make Pod/rooted: skip, Generate']);
  const group = 'admissionregistration.k8s.io/v1';
  const expression = '[JSONPatch{op: "add", path: "/spec/hostUsers", value: false}]';
  const spec = {
    matchConstraints,
    matchConditions: named,
    mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }],
  };
  const policy = resource(group, 'MutatingAdmissionPolicy', 'users', { spec }, null);
  expect(rows(policy)).toEqual([]);
  const binding = resource(
    group,
    'MutatingAdmissionPolicyBinding',
    'all',
    { spec: { policyName: 'users' } },
    null,
  );
  expect(rows(policy, binding)).toEqual(['all Pod/plain: pass, Mutate', 'all Pod/rooted: skip, Mutate']);
});

it('enforces only what the conditions of a webhook bring before it', () => {
  const rules = [{ name: 'none', match, validate: { deny: {} } }];
  const policy = (expression: string) => {
    const webhookConfiguration = { matchConditions: [{ name: 'some', expression }] };
    const spec = { validationFailureAction: 'Enforce', rules, webhookConfiguration };
    return resource('kyverno.io/v1', 'ClusterPolicy', 'none', { spec }, null);
  };
  const ofPods = (expression: string) => rows(policy(expression)).filter((row) => row.includes('Pod/'));
  expect(ofPods("object.metadata.name == 'plain'")).toEqual([
    'none Pod/plain: fail, Enforce',
    'none Pod/rooted: fail, Audit',
  ]);
  expect(ofPods("request.userInfo.username == 'root'")).toEqual([
    'none Pod/plain: unverified, Enforce',
    'none Pod/rooted: unverified, Enforce',
  ]);
});

it('holds nothing against a rule with a placeholder that a later step fills in, but for one in its message', () => {
  const ofPods = (image: string, more: JsonObject = {}) => {
    const validate = { ...more, pattern: { spec: { containers: [{ image }] } } };
    const spec = { validationFailureAction: 'Enforce', rules: [{ name: 'own', match, validate }] };
    return rows(resource('kyverno.io/v1', 'ClusterPolicy', 'own', { spec }, null));
  };
  const verdicts = (result: string) => [
    `own Pod/plain: ${result}, Enforce`,
    `own Pod/rooted: ${result}, Enforce`,
    `autogen-own Deployment/web: ${result}, Enforce`,
  ];
  expect(ofPods('registry.example/*').sort()).toEqual(verdicts('fail').sort());
  expect(ofPods('${REGISTRY}/*').sort()).toEqual(verdicts('unverified').sort());
  expect(ofPods('registry.example/*', { message: 'not of ${REGISTRY}' }).sort()).toEqual(
    verdicts('fail').sort(),
  );
});

it('judges nothing in the namespace that Kyverno is installed in, unless its chart is told to', () => {
  const spec = { rules: [{ name: 'none', match, validate: { deny: {} } }] };
  const policy = resource('kyverno.io/v1', 'ClusterPolicy', 'none', { spec }, null);
  const release = (more: JsonObject) =>
    resource('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'kyverno', { spec: more }, 'shop');
  const chart = { spec: { chart: 'kyverno' } };
  const exclude = (excludeKyvernoNamespace: boolean) => ({ config: { excludeKyvernoNamespace } });
  expect(rows(policy, release({ chart }))).toEqual([]);
  expect(rows(policy, release({ chart, values: exclude(false) }))).toHaveLength(3);
  expect(rows(policy, release({ chart, targetNamespace: 'policies' }))).toHaveLength(3);
  const url = (of: string) =>
    resource(
      'source.toolkit.fluxcd.io/v1',
      'OCIRepository',
      'policies',
      { spec: { url: `oci://ghcr.io/kyverno/charts/${of}` } },
      'shop',
    );
  const chartRef = { kind: 'OCIRepository', name: 'policies' };
  expect(rows(policy, release({ chartRef }), url('kyverno'))).toEqual([]);
  expect(rows(policy, release({ chartRef }), url('kyverno-policies'))).toHaveLength(3);
  const application = (namespace: string) =>
    resource(
      'argoproj.io/v1alpha1',
      'Application',
      'kyverno',
      { spec: { source: { chart: 'kyverno' }, destination: { namespace } } },
      'argocd',
    );
  expect(rows(policy, application('shop'))).toEqual([]);
  expect(rows(policy, application('kyverno'))).toHaveLength(3);
  // A kustomization inflates it, and says where to, or who deploys that.
  const inflated = (value: JsonObject, entry: JsonObject = {}) => {
    const all = { ...value, helmCharts: [{ name: 'kyverno', ...entry }] };
    return [
      { path: 'apps/kyverno/kustomization.yaml', role: 'kustomization', documents: [{ value: all }] },
    ] as unknown as SourceFile[];
  };
  const deployed = (path: string) => {
    const more = { spec: { source: { path }, destination: { namespace: 'shop' } } };
    return resource('argoproj.io/v1alpha1', 'Application', 'own', more, 'argocd');
  };
  expect(rowsBeside(inflated({ namespace: 'shop' }, { namespace: 'other' }), policy)).toEqual([]);
  expect(rowsBeside(inflated({}, { namespace: 'shop' }), policy)).toEqual([]);
  expect(rowsBeside(inflated({}, { namespace: 'shop', valuesInline: exclude(false) }), policy)).toHaveLength(
    3,
  );
  expect(rowsBeside(inflated({}), policy, deployed('./apps/kyverno/'))).toEqual([]);
  expect(rowsBeside(inflated({}), policy, deployed('apps/other'))).toHaveLength(3);
});
