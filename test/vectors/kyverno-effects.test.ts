/** Policies of Kyverno's library that change and make objects, held to our evaluation. */
import { expect, it } from 'vitest';
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../plugins/base/index.ts';
import { type Effect, effectsOf } from '../../plugins/model/kyverno/evaluate/effects.ts';
import { subjectOf } from '../../plugins/model/kyverno/evaluate/subject.ts';
import type { Environment, Subject } from '../../plugins/model/kyverno/evaluate/types.ts';
import { hasKyvernoCases, runKyverno } from './kyverno-cases.ts';

it.for([
  ['cases-f.json', 51],
  ['cases-g.json', 6],
] as const)('says of the policies of %s what they change and make', ([file, count], { skip }) => {
  skip(!hasKyvernoCases(file), 'no such file here');
  const { ran, failures } = runKyverno<Case>(file, check, {}, ({ expected }) => expected.length);
  expect(failures).toEqual([]);
  expect(ran).toBe(count);
});

function check(one: Case): string[] {
  return one.expected.flatMap((row) => {
    // Four rows name a rule that their policy has not, which `kyverno test` lets pass.
    if (row.ruleMissing) return [];
    const resource = one.resources.find(
      (candidate) =>
        candidate.kind === row.resourceKind && textAt(candidate, 'metadata', 'name') === row.resourceName,
    );
    const effects = resource === undefined ? [] : effectsOf(one.policy, asSubject(resource), environmentOf(one));
    const own = effects.filter(({ rule }) => row.rule === undefined || rule.replace(/^autogen-(?:cronjob-)?/, '') === row.rule);
    // The test's file says what it is not to become: the engine changes it.
    const wanted: string = row.result === 'fail' ? 'pass' : row.result;
    const fits = own.some((effect) => effect.status === wanted && isMade(row, effect));
    return fits ? [] : [`${row.rule} ${row.resourceName}: expected ${wanted}, got ${JSON.stringify(own)}`];
  });
}

/** Of what is made, that it is an object of that name, which the row's rule can have one of. */
function isMade(row: Row, { type, what }: Effect): boolean {
  return type !== 'generate' || (row.generatedResource !== undefined && what.length === 1);
}

function asSubject(resource: JsonObject): Subject {
  const metadata = objectAt(resource, 'metadata');
  const isOfCluster = resource.kind === 'Namespace';
  const object = isOfCluster ? resource : { ...resource, metadata: { namespace: 'default', ...metadata } };
  return {
    ...subjectOf(object, isOfCluster ? null : (textAt(metadata, 'namespace') ?? 'default')),
    isBackground: true,
  };
}

function environmentOf(one: Case): Environment {
  const labels = listAt(one.values, 'namespaceSelector').filter(isObject);
  const policies = listAt(one.values, 'policies');
  const of = (list: string, test: (name: string | undefined) => boolean) =>
    policies.flatMap((policy) => listAt(policy, list)).filter((entry) => test(textAt(entry, 'name')));
  return {
    namespaceObject(name) {
      const found = labels.find((entry) => entry.name === name);
      return { metadata: { name, labels: objectAt(found, 'labels') } };
    },
    find: () => undefined,
    ofKind: () => [],
    stated: (_rule, subject) =>
      Object.assign(
        {},
        objectAt(one.values, 'globalValues'),
        ...of('rules', () => true).map((entry) => objectAt(entry, 'values')),
        ...of('resources', (name) => name === subject.name).map((entry) => objectAt(entry, 'values')),
      ) as JsonObject,
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
  result: string;
  generatedResource?: string;
  ruleMissing?: boolean;
}
