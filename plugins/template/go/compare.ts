/** `eq`, `ne`, `lt` … of text/template: values of different basic kinds never compare. */
import { compareBytes } from '../../base/index.ts';
import { print } from './print.ts';
import { deepEqual, type GoValue, isInt, isNil, isStruct, typeName } from './values.ts';

export function equal(first: GoValue, others: GoValue[]): boolean {
  if (others.length === 0) throw new Error('missing argument for comparison');
  for (const other of others) {
    if (kindOf(first) !== kindOf(other)) {
      if (!isNil(first) && !isNil(other)) throw incompatible(first, other);
      continue;
    }
    if (isComposite(first) || isComposite(other)) {
      throw new Error(`non-comparable type ${print(first)}: ${typeName(first)}`);
    }
    if (isInt(first) && isInt(other) ? first.int === other.int : deepEqual(first, other)) return true;
  }
  return false;
}

export function less(a: GoValue, b: GoValue): boolean {
  if ([a, b].some((value) => isNil(value) || isComposite(value) || isStruct(value)))
    throw new Error('invalid type for comparison');
  if (kindOf(a) !== kindOf(b)) throw incompatible(a, b);
  if (isInt(a) && isInt(b)) return a.int < b.int;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b) < 0;
  throw new Error('invalid type for comparison');
}

function incompatible(a: GoValue, b: GoValue): Error {
  return new Error(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
}

function isComposite(value: GoValue): boolean {
  return Array.isArray(value) || value instanceof Map;
}

function kindOf(value: GoValue): string {
  if (isNil(value)) return 'nil';
  if (isInt(value)) return 'int';
  if (isStruct(value)) return 'struct';
  return isComposite(value) ? 'composite' : typeof value;
}
