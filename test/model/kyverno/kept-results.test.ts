import { expect, test } from 'vitest';
import { takeSteps, withinSteps } from '../../../plugins/base/index.ts';
import type { Environment } from '../../../plugins/model/kyverno/evaluate/types.ts';
import { keptResults } from '../../../plugins/model/kyverno/kept-results.ts';
import type { Resource } from '../../../plugins/model/types.ts';

const nothing: Environment = { namespaceObject: () => undefined, find: () => undefined, ofKind: () => [] };

/** A policy and a resource, and how often they were held to each other. */
function pair(evaluate: (environment: Environment) => string) {
  const [policy, resource] = [{}, {}] as Resource[];
  let times = 0;
  const ask = (environment: Environment, other = resource) =>
    keptResults(policy as Resource, other as Resource, environment, (seen) => {
      times += 1;
      return [{ rule: 'r', status: 'pass', message: evaluate(seen) }];
    }).map(({ message }) => message);
  return { ask, times: () => times };
}

test('what a policy says is kept while the cluster answers the same to all that it was asked', () => {
  const { ask, times } = pair((seen) =>
    JSON.stringify([
      seen.namespaceObject('shop'),
      seen.labelsGiven?.('shop'),
      seen.find('', 'ConfigMap', 'shop', 'a'),
      seen.ofKind('kyverno.io', 'PolicyException'),
    ]),
  );
  const { ask: other } = pair(() => '');
  const worlds: Environment[] = [
    nothing,
    { ...nothing, namespaceObject: (name) => ({ name }) },
    { ...nothing, labelsGiven: () => ({ team: 'a' }) },
    { ...nothing, find: (_group, _kind, _namespace, name) => ({ name }) },
    { ...nothing, ofKind: (_group, kind) => [{ kind }] },
  ];
  const answers = worlds.map((world) => {
    const answer = ask(world);
    expect(ask({ ...world })).toEqual(answer);
    return String(answer);
  });
  expect(times()).toBe(worlds.length);
  expect(new Set(answers).size).toBe(worlds.length);
  // What was not asked may be otherwise; another resource is another.
  expect([other(nothing), other(worlds[1] as Environment)]).toEqual([[''], ['']]);
  ask(worlds[4] as Environment, {} as Resource);
  expect(times()).toBe(worlds.length + 1);
});

test('what is kept takes the steps that it took, and what was cut short is not kept', () => {
  const { ask, times } = pair(() => (takeSteps(100) ? 'whole' : 'cut'));
  const steps = (room: number) => withinSteps(room, () => ask(nothing));
  expect(steps(50)).toMatchObject({ isWhole: false });
  expect(steps(1000)).toMatchObject({ value: ['whole'], steps: 100, isWhole: true });
  expect(times()).toBe(2);
  expect(steps(1000)).toMatchObject({ value: ['whole'], steps: 100, isWhole: true });
  expect(steps(100)).toMatchObject({ isWhole: false });
  expect(times()).toBe(2);
});
