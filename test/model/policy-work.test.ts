import { expect, test } from 'vitest';
import { withinSteps } from '../../plugins/base/index.ts';
import type { NotingContext } from '../../plugins/model/context.ts';
import type { Resource } from '../../plugins/model/index.ts';
import { buildPolicies } from '../../plugins/model/kyverno/build-policies.ts';
import { environmentsOf } from '../../plugins/model/kyverno/environment.ts';
import { wildcard } from '../../plugins/model/kyverno/wildcard.ts';
import { indexResources } from '../../plugins/model/resource-index.ts';
import type { Unverified } from '../../plugins/source/index.ts';

const place = { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
const resource = (group: string, kind: string, name: string, spec = {}) =>
  ({
    ...{
      id: `${kind}/${name}`,
      group,
      version: 'v1',
      kind,
      name,
      namespace: null,
      labels: {},
      annotations: {},
    },
    ...{ rendered: { kind, spec }, origin: { ...place, document: 0, via: [] } },
  }) as unknown as Resource;
const policy = (name: string, count: number, pattern: string) =>
  resource('kyverno.io', 'ClusterPolicy', name, {
    rules: Array.from({ length: count }, (_, index) => ({
      name: `rule-${index}`,
      match: { any: [{ resources: { kinds: ['ConfigMap'], names: [pattern] } }] },
      validate: { message: 'a' },
    })),
  });

test('rules are held to resources as far as a run has steps, the smallest policies first; the others are told', () => {
  const configs = Array.from({ length: 50 }, (_, index) => resource('', 'ConfigMap', `config-${index}`));
  const resources = [policy('many', 9, '*a*b'), policy('small', 1, 'config-?'), ...configs];
  const built = (steps: number) => {
    const unverified: Unverified[] = [];
    const context = { lookup: indexResources(resources), locate: () => place, unverified };
    const built = context as unknown as NotingContext;
    const policies = buildPolicies(
      resources,
      environmentsOf(built, () => ''),
      built,
      steps,
    );
    return { unverified, matches: policies.map(({ rules }) => rules.map(({ matches }) => matches.length)) };
  };
  expect(built(1000)).toEqual({ unverified: [], matches: [Array(9).fill(0), [10]] });
  const left = built(200);
  expect(left.matches).toEqual([Array(9).fill(0), [10]]);
  expect(left.unverified).toMatchObject([
    { kind: 'partial', what: 'what ClusterPolicy/many matches', object: { name: 'many' }, fields: ['*'] },
  ]);
});

test('a wildcard takes as many turns as the value has characters, but for what it tries again', () => {
  const { value, steps, isWhole } = withinSteps(100, () => wildcard(`${'*a'.repeat(50)}b`, 'a'.repeat(2000)));
  expect({ value, isWhole }).toEqual({ value: false, isWhole: true });
  expect(steps).toBeLessThan(30);
  expect([
    wildcard('c?', 'c😀'),
    wildcard('c??', 'c😀'),
    wildcard('*😀', 'c😀'),
    wildcard('c*', 'C'),
  ]).toEqual([...[true, false, true, false]]);
  expect(withinSteps(1, () => wildcard(`*${'a'.repeat(500)}b`, 'a'.repeat(1000))).isWhole).toBe(false);
});
