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

  it('moves what others need as two plain scans would', () => {
    const definition = fc.record({
      phase: fc.constantFrom(...phaseOrder),
      wave: fc.integer({ min: -2, max: 2 }),
      group: fc.constant('apiextensions.k8s.io'),
      kind: fc.constant('CustomResourceDefinition'),
      name: fc.constantFrom('a', 'b'),
      namespace: fc.constantFrom('a', 'b', 'c'),
      defines: fc.record({ group: fc.constant('x.io'), kind: fc.constantFrom('Widget', 'Gadget') }),
    });
    const namespace = task.map((one): Task => ({ ...one, group: '', kind: 'Namespace' }));
    const any: fc.Arbitrary<Task> = fc
      .tuple(fc.oneof(task, namespace, definition), fc.boolean())
      .map(([one, prune]) => ({ ...one, prune: prune && one.wave === 2 }));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 25 }), (tasks) => {
        const named = tasks.map((one, index) => ({ ...one, name: `${one.name}${index}`, own: one.name }));
        const isNamespace = (one: Task) => one.group === '' && one.kind === 'Namespace';
        // Names are made unique, as of two equal tasks either may come first.
        const unique = named.filter(
          (one, index) =>
            !isNamespace(one) ||
            named.findIndex((other) => isNamespace(other) && other.own === one.own) === index,
        );
        const given = unique.map(({ own, ...one }) => (isNamespace(one) ? { ...one, name: own } : one));
        expect(sortTasks(given)).toEqual(scanned(given));
      }),
    );
  });
});

/** The two scans over an array, as slow as they read. */
function scanned(tasks: readonly Task[]): Task[] {
  const list = sortTasks(tasks.map((one) => ({ ...one, prune: true }))).map(
    (sorted) => tasks.find((one) => one.name === sorted.name && one.kind === sorted.kind) ?? sorted,
  );
  const definedBy = ({ defines }: Task) => (defines ? `${defines.group}/${defines.kind}` : null);
  const namedBy = (one: Task) => (one.group === '' && one.kind === 'Namespace' ? one.name : null);
  scan(list, namedBy, (one) => one.namespace ?? '');
  scan(list, definedBy, (one) => `${one.group}/${one.kind}`);
  return list;
}

function scan(list: Task[], provides: (one: Task) => string | null, needs: (one: Task) => string): void {
  for (let index = 0; index < list.length; index += 1) {
    const own = list[index];
    const key = own === undefined || own.prune === true ? null : provides(own);
    const first = list.findIndex(
      (one, before) => before < index && one.prune !== true && provides(one) === null && needs(one) === key,
    );
    const user = list[first];
    if (own === undefined || key === null || user === undefined) continue;
    list.splice(index, 1);
    list.splice(first, 0, { ...own, phase: user.phase, wave: user.wave });
  }
}

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
