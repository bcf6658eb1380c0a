import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRe2, globTest, PatternError } from '../../plugins/base/index.ts';
import { runs } from '../fuzz.ts';

const atom = fc.constantFrom('a', 'b', '[ab]', '[^a]', '\\d', '\\w', 'é', '\\.', '😀');
const repeat = fc.constantFrom('*', '+', '?', '{2}', '{0,3}', '{2,}', '*?', '+?');

/** Patterns of which RE2 and JavaScript say the same; repeated is what `inner` gives. */
function patterns(inner: (any: fc.Arbitrary<string>) => fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(atom, fc.constant('\\b')),
      fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
      fc.tuple(tie('any'), tie('any')).map(([left, right]) => `(?:${left}|${right})`),
      fc.tuple(inner(tie('any')), repeat).map(([one, how]) => `(?:${one})${how}`),
    ),
  })).any;
}
const pattern = patterns((any) => any);
const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'é', '.', '\n', '😀'), maxLength: 10 });

describe('matches', () => {
  test('are found where JavaScript finds some', () => {
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        const re2 = compileRe2(source);
        expect(re2.finds(value)).toBe(new RegExp(source, 'u').test(value));
        expect(re2.matches(value)).toBe(new RegExp(`^(?:${source})$`, 'u').test(value));
      }),
      { numRuns: runs(2000) },
    );
  });

  test('begin and end where JavaScript’s do, which knows no turn of a loop that is empty', () => {
    fc.assert(
      fc.property(
        patterns(() => atom),
        text,
        (source, value) => {
          const places: number[][] = [];
          for (const match of value.matchAll(new RegExp(source, 'gu'))) {
            const end = match.index + match[0].length;
            // What is empty and right behind another is none in Go.
            if (match[0] !== '' || places.at(-1)?.[1] !== end) places.push([match.index, end]);
          }
          expect([...compileRe2(source).all(value)].map(({ start, end }) => [start, end])).toEqual(places);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  test('come with their groups, and an empty one right behind another is none', () => {
    const re2 = compileRe2('(?P<letter>[a-z])?(\\d*)');
    expect(re2.names.get('letter')).toBe(1);
    const found: unknown[] = [];
    for (const { start, end, group } of re2.all('ab1-2'))
      found.push([start, end, group(1), group(2), group(3)]);
    expect(found).toEqual([
      [0, 1, 'a', '', null],
      [1, 3, 'b', '1', null],
      [4, 5, null, '2', null],
    ]);
  });
});

describe('a pattern', () => {
  test('is never built larger than asked for', () => {
    fc.assert(
      fc.property(pattern, fc.integer({ min: 5, max: 200 }), (source, limit) => {
        const large = `(?:${source}){7}(?:[[:alpha:]]\\Qa.b\\E\\pL(?P<x>${source})){3,9}`;
        try {
          expect(compileRe2(large, limit).size).toBeLessThanOrEqual(limit);
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError);
          expect(String(error)).toContain('expression too large');
        }
      }),
      { numRuns: runs(500) },
    );
    expect(compileRe2('^[a-z]{1,63}(\\.[a-z]{1,63}){0,5}$').size).toBeLessThan(1000);
  });

  test.each([
    ['(a', false, 'missing closing ): `(a`'],
    ['a)', false, 'unexpected ): `a)`'],
    ['a**', false, 'invalid nested repetition operator: `**`'],
    ['x(?=y)', false, 'invalid or unsupported Perl syntax: `(?=`'],
    ['\\', false, 'trailing backslash at end of expression: ``'],
    ['(?:abcde){1000}', true, 'expression too large: `(?:abcde){1000}`'],
    ['(?P<n>a)(?P<n>b)', true, 'duplicate capture group name: `n`'],
  ])('%s is refused in Go’s words', (source, isUnsupported, words) => {
    const refused = expect(() => compileRe2(source));
    refused.toThrow(expect.objectContaining({ message: `error parsing regexp: ${words}`, isUnsupported }));
  });
});

test('a glob’s set leaves out what it may not take', () => {
  const slash = globTest([{ type: 'class', not: false, ranges: [['+', '9']], except: ['/', '5'] }]);
  expect([...'*+./0459:'].filter(slash)).toEqual(['+', '.', '0', '4', '9']);
  const none = globTest([{ type: 'class', not: false, ranges: [], except: [] }]);
  expect(['', 'a', '\n'].filter(none)).toEqual([]);
  const others = globTest([{ type: 'class', not: true, ranges: [['a', 'b']], except: ['/'] }]);
  expect([...'ab/c^\n'].filter(others)).toEqual(['c', '^', '\n']);
});
