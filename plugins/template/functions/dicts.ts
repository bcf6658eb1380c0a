/**
 * sprig's functions for dictionaries. `set`, `unset` and `merge` change the dictionary that they are given,
 * as in Go.
 */
import { spend } from '../go/budget.ts';
import { type FunctionTable, fn, variadic } from '../go/functions.ts';
import {
  type GoMap,
  type GoValue,
  isNil,
  isStringMap,
  maximumDepth,
  sortedEntries,
  truth,
  typeName,
} from '../go/values.ts';
import { toText } from './convert.ts';

export const dicts: FunctionTable = {
  dict: variadic([], 'any', (...values) => {
    const map: GoMap = new Map();
    for (let index = 0; index < values.length; index += 2)
      map.set(toText(values[index]), index + 1 < values.length ? values[index + 1] : '');
    return map;
  }),
  get: fn(['map', 'string'], (map, key) => (map.has(key) ? map.get(key) : '')),
  set: fn(['map', 'string', 'any'], (map, key, value) => map.set(key, value)),
  unset: fn(['map', 'string'], (map, key) => {
    map.delete(key);
    return map;
  }),
  hasKey: fn(['map', 'string'], (map, key) => map.has(key)),
  pluck: variadic(['string'], 'map', (key, ...maps) =>
    maps.filter((map) => map.has(key)).map((map) => map.get(key)),
  ),
  // Go's order of keys is by chance; a template that depends on it depends on nothing that can be known, and
  // sorts.
  keys: variadic([], 'map', (...maps) => maps.flatMap((map) => sortedEntries(map).map(([key]) => key))),
  values: fn(['map'], (map) => sortedEntries(map).map(([, value]) => value)),
  pick: variadic(
    ['map'],
    'string',
    (map, ...keys) => new Map(keys.filter((key) => map.has(key)).map((key) => [key, map.get(key)])),
  ),
  omit: variadic(
    ['map'],
    'string',
    (map, ...keys) => new Map([...map].filter(([key]) => !keys.includes(key))),
  ),
  merge: variadic(['map'], 'map', (target, ...sources) => mergeAll(target, sources, false)),
  mustMerge: variadic(['map'], 'map', (target, ...sources) => mergeAll(target, sources, false)),
  mergeOverwrite: variadic(['map'], 'map', (target, ...sources) => mergeAll(target, sources, true)),
  mustMergeOverwrite: variadic(['map'], 'map', (target, ...sources) => mergeAll(target, sources, true)),
  deepCopy: fn(['any'], (value) => copy(value)),
  mustDeepCopy: fn(['any'], (value) => copy(value)),
  dig: variadic(['any', 'any'], 'any', (...values) => {
    if (values.length < 3) throw new Error('dig needs at least three arguments');
    const fallback = values.at(-2);
    let current = values.at(-1);
    if (!(current instanceof Map) || isStringMap(current)) throw conversion(current);
    const keys = values.slice(0, -2);
    for (const [index, key] of keys.entries()) {
      if (typeof key !== 'string')
        throw new Error(`interface conversion: interface {} is ${typeName(key)}, not string`);
      if (!(current instanceof Map) || isStringMap(current)) throw conversion(current);
      if (!current.has(key)) return fallback;
      current = current.get(key);
      if (index === keys.length - 1) return current;
    }
    return current;
  }),
};

function conversion(value: GoValue): Error {
  return new Error(
    `interface conversion: interface {} is ${value === undefined || value === null ? 'nil' : typeName(value)}, not map[string]interface {}`,
  );
}

/** mergo, as sprig calls it: the first wins, or with `overwrite` the last; what is empty is filled. */
function mergeAll(target: GoMap, sources: GoMap[], overwrite: boolean): GoMap {
  for (const source of sources) mergeInto(target, source, overwrite, 0);
  return target;
}

function mergeInto(target: GoMap, source: GoMap, overwrite: boolean, depth: number): void {
  if (depth > maximumDepth) throw new Error('the dictionary is nested too deeply');
  spend(source.size);
  for (const [key, value] of source) {
    const own = target.get(key);
    if (own instanceof Map && value instanceof Map) {
      if (own !== value) mergeInto(own, value, overwrite, depth + 1);
    } else if (isNil(value)) {
      if (overwrite) target.set(key, value);
    } else if (!target.has(key) || !truth(own) || overwrite) target.set(key, value);
  }
}

function copy(value: GoValue, depth = 0): GoValue {
  spend();
  if (depth > maximumDepth) throw new Error('the value is nested too deeply');
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, copy(inner, depth + 1)]));
  return value;
}
