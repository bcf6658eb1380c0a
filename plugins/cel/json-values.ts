import { Optional } from '@marcbachmann/cel-js';
import { UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import type { JsonObject, JsonValue } from '../base/index.ts';

/** What CEL gives, as JSON: integers become numbers, an empty optional null, times and types their text. */
export function toJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Optional) return value.hasValue() ? toJson(value.value()) : null;
  if (value instanceof UnsignedInt) return Number(value.valueOf());
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Set) return [...value].map(toJson);
  if (value instanceof Map) return fromEntries([...value].map(([key, inner]) => [String(key), inner]));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return fromEntries(Object.entries(value));
  return String(value);
}

/**
 * How much there is of a value, in JSON's nodes and sixteen characters each. A value that holds itself many
 * times over (`[[a, a], [a, a]]`) is counted as often as it would be written, and walked once.
 */
export function weigh(value: unknown): number {
  if (typeof value === 'string') return 1 + (value.length >> 4);
  if (typeof value !== 'object' || value === null) return 1;
  const known = weights.get(value);
  if (known !== undefined) return known;
  const parts = value instanceof Optional ? (value.hasValue() ? [value.value()] : []) : partsOf(value);
  let weight = 1;
  for (const part of parts) weight += weigh(part);
  weights.set(value, weight);
  return weight;
}

function partsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return value;
  return value instanceof Map ? value.values() : Object.values(value);
}

/**
 * Objects of the model never change, and those that an expression makes are not changed once they are made.
 */
const weights = new WeakMap<object, number>();

/** Of a value that leaves an expression: more than any page or report can show. */
export const maximumWeight = 2_000_000;

function fromEntries(entries: [string, unknown][]): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of entries) {
    // Assigned, `__proto__` would change the object instead of adding to it.
    Object.defineProperty(object, key, {
      value: toJson(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return object;
}
