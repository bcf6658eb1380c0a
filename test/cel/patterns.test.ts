import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRe2 } from '../../plugins/base/index.ts';
import { compilePathGlob } from '../../plugins/cel/path-glob.ts';
import { runs } from '../fuzz.ts';

describe('globs', () => {
  test.each<[string, string[], string[]]>([
    [
      'K8s/*/governance/namespace.yaml',
      ['K8s/a/governance/namespace.yaml'],
      ['K8s/a/b/governance/namespace.yaml', 'K8s/governance/namespace.yaml'],
    ],
    ['K8s/**', ['K8s/a', 'K8s/a/b.yaml'], ['K8s', 'IT/K8s/a']],
    ['K8s/**/x.yaml', ['K8s/x.yaml', 'K8s/a/x.yaml', 'K8s/a/b/x.yaml'], ['K8s/ax.yaml', 'x.yaml']],
    ['**/x.yaml', ['x.yaml', 'a/b/x.yaml'], ['ax.yaml']],
    ['{IT,K8s/{a,b}}/*', ['IT/x', 'K8s/a/x', 'K8s/b/x'], ['K8s/c/x', 'K8s/x']],
    ['team-?', ['team-a'], ['team-', 'team-ab', 'team-/']],
    ['[a-c]x[!0-9]', ['axb', 'cx-'], ['dxb', 'ax1', 'ax/']],
    ['a\\*b', ['a*b'], ['axb']],
    ['a.b', ['a.b'], ['axb']],
    ['', [''], ['a']],
    ['*', ['', 'a'], ['a/b']],
    ['😀?', ['😀😀'], ['😀']],
  ])('%s', (pattern, yes, no) => {
    const { matches } = compilePathGlob(pattern);
    for (const text of yes) expect(matches(text), text).toBe(true);
    for (const text of no) expect(matches(text), text).toBe(false);
  });
  test.each(['{a', '[a', 'a\\', '{a,{b}'])('%s does not parse', (pattern) => {
    expect(() => compilePathGlob(pattern)).toThrow();
  });
});

describe('regular expressions', () => {
  test.each<[string, string, boolean]>([
    ['^a.c$', 'abc', true],
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['(?i)ABC', 'xabcx', true],
    ['a.c', 'a\nc', false],
    ['(?s)a.c', 'a\nc', true],
    ['^\\d{2,3}$', '12', true],
    ['^\\d{2,3}$', '1234', false],
    ['\\bfoo\\b', 'a foo b', true],
    ['\\bfoo\\b', 'afoob', false],
    ['^[[:alpha:]_-]+$', 'a_b-c', true],
    ['^[^]a]$', 'b', true],
    ['^(a|b)*$', '', true],
    ['\\x41\\.', 'A.', true],
    ['^(?P<x>a)(?:b)+?$', 'abb', true],
    ['^a{,2}$', 'a{,2}', true],
    ['', 'anything', true],
    ['^\\p{L}+$', 'é', true],
    ['(?m)^b$', 'a\nb\nc', true],
    ['^b$', 'a\nb\nc', false],
    ['a(?i)B', 'ab', true],
  ])('%s on %j', (pattern, text, expected) => {
    expect(compileRe2(pattern).finds(text)).toBe(expected);
  });
  test.each([
    '(a)\\1',
    '(?=a)',
    '(?<!a)b',
    'a**',
    '(',
    ')',
    '[a',
    '[z-a]',
    '*',
    'a{3,2}',
    '\\',
    'a{2000}',
    '((a{100}){100}){100}',
  ])('%s is refused', (pattern) => {
    expect(() => compileRe2(pattern)).toThrow();
  });
  test('agrees with JavaScript where both know the syntax', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', 'é');
    const pattern = fc.letrec((tie) => ({
      expression: fc.oneof({ depthSize: 'small' }, atom, tie('sequence'), tie('choice'), tie('repeat')),
      sequence: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
      choice: fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(?:${a}|${b})`),
      repeat: fc
        .tuple(tie('expression'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '*?'))
        .map(([a, how]) => `(?:${a})${how}`),
    })).expression as fc.Arbitrary<string>;
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'é', '\n'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (inner, value, anchored) => {
        const whole = anchored ? `^(?:${inner})$` : inner;
        expect(compileRe2(whole).finds(value)).toBe(new RegExp(whole.replaceAll('.', '[^\\n]')).test(value));
      }),
      { numRuns: runs(2000) },
    );
  });
});
