/** The functions of JMESPath itself; Kyverno's own are besides. Source: the specification, jmespath.org. */
import {
  asText,
  byName,
  compareBytes,
  isObject,
  type JsonObject,
  type JsonValue,
  stableStringify,
} from '../../../../base/index.ts';
import { spend } from '../spend.ts';
import { EvaluationError } from '../types.ts';
import {
  type Argument,
  type Arguments,
  argumentsOf,
  isNumber,
  isText,
  type JmesFunction,
} from './arguments.ts';
import { kyvernoFunctions } from './kyverno-functions.ts';

export function callFunction(name: string, given: readonly Argument[]): JsonValue {
  const called = functions[name];
  if (!called) throw new EvaluationError(`unknown function: ${name}`);
  const [least, most] = called.takes;
  if (given.length < least || given.length > most)
    throw new EvaluationError(
      `JMESPath function '${name}': takes ${least} arguments, ${given.length} are given`,
    );
  return called.run(argumentsOf(name, given));
}

const standard: Record<string, JmesFunction> = {
  abs: { takes: [1, 1], run: (given) => Math.abs(given.number(0)) },
  avg: {
    takes: [1, 1],
    run: (given) => {
      const all = given.numbers(0);
      return all.length === 0 ? null : total(all) / all.length;
    },
  },
  ceil: { takes: [1, 1], run: (given) => Math.ceil(given.number(0)) },
  contains: {
    takes: [2, 2],
    run: (given) => {
      const room = given.json(0);
      const wanted = given.json(1);
      if (Array.isArray(room)) return room.some((one) => isSame(one, wanted));
      return typeof wanted === 'string' && given.text(0).includes(wanted);
    },
  },
  ends_with: { takes: [2, 2], run: (given) => given.text(0).endsWith(given.text(1)) },
  floor: { takes: [1, 1], run: (given) => Math.floor(given.number(0)) },
  join: { takes: [2, 2], run: (given) => given.texts(1).join(given.text(0)) },
  keys: { takes: [1, 1], run: (given) => Object.keys(given.object(0)).sort(compareBytes) },
  length: {
    takes: [1, 1],
    run: (given) => {
      const value = given.json(0);
      if (typeof value === 'string') return Array.from(value).length;
      return isObject(value) ? Object.keys(value).length : given.list(0).length;
    },
  },
  map: {
    takes: [2, 2],
    run: (given) => given.list(1).map((one) => given.expression(0).evaluate(one)),
  },
  max: { takes: [1, 1], run: (given) => extreme(given, 1) },
  min: { takes: [1, 1], run: (given) => extreme(given, -1) },
  max_by: { takes: [2, 2], run: (given) => ordered(given).at(-1) ?? null },
  min_by: { takes: [2, 2], run: (given) => ordered(given)[0] ?? null },
  merge: {
    takes: [1, 100],
    run: (given) => {
      const merged: JsonObject = {};
      for (let index = 0; index < given.count; index += 1) Object.assign(merged, given.object(index));
      return merged;
    },
  },
  not_null: {
    takes: [1, 100],
    run: (given) => {
      for (let index = 0; index < given.count; index += 1)
        if (given.json(index) !== null) return given.json(index);
      return null;
    },
  },
  reverse: {
    takes: [1, 1],
    run: (given) => {
      const value = given.json(0);
      return typeof value === 'string' ? Array.from(value).reverse().join('') : [...given.list(0)].reverse();
    },
  },
  sort: {
    takes: [1, 1],
    run: (given) => {
      const all = given.list(0);
      return all.every(isNumber) ? [...all].sort((a, b) => a - b) : [...given.texts(0)].sort(compareBytes);
    },
  },
  sort_by: { takes: [2, 2], run: (given) => ordered(given) },
  starts_with: { takes: [2, 2], run: (given) => given.text(0).startsWith(given.text(1)) },
  to_array: {
    takes: [1, 1],
    run: (given) => {
      const value = given.json(0);
      return Array.isArray(value) ? value : [value];
    },
  },
  to_number: {
    takes: [1, 1],
    run: (given) => {
      const value = given.json(0);
      if (typeof value === 'number') return value;
      const isWritten =
        typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value);
      return isWritten ? Number(value) : null;
    },
  },
  to_string: { takes: [1, 1], run: (given) => asText(given.json(0)) },
  type: {
    takes: [1, 1],
    run: (given) => {
      const value = given.json(0);
      if (value === null) return 'null';
      return Array.isArray(value) ? 'array' : typeof value;
    },
  },
  values: { takes: [1, 1], run: (given) => Object.values(given.object(0)) },
};

/** Kyverno's stand in for those of the same name. */
const functions: Record<string, JmesFunction> = byName({ ...standard, ...kyvernoFunctions });

function extreme(given: Arguments, sign: 1 | -1): JsonValue {
  const all = given.list(0);
  const [first] = all;
  if (first === undefined) return null;
  if (all.every(isNumber)) return sign * Math.max(...all.map((one) => sign * one));
  return given.texts(0).reduce((best, one) => (compareBytes(one, best) * sign > 0 ? one : best));
}

/** By the value of an expression, which is a text of every element or a number of every one. */
function ordered(given: Arguments): JsonValue[] {
  const pairs = given.list(0).map((one) => ({ one, by: given.expression(1).evaluate(one) }));
  spend(pairs.length);
  const compare = pairs.every(({ by }) => isNumber(by))
    ? (a: JsonValue, b: JsonValue) => Number(a) - Number(b)
    : (a: JsonValue, b: JsonValue) => compareBytes(String(a), String(b));
  if (!pairs.every(({ by }) => isNumber(by)) && !pairs.every(({ by }) => isText(by)))
    throw new EvaluationError(`JMESPath function '${given.name}': sorts by texts or by numbers`);
  return pairs.sort((a, b) => compare(a.by, b.by)).map(({ one }) => one);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return stableStringify(a) === stableStringify(b);
}
