/** Whole policies in CEL, and of pod security: of Kyverno's library, held to our evaluation. */
import { expect, it } from 'vitest';
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../plugins/base/index.ts';
import { evaluatePolicy } from '../../plugins/model/kyverno/evaluate/evaluate-policy.ts';
import { evaluateWhole } from '../../plugins/model/kyverno/evaluate/rule-kinds.ts';
import { subjectOf } from '../../plugins/model/kyverno/evaluate/subject.ts';
import type { Environment, RuleResult, Subject } from '../../plugins/model/kyverno/evaluate/types.ts';
import { hasKyvernoCases, runKyverno } from './kyverno-cases.ts';

it.for([
  ['cases-d.json', 84],
  ['cases-e.json', 65],
  ['cases-p.json', 3],
] as const)('evaluates the policies of %s as Kyverno does', ([file, count], { skip }) => {
  skip(!hasKyvernoCases(file), 'no such file here');
  const { ran, failures } = runKyverno<Case>(file, check, {}, ({ expected }) => expected.length);
  expect(failures).toEqual([]);
  expect(ran).toBe(count);
});

it('leaves open what a policy asks the cluster for', ({ skip }) => {
  skip(!hasKyvernoCases('cases-i.json'), 'no such file here');
  const open = (one: Case) =>
    one.expected.flatMap((row) => {
      if (row.applies !== true) return [];
      const wrong = resultsOf(one, row).filter(({ status }) => status !== 'unverified' && status !== row.result);
      return wrong.map(({ status, message }) => `${row.resourceName}: ${status} (${message})`);
    });
  expect(runKyverno<Case>('cases-i.json', open).failures).toEqual([]);
});

function check(one: Case): string[] {
  return one.expected.flatMap((row) => {
    const results = resultsOf(one, row);
    const got = results.length === 0 ? 'none' : [...new Set(results.map(({ status }) => status))].join(', ');
    const said = results.map(({ message }) => message).join('; ');
    return got === row.result ? [] : [`${row.rule} ${row.resourceKind}/${row.resourceName}: expected ${row.result}, got ${got} (${said})`];
  });
}

/** What the rule that the row names says of the resource that it names. */
function resultsOf(one: Case, row: Row): RuleResult[] {
  const resource = one.resources.find(
    (candidate) =>
      candidate.kind === row.resourceKind &&
      textAt(candidate, 'metadata', 'name') === row.resourceName &&
      (row.namespace === undefined || (textAt(candidate, 'metadata', 'namespace') ?? 'default') === row.namespace),
  );
  if (resource === undefined) return [];
  const subject = asSubject(one, resource);
  if (one.policy.kind !== 'ValidatingPolicy') {
    const names = [row.engineRule, row.rule];
    return evaluatePolicy(one.policy, subject, environmentOf(one)).filter(({ rule }) => names.includes(rule));
  }
  const name = row.engineRule === undefined ? textAt(one.policy, 'metadata', 'name') : `autogen-${row.engineRule}`;
  const results = evaluateWhole('policies.kyverno.io/ValidatingPolicy', one.policy, subject, environmentOf(one));
  return (results ?? []).filter(({ rule }) => rule === name);
}

/** As `kyverno test` has it: what lies in no namespace lies in `default`. */
function asSubject(one: Case, resource: JsonObject): Subject {
  const isOfCluster = ofCluster.has(String(resource.kind));
  const metadata = objectAt(resource, 'metadata');
  const object = isOfCluster ? resource : { ...resource, metadata: { namespace: 'default', ...metadata } };
  const namespace = isOfCluster ? null : (textAt(metadata, 'namespace') ?? 'default');
  const subject = subjectOf(object, namespace);
  const stated = listAt(one.values, 'policies')
    .flatMap((policy) => listAt(policy, 'resources'))
    .find((entry) => textAt(entry, 'name') === subject.name);
  const operation = isObject(stated) ? objectAt(stated, 'values')['request.operation'] : undefined;
  return operation === 'UPDATE' ? { ...subject, operation } : subject;
}

const ofCluster = new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'PersistentVolume', 'StorageClass']);

function environmentOf(one: Case): Environment {
  const namespaces = listAt(one.values, 'namespaces').filter(isObject);
  return {
    namespaceObject: (name) =>
      namespaces.find((object) => textAt(object, 'metadata', 'name') === name) ?? { metadata: { name } },
    find: () => undefined,
    ofKind: () => [],
  };
}

interface Case {
  id: string;
  policy: JsonObject;
  resources: JsonObject[];
  expected: Row[];
  values?: JsonValue;
}

interface Row {
  rule?: string;
  resourceKind: string;
  resourceName: string;
  namespace?: string;
  result: string;
  applies?: boolean;
  engineRule?: string;
}
