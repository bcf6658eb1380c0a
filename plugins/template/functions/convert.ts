/** sprig's conversions, as spf13/cast makes them: what cannot be read is zero. */
import { print } from '../go/print.ts';
import { type GoValue, isInt, isNil } from '../go/values.ts';

export function toInt64(value: GoValue): bigint {
  if (isInt(value)) return value.int;
  if (typeof value === 'number')
    return Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : 0n;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value !== 'string') return 0n;
  const found = /^([+-]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9]\d*)(?:\.0*)?$/.exec(value);
  if (found?.[2] === undefined) return 0n;
  const body = /^0[0-7]+$/.test(found[2]) ? `0o${found[2].slice(1)}` : found[2];
  const magnitude = BigInt(body);
  const number = found[1] === '-' ? -magnitude : magnitude;
  return BigInt.asIntN(64, number) === number ? number : 0n;
}

export function toFloat64(value: GoValue): number {
  if (typeof value === 'number') return value;
  if (isInt(value)) return Number(value.int);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || value.trim() !== value || value === '') return 0;
  const number = Number(value.replaceAll('_', ''));
  return Number.isNaN(number) ? 0 : number;
}

/** sprig's `strval`. */
export const toText = (value: GoValue): string => (typeof value === 'string' ? value : print(value));

/** sprig's `strslice`: the texts of a list, nil members left out. */
export function toTexts(value: GoValue): string[] {
  if (isNil(value)) return [];
  if (!Array.isArray(value)) return [toText(value)];
  return value.filter((item) => !isNil(item)).map(toText);
}

/** A list, or the error that sprig gives for anything else. */
export function listOf(value: GoValue, name: string): GoValue[] {
  if (Array.isArray(value)) return value;
  throw new Error(`Cannot ${name} on type ${kindName(value)}`);
}

/** `reflect.Kind`. */
export function kindName(value: GoValue): string {
  if (isNil(value)) return 'invalid';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'slice';
  if (value instanceof Map) return 'map';
  if (isInt(value)) return value.type;
  return value.type.startsWith('*') ? 'ptr' : 'struct';
}
