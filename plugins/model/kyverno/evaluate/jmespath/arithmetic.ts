/**
 * Kyverno's arithmetic: on numbers, quantities and durations. Source: kyverno `arithmetic.go` of its
 * JMESPath.
 */

import type { JsonValue } from '../../../../base/index.ts';
import {
  type Decimal,
  parseDuration,
  parseQuantity,
  printDuration,
  printQuantity,
} from '../../../../base/index.ts';
import { EvaluationError } from '../types.ts';
import type { Arguments, JmesFunction } from './arguments.ts';

export const arithmetic: Record<string, JmesFunction> = {
  add: { takes: [2, 2], run: (given) => written(sum(operand(given, 0), operand(given, 1), 1, given.name)) },
  subtract: {
    takes: [2, 2],
    run: (given) => written(sum(operand(given, 0), operand(given, 1), -1, given.name)),
  },
  multiply: {
    takes: [2, 2],
    run: (given) => written(product(operand(given, 0), operand(given, 1), given.name)),
  },
  divide: {
    takes: [2, 2],
    run: (given) => written(quotient(operand(given, 0), operand(given, 1), given.name)),
  },
  modulo: {
    takes: [2, 2],
    run: (given) => written(remainder(operand(given, 0), operand(given, 1), given.name)),
  },
  round: {
    takes: [2, 2],
    run: (given) => {
      const places = given.number(1);
      if (!Number.isInteger(places) || places < 0 || places > 15)
        throw new EvaluationError("JMESPath function 'round': the number of places is no natural number");
      return Number(given.number(0).toFixed(places));
    },
  },
  sum: {
    takes: [1, 1],
    run: (given) => {
      const all = given.list(0);
      if (all.length === 0)
        throw new EvaluationError("JMESPath function 'sum': at least one element is needed");
      return written(all.map((one) => asOperand(one, given.name)).reduce((a, b) => sum(a, b, 1, given.name)));
    },
  },
};

type Operand =
  | { type: 'number'; value: number }
  | { type: 'quantity'; value: Decimal; isBinary: boolean }
  | { type: 'duration'; value: bigint };

function operand(given: Arguments, index: number): Operand {
  return asOperand(given.json(index), given.name);
}

function asOperand(value: JsonValue, name: string): Operand {
  if (typeof value === 'number') return { type: 'number', value };
  const text = typeof value === 'string' ? value : '';
  const quantity = parseQuantity(text);
  if (quantity) return { type: 'quantity', value: quantity, isBinary: /i$/.test(text) };
  const duration = parseDuration(text);
  if (duration !== null) return { type: 'duration', value: duration };
  throw new EvaluationError(`JMESPath function '${name}': an operand is no number, quantity or duration`);
}

function written(value: Operand): JsonValue {
  if (value.type === 'number') return value.value;
  return value.type === 'quantity' ? printQuantity(value.value, value.isBinary) : printDuration(value.value);
}

function sum(a: Operand, b: Operand, sign: 1 | -1, name: string): Operand {
  if (a.type === 'number' && b.type === 'number') return { type: 'number', value: a.value + sign * b.value };
  if (a.type === 'duration' && b.type === 'duration')
    return { type: 'duration', value: a.value + BigInt(sign) * b.value };
  if (a.type !== 'quantity' || b.type !== 'quantity') throw mismatch(name);
  const [left, right, scale] = aligned(a.value, b.value);
  return { type: 'quantity', value: { digits: left + BigInt(sign) * right, scale }, isBinary: a.isBinary };
}

function product(a: Operand, b: Operand, name: string): Operand {
  if (a.type === 'number' && b.type === 'number') return { type: 'number', value: a.value * b.value };
  if (a.type === 'number') return product(b, a, name);
  if (b.type !== 'number') throw mismatch(name);
  const by = decimalOf(b.value);
  if (a.type === 'duration')
    return { type: 'duration', value: (a.value * by.digits) / 10n ** BigInt(by.scale) };
  const value = { digits: a.value.digits * by.digits, scale: a.value.scale + by.scale };
  return { type: 'quantity', value, isBinary: a.isBinary };
}

function quotient(a: Operand, b: Operand, name: string): Operand {
  if (isZero(b)) throw new EvaluationError(`JMESPath function '${name}': Zero divisor passed`);
  if (a.type === 'number' && b.type === 'number') return { type: 'number', value: a.value / b.value };
  if (a.type === 'duration' && b.type === 'duration')
    return { type: 'number', value: Number(a.value) / Number(b.value) };
  if (a.type === 'quantity' && b.type === 'quantity') {
    const [left, right] = aligned(a.value, b.value);
    return { type: 'number', value: ratio(left, right) };
  }
  if (b.type !== 'number' || a.type === 'number') throw mismatch(name);
  const by = decimalOf(b.value);
  const unit = 10n ** BigInt(by.scale);
  if (a.type === 'duration') return { type: 'duration', value: (a.value * unit) / by.digits };
  const scale = Math.max(9, a.value.scale);
  const digits = (a.value.digits * 10n ** BigInt(scale - a.value.scale) * unit) / by.digits;
  return { type: 'quantity', value: { digits, scale }, isBinary: a.isBinary };
}

function remainder(a: Operand, b: Operand, name: string): Operand {
  if (isZero(b)) throw new EvaluationError(`JMESPath function '${name}': Zero divisor passed`);
  if (a.type === 'number' && b.type === 'number') {
    if (!Number.isInteger(a.value) || !Number.isInteger(b.value))
      throw new EvaluationError(`JMESPath function '${name}': Non-integer argument(s) passed for modulo`);
    return { type: 'number', value: a.value % b.value };
  }
  if (a.type === 'duration' && b.type === 'duration') return { type: 'duration', value: a.value % b.value };
  if (a.type !== 'quantity' || b.type !== 'quantity') throw mismatch(name);
  const [left, right, scale] = aligned(a.value, b.value);
  return { type: 'quantity', value: { digits: left % right, scale }, isBinary: a.isBinary };
}

function mismatch(name: string): EvaluationError {
  return new EvaluationError(`JMESPath function '${name}': Types mismatch`);
}

function isZero({ type, value }: Operand): boolean {
  return type === 'quantity' ? value.digits === 0n : Number(value) === 0;
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale];
}

function ratio(a: bigint, b: bigint): number {
  const precision = 10n ** 15n;
  const whole = a / b;
  return Number(whole) + Number(((a % b) * precision) / b) / 1e15;
}

/** A finite number as the decimal that it is written as. */
function decimalOf(value: number): Decimal {
  const [digits = '0', power = '0'] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const scale = fraction.length - Number(power);
  const plain = BigInt(`${whole}${fraction}`);
  return scale >= 0 ? { digits: plain, scale } : { digits: plain * 10n ** BigInt(-scale), scale: 0 };
}
