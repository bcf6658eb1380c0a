import { expect, test } from 'vitest';
import { counted, didYouMean, firstOf, inCode, pluralOf } from '../../plugins/base/index.ts';

test('one is singular, and none and many are plural', () => {
  expect(counted(0, 'page')).toBe('0 pages');
  expect(counted(1, 'page')).toBe('1 page');
  expect(counted(2, 'cell differs', 'cells differ')).toBe('2 cells differ');
  expect(counted(1, 'cell differs', 'cells differ')).toBe('1 cell differs');
});

test.each([
  ['NetworkPolicy', 'NetworkPolicies'],
  ['Gateway', 'Gateways'],
  ['Ingress', 'Ingresses'],
  ['Patch', 'Patches'],
  ['box', 'boxes'],
  ['mesh', 'meshes'],
  ['service', 'services'],
])('the plural of %s is %s', (one, many) => {
  expect(pluralOf(one)).toBe(many);
});

test('a list ends with how many are left out', () => {
  expect(firstOf(['a', 'b', 'c'], 3)).toBe('a, b, c');
  expect(firstOf(['a', 'b', 'c', 'd'], 3)).toBe('a, b, c and 1 more');
  expect(firstOf([], 3)).toBe('');
});

test('what is near is asked for, and nothing where nothing is', () => {
  expect(inCode('a')).toBe('`a`');
  expect(didYouMean(['a', 'b'])).toBe('did you mean `a` or `b`?');
  expect(didYouMean([])).toBe('');
});
