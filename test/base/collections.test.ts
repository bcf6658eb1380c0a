import { expect, test } from 'vitest';
import { addTo, createNumbering, digestOf, textsAt, uniqueBy } from '../../plugins/base/index.ts';

test('of those with the same key the first stays, in its place', () => {
  const items = [
    { key: 'b', from: 1 },
    { key: 'a', from: 2 },
    { key: 'b', from: 3 },
  ];
  expect(uniqueBy(items, ({ key }) => key).map(({ from }) => from)).toEqual([1, 2]);
});

test('a list of a map is begun and gone on with', () => {
  const lists = new Map<string, number[]>();
  addTo(lists, 'a', 1);
  addTo(lists, 'b', 2);
  addTo(lists, 'a', 3);
  expect([...lists]).toEqual([
    ['a', [1, 3]],
    ['b', [2]],
  ]);
});

test('what comes again is numbered from two on, each key by itself', () => {
  const own = createNumbering();
  expect(['a', 'b', 'a', 'a'].map(own)).toEqual(['a', 'b', 'a-2', 'a-3']);
  expect(createNumbering('~')('a')).toBe('a');
  const other = createNumbering('~');
  expect(['a', 'a'].map(other)).toEqual(['a', 'a~2']);
});

test('a digest is SHA-256 in hexadecimal digits', () => {
  const whole = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(digestOf('abc')).toBe(whole);
  expect(digestOf(Buffer.from('abc'), 16)).toBe(whole.slice(0, 16));
});

test('of a list only the strings count, and what is no list has none', () => {
  expect(textsAt({ list: ['a', 1, null, 'b', ['c']] }, 'list')).toEqual(['a', 'b']);
  expect(textsAt({ list: 'a' }, 'list')).toEqual([]);
  expect(textsAt(null, 'list')).toEqual([]);
});
