import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { later, lazily, remade, takeSteps, withinSteps } from '../../plugins/base/index.ts';

function counting() {
  const made: string[] = [];
  const part =
    <T>(name: string, value: T) =>
    () => {
      made.push(name);
      return value;
    };
  return { made, lazy: lazily<{ a: number; b: { c: number } }>({ a: part('a', 1), b: part('b', { c: 2 }) }) };
}

test('a value is made when it is first read, once, and is the same object then', () => {
  const { made, lazy } = counting();
  expect(made).toEqual([]);
  expect(lazy.b).toBe(lazy.b);
  expect(made).toEqual(['b']);
});

test('whoever takes all of it gets an object like any other, in the same order', () => {
  for (const copy of [
    (value: object) => JSON.parse(JSON.stringify(value)),
    (value: object) => deserialize(serialize(value)),
    (value: object) => ({ ...value }),
  ]) {
    const { lazy } = counting();
    const copied = copy(lazy);
    expect(copied).toEqual({ a: 1, b: { c: 2 } });
    expect(Object.keys(copied)).toEqual(['a', 'b']);
  }
});

test('what is made otherwise reads nothing before it is read, and the rest from the object before', () => {
  const { made, lazy } = counting();
  const other = remade(lazy, { a: () => lazy.a + 10 });
  expect(made).toEqual([]);
  expect([other.b, other.a, lazy.a]).toEqual([lazy.b, 11, 1]);
  expect(made).toEqual(['b', 'a']);
  expect(Object.keys(other)).toEqual(['a', 'b']);
});

test('what is made for all takes no steps of whoever asks first, and is whole where he has none left', () => {
  const many = later(() => [1, 2, 3].filter(() => takeSteps(10)));
  const asked = withinSteps(5, () => [takeSteps(1), many(), takeSteps(1)]);
  expect(asked).toEqual({ value: [true, [1, 2, 3], true], steps: 2, isWhole: true });
});

test('what cannot be made is tried again', () => {
  let times = 0;
  const lazy = lazily<{ a: number }>({
    a: () => {
      times += 1;
      if (times === 1) throw new Error('not yet');
      return times;
    },
  });
  expect(() => lazy.a).toThrow('not yet');
  expect(lazy.a).toBe(2);
});
