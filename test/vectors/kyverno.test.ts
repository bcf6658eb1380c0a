import { expect, it } from 'vitest';
import type { JsonValue } from '../../plugins/base/index.ts';
import { leafMatches } from '../../plugins/model/kyverno/evaluate/leaf.ts';
import { compareBy } from '../../plugins/model/kyverno/evaluate/operators.ts';
import { matchPattern } from '../../plugins/model/kyverno/evaluate/pattern.ts';
import { wildcard } from '../../plugins/model/kyverno/wildcard.ts';
import { checkGoPolicy, checkMatch, type GoCase, type MatchCase } from './kyverno-parts.ts';
import { hasKyvernoCases, kyvernoCases, runKyverno } from './kyverno-cases.ts';
import { checkExpected, checkPolicy, type PolicyCase } from './kyverno-policies.ts';

it('matches values and objects against patterns as Kyverno does', () => {
  const { failures, ran } = runKyverno<PatternCase>('pattern-vectors.json', checkPattern, {
    'compareString/Test_compareString#16': 'asks for the text of a float64, which a number of JSON has not',
  });
  expect(failures).toEqual([]);
  expect(ran).toBe(635);
});

it('compares keys and values of conditions as Kyverno does', () => {
  const { failures, ran } = runKyverno<ConditionCase>('condition-vectors.json', (one) =>
    same(one.expected, compareBy(one.operator, one.key, one.value)),
    { 'condition/TestEqualHandler_Evaluate#94': 'compares structs of Go, which no JSON is' },
  );
  expect(failures).toEqual([]);
  expect(ran).toBe(433);
});

it.for(['a', 'b', 'c'])('evaluates whole policies of class %s as Kyverno does', (name, { skip }) => {
  const file = `cases-${name}.json`;
  skip(!hasKyvernoCases(file), 'no such file here');
  const rowsOf = ({ engineResults = [] }: PolicyCase): number => engineResults.length;
  expect(runKyverno<PolicyCase>(file, checkPolicy, {}, rowsOf).failures).toEqual([]);
  expect(kyvernoCases<PolicyCase>(file).flatMap(checkExpected)).toEqual([]);
});

it('evaluates what only a cluster knows where somebody states it', ({ skip }) => {
  skip(!hasKyvernoCases('cases-i.json'), 'no such file here');
  const rowsOf = ({ expected }: PolicyCase): number => expected.filter(({ engine }) => engine).length;
  expect(runKyverno<PolicyCase>('cases-i.json', checkExpected, {}, rowsOf).failures).toEqual([]);
});

it('matches and excludes as Kyverno does', () => {
  const { failures, ran } = runKyverno<MatchCase>('match-vectors.json', checkMatch);
  expect(failures).toEqual([]);
  expect(ran).toBe(96);
});

it('answers for the policies of the tests of Kyverno as they ask', () => {
  const { failures, ran } = runKyverno<GoCase>('go-policy-vectors.json', checkGoPolicy, {
    Test_foreach_context_preconditions_fail: 'reads a ConfigMap that no manifest declares, and a cluster may have',
  });
  expect(failures).toEqual([]);
  expect(ran).toBe(26);
});

function checkPattern({ kind, pattern, value, resource, ...one }: PatternCase): string[] {
  const wanted = one.leafOnly === true ? one.expectedPublic : one.expected;
  if (kind === 'wildcard') return same(wanted, wildcard(String(pattern), String(value)));
  if (kind === 'value') return same(wanted, leafMatches(value, pattern));
  const outcome = matchPattern(resource ?? null, pattern);
  const path = 'path' in outcome && outcome.path ? `/${outcome.path.map((part) => `${part}/`).join('')}` : '';
  return [...same(one.status, outcome.status), ...same(one.path, path)];
}

function same(expected: unknown, actual: unknown): string[] {
  const [left, right] = [JSON.stringify(expected), JSON.stringify(actual)];
  return left === right ? [] : [`expected ${left}, got ${right}`];
}

interface PatternCase {
  id: string;
  kind: 'value' | 'resource' | 'wildcard';
  pattern: JsonValue;
  value?: JsonValue;
  resource?: JsonValue;
  expected: boolean;
  expectedPublic?: boolean;
  leafOnly?: boolean;
  status?: string;
  path?: string;
}
interface ConditionCase {
  id: string;
  operator: string;
  key: JsonValue;
  value: JsonValue;
  expected: boolean | null;
}
