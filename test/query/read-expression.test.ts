import { describe, expect, it } from 'vitest';
import { readExpression } from '../../plugins/query/index.ts';

const partsOf = (expression: string) => readExpression(expression).parts.map(({ text }) => text);
const comparisonOf = (expression: string) => readExpression(expression).parts[0]?.comparison;

describe('what an expression speaks of', () => {
  it('falls apart at its outermost &&', () => {
    expect(partsOf(`kind == 'A && B' && (x && y) && glob(file, "a") `)).toEqual([
      `kind == 'A && B'`,
      '(x && y)',
      'glob(file, "a")',
    ]);
    expect(partsOf('a && b || c')).toEqual(['a && b || c']);
    expect(partsOf('((a || b)) && namespace != null')).toEqual(['((a || b))', 'namespace != null']);
    expect(readExpression('a && b').parts[1]).toEqual({ text: 'b', offset: 5, comparison: null });
  });

  it('compares a field with a literal, from either side', () => {
    expect(comparisonOf(`spec.x == "a b"`)).toEqual({
      field: { path: ['spec', 'x'], text: 'spec.x' },
      operator: '==',
      literal: 'a b',
    });
    expect(comparisonOf(`'a' == namespace`)).toMatchObject({ field: { text: 'namespace' }, literal: 'a' });
    expect(comparisonOf('2.5 <= wave')).toMatchObject({ operator: '>=', literal: 2.5 });
    expect(comparisonOf('name == kind')).toBeNull();
    expect(comparisonOf('labels.size() == 0')).toBeNull();
  });

  it.each([
    ['wave < 0', ['wave']],
    [`labels['a/b'] == 'wave' && spec.x[0].y > 1`, ["labels['a/b']", 'spec.x[0].y']],
    ['has(spec.hostnames) && spec.hostnames.size() > 0', ['spec.hostnames', 'spec.hostnames']],
    [`name.startsWith("x") || glob(file, 'K8s/*')`, ['name', 'file']],
    ['labels.?owner.orValue("") != ""', ['labels.?owner']],
    ['spec.rules.all(r, r.name != "x") && data.exists(k, k == "y") && r', ['spec.rules', 'data', 'r']],
    ['cel.bind(n, wave + 1, n > 0) && optional.of(name).hasValue()', ['wave', 'name']],
    ['(metadata).name == labels[namespace].x', ['metadata.name', 'labels', 'namespace']],
    ['[kind, {name: -wave}] == (waveSet ? [] : spec)', ['kind', 'name', 'wave', 'waveSet', 'spec']],
    ['name ==', []],
  ])('%s reads %j', (expression, fields) => {
    expect(readExpression(expression).fields.map(({ text }) => text)).toEqual(fields);
  });

  it('calls functions with texts, and asks for a part of what they give', () => {
    const { calls, texts } = readExpression(
      `application('web').spec['x/y'][0] + resource('Pod/' + name).kind + 'z'`,
    );
    expect(calls).toEqual([
      { name: 'application', texts: ['web'], path: ['spec', 'x/y', 0] },
      { name: 'resource', texts: [], path: ['kind'] },
    ]);
    expect(texts).toEqual(['web', 'Pod/', 'z']);
  });

  it('is its text alone where it does not parse', () => {
    expect(readExpression(' a && (b ')).toEqual({
      fields: [],
      parts: [{ text: 'a && (b', offset: 1, comparison: null }],
      calls: [],
      texts: [],
    });
  });
});
