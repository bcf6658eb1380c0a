import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { isObject } from '../../plugins/base/index.ts';
import { valuesOf } from '../../plugins/render/helm/engine-values.ts';
import { kustomizeValues } from '../../plugins/render/kustomize/kustomize-values.ts';

/** Two parsers of one text, which must agree on all that kustomize writes. */
test.each([
  [
    'scalars',
    'a: 0644\nb: 1_000\nc: yes\nd: "yes"\ne: ~\nf:\ng: 1e3\nh: .5\ni: 0x1F\nj: 12345678901234567890\nk: -0\n',
  ],
  ['keys', '"on": 1\n1: 2\n? long\n: value\n"": empty\n__proto__: {a: 1}\n'],
  [
    'texts',
    'a: |\n  one\n\n   two\nb: |-\n  x\nc: |+\n  x\n\nd: >\n  folded\n  text\n\n  more\ne: |2\n   indented\n',
  ],
  [
    'quotes',
    `a: "tab\\t\\u00e9\\x85 \\\n  joined"\nb: 'it''s'\nc: "two\n\n  lines"\nd: plain over\n  two lines\n`,
  ],
  ['what is empty', 'a: {}\nb: []\nc: ""\nd:\n- \n- {}\n'],
  ['nothing', ''],
  ['comments alone', '# nothing\n'],
  ['lists', 'a:\n- b: 1\n  c:\n  - d\n- - x\n  - y\n'],
  ['keys twice', 'a: 1\na: 2\n'],
  ['mappings twice', 'a: {b: 1}\na: {c: 2}\n'],
  ['aliases', 'a: &one {b: 1}\nc: *one\nd: {<<: *one, e: 2}\n'],
  ['tags', 'a: !!binary aGk=\nb: !!str 12\nc: ! 12\nd: !!int "3"\n'],
  ['what only looks like one', 'a: x &y\nb: "*"\nc: cat << EOF\nd: a != b\n'],
  ['a list alone', '- a\n'],
  ['a text alone', 'a\n'],
  ['no YAML', 'a: b: c\n'],
  ['what is open', 'a: [1\n'],
  ['tabs', 'a:\n\tb: 1\n'],
  ['depths', `${Array.from({ length: 250 }, (_, depth) => `${'  '.repeat(depth)}a:\n`).join('')}`],
])('reads %s as the other parser does', (_, text) => {
  expect(JSON.stringify(kustomizeValues(text))).toBe(JSON.stringify(valuesOf(text)?.filter(isObject)));
});

test('reads whatever is written as it was', () => {
  const written = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<object>);
  fc.assert(
    fc.property(written, (value) => {
      const text = stringify(value, { version: '1.1', aliasDuplicateObjects: false });
      expect(JSON.stringify(kustomizeValues(text))).toBe(JSON.stringify(valuesOf(text)?.filter(isObject)));
    }),
    { numRuns: 200 },
  );
});
