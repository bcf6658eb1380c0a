/** Whole policies of Kyverno's library held to our evaluation, as `kyverno test` would run them. */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../plugins/base/index.ts';
import { evaluatePolicy } from '../../plugins/model/kyverno/evaluate/evaluate-policy.ts';
import { subjectOf } from '../../plugins/model/kyverno/evaluate/subject.ts';
import type { Environment, RuleResult, Subject } from '../../plugins/model/kyverno/evaluate/types.ts';

/** Every row that the engine yields, of every resource, and no other. */
export function checkPolicy({ engineResults = [], ...one }: PolicyCase): string[] {
  const rows = one.resources.flatMap((resource) => resultsOf(one, resource).map((row) => rowOf(resource, row)));
  const wanted = engineResults.map(
    (row) => `${row.rule} ${row.resourceKind}/${row.namespace ?? ''}/${row.resourceName}: ${row.result}`,
  );
  const [left, right] = [counted(wanted), counted(rows)];
  return [
    ...[...left].filter((row) => !right.has(row)).map((row) => `lacks ${row}`),
    ...[...right].filter((row) => !left.has(row)).map((row) => `has also ${row}`),
  ];
}

/** The rows that the case names, where it says what the engine yields. */
export function checkExpected(one: PolicyCase): string[] {
  return one.expected.flatMap((row) => {
    if (row.engine === undefined) return [];
    const resources = one.resources.filter(
      (resource) =>
        resource.kind === row.resourceKind &&
        textAt(resource, 'metadata', 'name') === row.resourceName &&
        (row.namespace === undefined || textAt(resource, 'metadata', 'namespace') === row.namespace),
    );
    const names = [row.engineRule, row.autogenRuleName, row.rule];
    const found = resources.flatMap((resource) =>
      resultsOf(one, resource).filter(({ rule }) => names.includes(rule)),
    );
    const got = found.length === 0 ? 'none' : [...new Set(found.map(({ status }) => status))].join(', ');
    const message = found.map((result) => result.message).join('; ');
    return got === row.engine
      ? []
      : [`${row.rule} ${row.resourceKind}/${row.resourceName}: expected ${row.engine}, got ${got} (${message})`];
  });
}

function resultsOf(one: PolicyCase, resource: JsonObject): RuleResult[] {
  const namespace = textAt(resource, 'metadata', 'namespace') ?? null;
  const subject: Subject = { ...subjectOf(resource, namespace), isBackground: one.userInfo === undefined };
  const stated = objectAt(one.values, 'globalValues');
  const operation = statedFor(one, '', subject)['request.operation'] ?? stated['request.operation'];
  if (typeof operation === 'string') subject.operation = operation as Subject['operation'];
  if (isObject(one.userInfo)) {
    subject.user = objectAt(one.userInfo, 'userInfo');
    subject.request = { userInfo: subject.user };
  }
  return evaluatePolicy(one.policy, subject, environmentOf(one));
}

function environmentOf(one: PolicyCase): Environment {
  const labels = listAt(one.values, 'namespaceSelector').filter(isObject);
  return {
    namespaceObject(name) {
      const found = labels.find((entry) => entry.name === name);
      return { metadata: { name, labels: objectAt(found, 'labels') } };
    },
    find: () => undefined,
    ofKind: (group, kind) =>
      (one.exceptions ?? []).filter(
        (object) => object.kind === kind && (textAt(object, 'apiVersion') ?? '').startsWith(`${group}/`),
      ),
    stated: (rule, subject) => statedFor(one, rule, subject),
  };
}

function statedFor(one: PolicyCase, rule: string, subject: Subject): JsonObject {
  const policies = listAt(one.values, 'policies').filter(isObject);
  const ofPolicy = policies.filter(({ name }) => name === textAt(one.policy, 'metadata', 'name'));
  const named = (list: string, name: string) =>
    ofPolicy.flatMap((policy) => listAt(policy, list)).filter((entry) => isObject(entry) && entry.name === name);
  const base = rule.replace(/^autogen-(?:cronjob-)?/, '');
  return Object.assign(
    {},
    objectAt(one.values, 'globalValues'),
    ...named('rules', base).map((entry) => objectAt(entry, 'values')),
    ...named('resources', subject.name).map((entry) => objectAt(entry, 'values')),
  ) as JsonObject;
}

function rowOf(resource: JsonObject, { rule, status }: RuleResult): string {
  const namespace = textAt(resource, 'metadata', 'namespace') ?? '';
  return `${rule} ${textAt(resource, 'kind')}/${namespace}/${textAt(resource, 'metadata', 'name')}: ${status}`;
}

/** Rows as texts, repetitions numbered. */
function counted(rows: readonly string[]): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    rows.map((row) => {
      const count = (seen.get(row) ?? 0) + 1;
      seen.set(row, count);
      return count === 1 ? row : `${row} (${count})`;
    }),
  );
}

export interface PolicyCase {
  id: string;
  policy: JsonObject;
  resources: JsonObject[];
  expected: Row[];
  engineResults?: Row[];
  values?: JsonValue;
  userInfo?: JsonValue;
  exceptions?: JsonObject[];
}

interface Row {
  rule?: string;
  resourceKind: string;
  resourceName: string;
  namespace?: string;
  result: string;
  engine?: string;
  engineRule?: string;
  autogenRuleName?: string;
}
