/**
 * Functions of lists: Kubernetes' (`pkg/cel/library/lists.go` of k8s.io/apiserver), and the `lists` and
 * `sets` extensions of cel-go.
 */
import { Optional } from '@marcbachmann/cel-js';
import type { Meter } from '../../environment.ts';
import { weigh } from '../../json-values.ts';
import { compareValues, sameValue } from '../values.ts';
import { type Library, refused, registerAll, registerNamespace } from './library.ts';

export const listsLibrary: Library = (environment, meter) => {
  const lists = registerNamespace(environment, 'lists');
  const sets = registerNamespace(environment, 'sets');
  const least = (list: unknown[], sign: number): unknown => {
    if (list.length === 0) throw refused('min/max called on empty list');
    return list.reduce((best, one) => (compareValues(one, best) * sign < 0 ? one : best));
  };
  const subset = (of: unknown[], list: unknown[]): boolean => {
    meter.spend(products(of, list));
    return list.every((one) => of.some((other) => sameValue(one, other)));
  };
  registerAll(environment, {
    'list.isSorted(): bool': (list: unknown[]) =>
      list.every((one, at) => at === 0 || compareValues(list[at - 1], one) <= 0),
    'list.sum(): dyn': sumOf,
    'list.min(): dyn': (list: unknown[]) => least(list, 1),
    'list.max(): dyn': (list: unknown[]) => least(list, -1),
    'list.indexOf(dyn): int': (list: unknown[], one: unknown) => {
      meter.spend(products(list, [one]));
      return BigInt(list.findIndex((other) => sameValue(one, other)));
    },
    'list.lastIndexOf(dyn): int': (list: unknown[], one: unknown) => {
      meter.spend(products(list, [one]));
      return BigInt(list.findLastIndex((other) => sameValue(one, other)));
    },
    'list.includes(dyn): bool': (list: unknown[], one: unknown) => subset(list, [one]),
    'list.distinct(): list<dyn>': (list: unknown[]) => {
      meter.spend(products(list, list));
      return list.filter((one, at) => list.findIndex((other) => sameValue(one, other)) === at);
    },
    'list.flatten(): list<dyn>': (list: unknown[]) => list.flat(1),
    'list.flatten(int): list<dyn>': (list: unknown[], depth: bigint) => list.flat(Number(depth)),
    'list.reverse(): list<dyn>': (list: unknown[]) => list.toReversed(),
    'list.slice(int, int): list<dyn>': (list: unknown[], start: bigint, end: bigint) => {
      if (start < 0n || end < start || end > BigInt(list.length))
        throw refused(`cannot slice(${start}, ${end}), list is length ${list.length}`);
      return list.slice(Number(start), Number(end));
    },
    'list.sort(): list<dyn>': (list: unknown[]) => list.toSorted(compareValues),
    'list.first(): optional<dyn>': (list: unknown[]) => Optional.of(list[0]),
    'list.last(): optional<dyn>': (list: unknown[]) => Optional.of(list.at(-1)),
    [`${lists}.range(int): list<int>`]: (_: unknown, size: bigint) => rangeOf(size, meter),
    [`${sets}.contains(list, list): bool`]: (_: unknown, list: unknown[], part: unknown[]) =>
      subset(list, part),
    [`${sets}.equivalent(list, list): bool`]: (_: unknown, a: unknown[], b: unknown[]) =>
      subset(a, b) && subset(b, a),
    [`${sets}.intersects(list, list): bool`]: (_: unknown, a: unknown[], b: unknown[]) => {
      meter.spend(products(a, b));
      return a.some((one) => b.some((other) => sameValue(one, other)));
    },
  });
};

function products(a: unknown[], b: unknown[]): number {
  return (a.length * weigh(b)) / 16;
}

function rangeOf(size: bigint, meter: Meter): bigint[] {
  const length = size < 0n ? 0 : Number(size);
  meter.spend(length);
  return Array.from({ length }, (_, at) => BigInt(at));
}

function sumOf(list: unknown[]): unknown {
  if (list.length === 0) return 0n;
  if (list.every((one) => typeof one === 'bigint')) return list.reduce((sum, one) => sum + one, 0n);
  if (list.every((one) => typeof one === 'number')) return list.reduce((sum, one) => sum + one, 0);
  throw refused('no such overload: list.sum()');
}
