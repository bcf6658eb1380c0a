import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createQuery, type QueryResult } from '../../plugins/query/index.ts';
import { runs, shareOfDay } from '../fuzz.ts';
import { application, platform, resource } from '../views/platform.ts';

const text = 'a'.repeat(100_000);
const configuration = (index: number) =>
  resource({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `settings-${index}`, namespace: 'shop', labels: { number: String(index) } },
    data: { text: index === 0 ? text : `text ${index}` },
  });
const resources = Array.from({ length: 2000 }, (_, index) => configuration(index));
const applications = [application('shop', { project: 'shop' })];
const query = createQuery(platform({ resources, applications }));
/** Enough rows for whatever an expression may do, and few enough to try many of them. */
const small = createQuery(platform({ resources: resources.slice(0, 40), applications }));

/** Unbounded, each of these would take minutes, hours or all memory; bounded, a second. */
const hostile: [string, string][] = [
  ['comparing the whole model for each resource', 'resources.all(r, resources == resources)'],
  ['looking for each resource among all', 'resources.all(a, resources.all(b, a in resources))'],
  ['a list of the list of all, three times', 'resources.map(a, resources.map(b, resources)).size()'],
  ['a value that holds the model many times', 'resources.map(a, resources)'],
  ['a small value that is huge written out', `${nested('[a, a, a, a]')} ${'x'.repeat(20)}${')'.repeat(20)}`],
  [
    'comparing such values',
    `${nested('[a, a, a, a]')} ${'x'.repeat(20)} == ${'x'.repeat(20)}${')'.repeat(20)}`,
  ],
  ['a large body in a loop', `resources.all(a, resources.all(b, ${'1 + '.repeat(900)}1 > 0))`],
  ['joining long texts', "resources.map(r, resources[0].data.text).join('')"],
  ['splitting a long text again and again', "resources.all(r, resources[0].data.text.split('').size() > 1)"],
  [
    'searching a long text for a long text',
    "resources.all(r, !resources[0].data.text.contains('b' + resources[0].data.text))",
  ],
  [
    'new patterns for each',
    "resources.all(a, resources.all(b, !a.name.matches(b.name + '(x{30}){30}' + a.name)))",
  ],
  ['a large pattern on a long text', "resources.all(r, !resources[0].data.text.matches('(a|aa|aaa){300}b'))"],
  ['patterns of nothing', "resources.all(r, r.name.matches('(((((){9}){9}){9}){9})' + r.name))"],
  ['patterns that are none', "resources.all(a, resources.all(b, a.name.matches('(' + b.name)))"],
  ['a glob on a long text', "resources.all(r, !glob(resources[0].data.text, '{a,aa,aaa,*a*a*a*a*a*a*}b'))"],
  [
    'names that are none',
    "resources.all(a, resources.all(b, resource('ConfigMap/' + a.name + 'x').wave == 0))",
  ],
  [
    'hours in time zones',
    "resources.all(a, resources.all(b, timestamp('2020-01-01T00:00:00Z').getHours('Europe/Berlin') >= 0))",
  ],
  [
    'a literal in itself',
    `${'[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0].all(a, '.repeat(12)}true${')'.repeat(12)}`,
  ],
];

/** Twenty bindings, each of which holds the one before by its name `a`. */
function nested(value: string): string {
  return Array.from({ length: 20 }, (_, index) => {
    const before = index === 0 ? "'x'" : value.replaceAll('a', 'x'.repeat(index));
    return `cel.bind(${'x'.repeat(index + 1)}, ${before}, `;
  }).join('');
}

const { chosen, name: shareName } = shareOfDay(hostile, 6);

