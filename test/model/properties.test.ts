import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gobwas, pathMatch } from '../../plugins/model/argocd/projects/gobwas-glob.ts';
import { kindOrder, phaseOrder, sortTasks, steps, type Task } from '../../plugins/model/argocd/sync/order.ts';
import { wildcard } from '../../plugins/model/kyverno/wildcard.ts';
import { runs } from '../fuzz.ts';

const task = fc.record({
  phase: fc.constantFrom(...phaseOrder),
  wave: fc.integer({ min: -3, max: 3 }),
  group: fc.constantFrom('', 'apps', 'x.io'),
  kind: fc.constantFrom(...kindOrder.slice(0, 12), 'Widget', 'Gadget'),
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  namespace: fc.constantFrom('a', 'b', 'c'),
});

describe('order', () => {
  it('is a permutation', () => {
    fc.assert(
      fc.property(fc.array(task, { maxLength: 60 }), (tasks) => {
        const key = (one: Task) => `${one.group}/${one.kind}/${one.namespace}/${one.name}`;
        expect(sortTasks(tasks).map(key).sort()).toEqual(tasks.map(key).sort());
      }),
    );
  });

  it('never goes back in phase and wave', () => {
    fc.assert(
      fc.property(fc.array(task, { maxLength: 60 }), (tasks) => {
        const sorted = sortTasks(tasks);
        const rank = (one: Task) => phaseOrder.indexOf(one.phase) * 100 + one.wave;
        for (const [index, one] of sorted.entries()) {
          const before = sorted[index - 1];
          if (before) expect(rank(before)).toBeLessThanOrEqual(rank(one));
        }
        expect(steps(sorted).flat()).toEqual(sorted);
      }),
    );
  });

  it('puts a Namespace before everything in it that came first', () => {
    fc.assert(
      fc.property(fc.array(task, { maxLength: 40 }), (tasks) => {
        const others = tasks.filter(
          ({ kind }) => kind !== 'Namespace' && kind !== 'CustomResourceDefinition',
        );
        const namespace = {
          phase: 'Sync',
          wave: 2,
          group: '',
          kind: 'Namespace',
          name: 'a',
          namespace: 'z',
        } satisfies Task;
        const sorted = sortTasks([...others, namespace]);
        const first = sorted.findIndex((one) => one.namespace === 'a');
        const own = sorted.findIndex((one) => one.kind === 'Namespace');
        if (first >= 0) expect(own).toBeLessThan(first);
      }),
    );
  });
});

/** A slow, plain reading of `*` and `?`. */
function plainly(pattern: string, value: string): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return value === '';
  const tail = rest.join('');
  if (head === '*') return plainly(tail, value) || (value !== '' && plainly(pattern, value.slice(1)));
  return value !== '' && (head === '?' || head === value[0]) && plainly(tail, value.slice(1));
}

describe('globs', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?'), maxLength: 8 });

  it('agree with a plain reading where all languages are the same', () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, value) => {
        const expected = plainly(pattern, value);
        expect(gobwas(pattern)(value)).toBe(expected);
        expect(pathMatch(pattern)(value)).toBe(expected);
        expect(wildcard(pattern, value)).toBe(expected);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('differ where they do', () => {
    expect(gobwas('a*')('a/b')).toBe(true);
    expect(gobwas('a*', '/')('a/b')).toBe(false);
    expect(gobwas('a**', '/')('a/b')).toBe(true);
    expect(pathMatch('a/**')('a/b/c')).toBe(false);
    expect(gobwas('{a,b{1,2}}')('b2')).toBe(true);
    expect(pathMatch('{a,b}')('a')).toBe(false);
  });

  it('never throw and never take long', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (pattern, value) => {
        gobwas(pattern)(value);
        pathMatch(pattern)(value);
      }),
    );
    gobwas('*a'.repeat(200))('a'.repeat(2000));
    gobwas('{'.repeat(10_000))('a');
  });
});
