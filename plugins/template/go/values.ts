/**
 * The values of Go's templates. JSON's numbers are `float64`; integers exist only by literal or by
 * conversion, and the two never compare. `undefined` is Go's invalid value (a key that is not there), `null`
 * a nil that is there: fields of the one are nothing, of the other an error.
 */
import { compareBytes, isObject, type JsonValue } from '../../base/index.ts';
import { spend } from './budget.ts';

/**
 * JSON as template data; `stringMaps` names, by dotted path, the maps that are `map[string]string` in Argo
 * CD.
 */
export function toGo(value: JsonValue, stringMaps: readonly string[] = [], path = ''): GoValue {
  if (Array.isArray(value)) return value.map((item) => toGo(item));
  if (!isObject(value)) return value;
  const map: GoMap = new Map();
  for (const [key, inner] of Object.entries(value)) {
    map.set(key, toGo(inner, stringMaps, path === '' ? key : `${path}.${key}`));
  }
  return stringMaps.includes(path) ? asStringMap(map) : map;
}

/** Back to JSON, keys in byte order as Go writes them. */
export function toPlain(value: GoValue, depth = 0): JsonValue {
  spend();
  if (depth > maximumDepth) throw new Error('the value is nested too deeply');
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map((item) => toPlain(item, depth + 1));
  if (value instanceof Map)
    return Object.fromEntries(sortedEntries(value).map(([key, inner]) => [key, toPlain(inner, depth + 1)]));
  if (isInt(value)) return Number(value.int);
  if (isStruct(value)) return value.json ?? value.text;
  return value;
}

export function int(value: bigint | number, type: GoInt['type'] = 'int'): GoInt {
  return { int: BigInt.asIntN(64, BigInt(value)), type };
}
export const int64 = (value: bigint | number): GoInt => int(value, 'int64');

export function isInt(value: GoValue): value is GoInt {
  return typeof value === 'object' && value !== null && 'int' in value;
}
export function isStruct(value: GoValue): value is GoStruct {
  return typeof value === 'object' && value !== null && 'fields' in value;
}
export const isNil = (value: GoValue): value is null | undefined => value === undefined || value === null;

/** Marks a map as `map[string]string`, which sprig's functions for dictionaries refuse. */
export function asStringMap(map: GoMap): GoMap {
  stringMapsKnown.add(map);
  return map;
}
export const isStringMap = (value: GoValue): boolean => value instanceof Map && stringMapsKnown.has(value);
const stringMapsKnown = new WeakSet<GoMap>();

export function sortedEntries(map: GoMap): [string, GoValue][] {
  return [...map].sort(([a], [b]) => compareBytes(a, b));
}

/** The name of a value's type, as Go's errors and `typeOf` have it. */
export function typeName(value: GoValue): string {
  if (isNil(value)) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return '[]interface {}';
  if (value instanceof Map) return isStringMap(value) ? 'map[string]string' : 'map[string]interface {}';
  return value.type;
}

/** Go's truth: not nil, not zero, not empty. */
export function truth(value: GoValue): boolean {
  if (isNil(value)) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  if (isInt(value)) return value.int !== 0n;
  return isStruct(value) || Boolean(value);
}

export function deepEqual(a: GoValue, b: GoValue, depth = 0): boolean {
  spend();
  if (depth > maximumDepth) return false;
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => deepEqual(item, b[index], depth + 1));
  if (a instanceof Map && b instanceof Map)
    return (
      a.size === b.size &&
      isStringMap(a) === isStringMap(b) &&
      [...a].every(([key, inner]) => b.has(key) && deepEqual(inner, b.get(key), depth + 1))
    );
  if (isInt(a) && isInt(b)) return a.type === b.type && a.int === b.int;
  if (isStruct(a) && isStruct(b)) return a.text === b.text;
  return a === b;
}

export const maximumDepth = 200;

export type GoMap = Map<string, GoValue>;
export interface GoInt {
  int: bigint;
  type: 'int' | 'int64' | 'int32' | 'uint64';
}
/** A value with named fields, such as a version or a time. */
export interface GoStruct {
  type: string;
  fields: ReadonlyMap<string, GoValue>;
  text: string;
  /** In JSON and YAML, where that is not `text`. */
  json?: string;
  /** Undefined where there is no such method. */
  method?: (name: string, args: readonly GoValue[]) => GoValue;
}
export type GoValue = undefined | null | boolean | number | string | GoInt | GoValue[] | GoMap | GoStruct;