describe('no expression runs away', () => {
  test(`a sixth of what would run away is tried: ${chosen.length} of ${hostile.length} (${shareName})`, () => {
    expect(chosen.length).toBeGreaterThanOrEqual(3);
  });

  test.each(chosen)('%s', (_, expression) => {
    expect(failure(query.value(expression)).reason).toBe('limit');
  });

  test('a row by itself has less than all rows together', () => {
    const list = `[${Array.from({ length: 300 }, () => '0').join(',')}]`;
    const expression = `${list}.all(a, ${list}.all(b, a == b))`;
    const [subject] = query.subjects('resource');
    if (!subject) throw new Error('no subject');
    expect(failure(query.evaluate(expression, subject)).reason).toBe('limit');
    expect(failure(query.test(expression, subject)).reason).toBe('limit');
    expect(query.evaluate(`${list}.all(a, a == 0)`, subject)).toEqual({ ok: true, value: true });
  });

  test('the budget is each query’s own: what was asked before changes nothing', () => {
    const costly = 'resources.filter(a, resources.all(b, a.name != "")).size()';
    const plain = "resources.filter(r, glob(r.name, 'settings-1*')).size()";
    const first = [query.value(plain), query.value(costly), query.value(plain), query.value(costly)];
    expect(first[2]).toEqual(first[0]);
    expect(first[3]).toEqual(first[1]);
    expect(first[0]).toEqual({ ok: true, value: 1111 });
  });

  test('what people write has room', () => {
    for (const expression of [
      "name.matches('^settings-[0-9]+$') && glob(file, 'K8s/**') && labels.number in ['1', '2', '3']",
      "data.text.contains('text') || data.text.size() > 10",
      "labels == {'number': '7'}",
      "data.text.split(' ').exists(word, word == '1999')",
    ])
      expect(query.select(expression).ok, expression).toBe(true);
    expect(query.value('resources.map(r, r.name).join().size() > 0')).toEqual({ ok: true, value: true });
    expect(query.value('resources.filter(r, r.name in resources.map(s, s.name)[0]).size()').ok).toBe(false);
  });

  test('whatever is written ends in a value or an error with its place', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        for (const result of [small.value(expression), small.select(expression)]) {
          if (result.ok) continue;
          const { error } = result;
          expect(['syntax', 'unknown', 'absent', 'missing', 'type', 'limit']).toContain(error.reason);
          expect(error.message).not.toMatch(/undefined|\[object|_matches|namespac_|dyn|overload|[$?][a-z]/);
          expect(error.offset).toBeGreaterThanOrEqual(0);
          expect(error.offset + error.length).toBeLessThanOrEqual(expression.length);
        }
      }),
      { numRuns: runs(400) },
    );
  });
});

/** Expressions that mostly make sense: names, literals, operators, methods and loops in each other. */
const { expression: expressions } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  return {
    expression: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      fc.constantFrom(
        'name',
        'namespace',
        'wave',
        'labels',
        'spec',
        'resources',
        'applications',
        'x',
        'data.text',
      ),
      fc.constantFrom(
        '1',
        '-2',
        '1.5',
        "'a'",
        "'settings-1'",
        'true',
        'null',
        '[]',
        '{}',
        "['a', 1]",
        // No `$`: a message that quotes a value must not look as if it told of a name inside the engine.
        "r'(a+)+b'",
      ),
      fc
        .tuple(inner, fc.constantFrom('+', '-', '==', '!=', '<', 'in', '&&', '||', '*', '/', '%', '='), inner)
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      fc
        .tuple(inner, fc.constantFrom('all', 'exists', 'exists_one', 'map', 'filter'), inner)
        .map(([list, macro, body]) => `${list}.${macro}(x, ${body})`),
      fc
        .tuple(
          inner,
          fc.constantFrom('size', 'matches', 'split', 'join', 'contains', 'startsWith', 'orValue', 'sise'),
          inner,
        )
        .map(([receiver, method, argument]) => `${receiver}.${method}(${method === 'size' ? '' : argument})`),
      fc
        .tuple(
          fc.constantFrom('size', 'string', 'int', 'has', 'resource', 'application', 'glob', 'type'),
          inner,
        )
        .map(([name, argument]) => `${name}(${argument})`),
      fc
        .tuple(inner, fc.constantFrom('.name', '.?name', '[0]', "['a']", '[?0]', '.spec.x'))
        .map((parts) => parts.join('')),
      fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
      fc.tuple(inner, inner).map(([value, body]) => `cel.bind(x, ${value}, ${body})`),
    ),
  };
});

function failure(result: QueryResult<unknown>) {
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value).slice(0, 200)}`);
  return result.error;
}
