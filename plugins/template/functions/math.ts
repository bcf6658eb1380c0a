/** sprig's arithmetic: on 64-bit integers whatever is given, but for the functions whose names end in `f`. */
import { type FunctionTable, fn, variadic } from '../go/functions.ts';
import { print } from '../go/print.ts';
import { type GoValue, int, int64, isInt } from '../go/values.ts';
import { toFloat64, toInt64 } from './convert.ts';

const two = (call: (a: bigint, b: bigint) => bigint) =>
  fn(['any', 'any'], (a, b) => int64(call(toInt64(a), toInt64(b))));
const many = (call: (a: bigint, b: bigint) => bigint) =>
  variadic(['any'], 'any', (first, ...rest) => int64(rest.map(toInt64).reduce(call, toInt64(first))));
const manyFloats = (call: (a: number, b: number) => number) =>
  variadic(['any'], 'any', (first, ...rest) => rest.map(toFloat64).reduce(call, toFloat64(first)));

// `Math.max` takes no bigint.
const larger = (a: bigint, b: bigint): bigint => (b < a ? a : b);
function smaller(a: bigint, b: bigint): bigint {
  return larger(a, b) === a ? b : a;
}

export const math: FunctionTable = {
  add: variadic([], 'any', (...values) => int64(values.map(toInt64).reduce((a, b) => a + b, 0n))),
  add1: fn(['any'], (value) => int64(toInt64(value) + 1n)),
  sub: two((a, b) => a - b),
  mul: many((a, b) => a * b),
  div: two((a, b) => a / nonZero(b)),
  mod: two((a, b) => a % nonZero(b)),
  max: many(larger),
  biggest: many(larger),
  min: many(smaller),
  addf: variadic([], 'any', (...values) => decimal(values.map(toFloat64).reduce((a, b) => a + b, 0))),
  add1f: fn(['any'], (value) => decimal(toFloat64(value) + 1)),
  subf: manyFloats((a, b) => decimal(a - b)),
  mulf: manyFloats((a, b) => decimal(a * b)),
  divf: manyFloats((a, b) => {
    if (b === 0) throw new Error('decimal division by 0');
    return Number((a / b).toFixed(16));
  }),
  maxf: variadic(['any'], 'any', (...values) => Math.max(...values.map(toFloat64))),
  minf: variadic(['any'], 'any', (...values) => Math.min(...values.map(toFloat64))),
  ceil: fn(['any'], (value) => Math.ceil(toFloat64(value))),
  floor: fn(['any'], (value) => Math.floor(toFloat64(value))),
  round: variadic(['any', 'int'], 'float64', (value, places, half = 0.5) => {
    const power = 10 ** places;
    const digits = power * toFloat64(value);
    const fraction = digits - Math.trunc(digits);
    return (fraction >= half ? Math.ceil(digits) : Math.floor(digits)) / power;
  }),
  int: fn(['any'], (value) => int(toInt64(value))),
  int64: fn(['any'], (value) => int64(toInt64(value))),
  float64: fn(['any'], toFloat64),
  atoi: fn(['string'], (text) =>
    int(/^[+-]?\d+$/.test(text) ? toInt64(text.replace(/^([+-]?)0+(?=\d)/, '$1')) : 0),
  ),
  toDecimal: fn(['any'], (value) => int64(octal(value))),
};

function octal(value: GoValue): bigint {
  const text = isInt(value) ? value.int.toString() : print(value);
  return /^[0-7]{1,21}$/.test(text) ? BigInt(`0o${text}`) : 0n;
}

function nonZero(value: bigint): bigint {
  if (value === 0n) throw new Error('runtime error: integer divide by zero');
  return value;
}

/** sprig computes in decimals: 0.1 + 0.2 is 0.3. */
function decimal(value: number): number {
  return Number(value.toPrecision(15));
}
