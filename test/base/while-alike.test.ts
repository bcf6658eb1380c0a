import { expect, test } from 'vitest';
import { eachWhileSame, takeSteps, whileAlike, withinSteps } from '../../plugins/base/index.ts';

interface Member {
  name: string;
  wave: number;
}

test('what is worked out of a list stays for lists whose members are alike, each at its place', () => {
  let times = 0;
  const places = whileAlike(
    (one: Member, other: Member) => one.name === other.name,
    (list) => {
      times += 1;
      takeSteps(10);
      return new Map(list.map(({ name }, place) => [name, place]));
    },
  );
  const [a, b] = [
    { name: 'a', wave: 0 },
    { name: 'b', wave: 0 },
  ];
  const first = places([a, b]);
  expect(places([{ name: 'a', wave: 1 }, b])).toBe(first);
  expect(times).toBe(1);
  // Another sequence, one more, one less and another name are not alike.
  const others = [[b, a], [a, b, b], [a], [a, { name: 'c', wave: 0 }], []];
  expect(others.map((list) => [...places(list).keys()])).toEqual([
    ['b', 'a'],
    ['a', 'b'],
    ['a'],
    ['a', 'c'],
    [],
  ]);
  expect(times).toBe(6);
  // Whoever asks first pays as little as whoever asks later.
  expect(withinSteps(100, () => places([b])).steps).toBe(0);
});

test('what is worked out of a member stays for the next list that has the very same at its place', () => {
  const made: string[] = [];
  const texts = eachWhileSame(({ name, wave }: Member) => {
    made.push(name);
    return `${name} ${wave}`;
  });
  const [a, b] = [
    { name: 'a', wave: 0 },
    { name: 'b', wave: 0 },
  ];
  const list = [a, b];
  expect(texts(list)).toEqual(['a 0', 'b 0']);
  expect(texts(list)).toBe(texts(list));
  expect(texts([{ name: 'a', wave: 1 }, b])).toEqual(['a 1', 'b 0']);
  expect(made).toEqual(['a', 'b', 'a']);
  expect(texts([b])).toEqual(['b 0']);
  expect(texts([])).toEqual([]);
});
