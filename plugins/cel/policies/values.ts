import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { refused } from './libraries/library.ts';

/**
 * As `==` has it of values whose types nobody knows before: numbers of any type, lists and maps by what they
 * hold.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  const [left, right] = [plain(a), plain(b)];
  // biome-ignore lint/suspicious/noDoubleEquals: a BigInt and a number that are one value.
  if (isNumber(left) && isNumber(right)) return left == right;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((one, at) => sameValue(one, right[at]));
  if (isMap(left) && isMap(right)) {
    const [first, second] = [new Map(entriesOf(left)), new Map(entriesOf(right))];
    return (
      first.size === second.size &&
      [...first].every(([key, value]) => second.has(key) && sameValue(value, second.get(key)))
    );
  }
  return left === right;
}

/** Below zero where the first is smaller. @throws where the two have no order. */
export function compareValues(a: unknown, b: unknown): number {
  const [left, right] = [plain(a), plain(b)];
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'string' && typeof right === 'string')
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  throw refused('no such overload: the values have no order');
}

/** Integers as BigInts, decimals as numbers, as the engine tells them apart. */
export function fromJson(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  let made = converted.get(value);
  if (made === undefined) {
    made = Array.isArray(value) ? value.map(fromJson) : mapOf(Object.entries(value));
    converted.set(value, made);
  }
  return made;
}

/** A key that is called `__proto__` is one like any other. */
function mapOf(entries: [string, unknown][]): object {
  const made: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) made[key] = fromJson(value);
  return made;
}

/** What is read never changes: many policies look at one object. */
const converted = new WeakMap<object, unknown>();

function plain(value: unknown): unknown {
  if (value instanceof UnsignedInt) return value.valueOf();
  if (value instanceof Date || value instanceof Duration) return value.valueOf();
  return value;
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isMap(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return value instanceof Map || prototype === null || prototype === Object.prototype;
}

export function entriesOf(value: object): [unknown, unknown][] {
  return value instanceof Map ? [...value] : Object.entries(value);
}
