/**
 * JMESPath as Kyverno evaluates it: a key that is missing is an error and not null, unless something around
 * it absorbs that. Source: `interpreter.go` of kyverno/go-jmespath.
 */
import { isObject, type JsonObject, type JsonValue, stableStringify } from '../../../../base/index.ts';
import { spend } from '../spend.ts';
import { EvaluationError } from '../types.ts';
import type { Expression } from './arguments.ts';
import { callFunction } from './functions.ts';
import { type Node, parseJmesPath } from './parse.ts';

/**
 * The value of an expression.
 * @throws MissingKey, EvaluationError, or what the scope throws.
 */
export function evaluateJmesPath(expression: string, scope: Scope): JsonValue {
  return asJson(visit(parseJmesPath(expression), scope.root, scope));
}

/** A key that nothing has, where nothing absorbs that. */
export class MissingKey extends EvaluationError {
  constructor(key: string) {
    super(`Unknown key "${key}" in path`);
  }
}

export interface Scope {
  root: JsonValue;
  /** Asked for a key that the mapping has not: a value that is made then, or undefined. */
  missing?(base: JsonObject, key: string): JsonValue | undefined;
}

type Value = JsonValue | Expression;

function visit(node: Node, value: JsonValue, scope: Scope): Value {
  spend(0.1);
  const visitor = visitors[node.type];
  if (!visitor) throw new EvaluationError(`unknown part of a JMESPath: ${node.type}`);
  return visitor(node, value, scope);
}

/** Null where a key is missing on the way. */
function absorbed(node: Node | undefined, value: JsonValue, scope: Scope): Value {
  try {
    return child(node, value, scope);
  } catch (error) {
    if (error instanceof MissingKey) return null;
    throw error;
  }
}

function child(node: Node | undefined, value: JsonValue, scope: Scope): Value {
  if (!node) throw new EvaluationError('a part of the JMESPath is missing');
  return visit(node, value, scope);
}

type Visitor = (node: Node, value: JsonValue, scope: Scope) => Value;

const visitors: Record<string, Visitor> = {
  Field(node, value, scope) {
    if (!isObject(value)) return null;
    const key = node.name ?? '';
    if (Object.hasOwn(value, key)) return value[key] ?? null;
    const found = scope.missing?.(value, key);
    if (found === undefined) throw new MissingKey(key);
    return found;
  },
  Subexpression: chained(false),
  IndexExpression: chained(false),
  Pipe: chained(true),
  Index(node, value) {
    if (!Array.isArray(value)) return null;
    const index = typeof node.value === 'number' ? node.value : 0;
    return value[index < 0 ? value.length + index : index] ?? null;
  },
  Slice(node, value) {
    if (!Array.isArray(value)) return null;
    const [start, stop, step] = (node.children ?? []).map((one: unknown) =>
      typeof one === 'number' ? one : null,
    );
    return sliced(value, start ?? null, stop ?? null, step ?? 1);
  },
  Projection(node, value, scope) {
    const base = absorbed(node.children?.[0], value, scope);
    return Array.isArray(base) ? projected(base, node.children?.[1], scope) : null;
  },
  ValueProjection(node, value, scope) {
    const base = absorbed(node.children?.[0], value, scope);
    return isObject(base) ? projected(Object.values(base), node.children?.[1], scope) : null;
  },
  FilterProjection(node, value, scope) {
    const base = absorbed(node.children?.[0], value, scope);
    if (!Array.isArray(base)) return null;
    const kept = base.filter((one) => isTrue(absorbed(node.children?.[2], one, scope)));
    return projected(kept, node.children?.[1], scope);
  },
  Flatten(node, value, scope) {
    const base = absorbed(node.children?.[0], value, scope);
    return Array.isArray(base) ? base.flat() : null;
  },
  Comparator(node, value, scope) {
    const [left, right] = [0, 1].map((at) => asJson(absorbed(node.children?.[at], value, scope)));
    return compared(node.name ?? '', left ?? null, right ?? null);
  },
  Identity: (_node, value) => value,
  Current: (_node, value) => value,
  MultiSelectList(node, value, scope) {
    if (value === null) return null;
    return (node.children ?? []).map((one) => asJson(absorbed(one, value, scope)));
  },
  MultiSelectHash(node, value, scope) {
    if (value === null) return null;
    const pairs = node.children ?? [];
    return Object.fromEntries(
      pairs.map((pair) => [pair.name ?? '', asJson(absorbed(pair.value as Node, value, scope))]),
    );
  },
  OrExpression(node, value, scope) {
    const left = absorbed(node.children?.[0], value, scope);
    return isTrue(left) ? left : absorbed(node.children?.[1], value, scope);
  },
  AndExpression(node, value, scope) {
    const left = absorbed(node.children?.[0], value, scope);
    return isTrue(left) ? child(node.children?.[1], value, scope) : left;
  },
  NotExpression: (node, value, scope) => !isTrue(absorbed(node.children?.[0], value, scope)),
  Literal: (node) => (node.value ?? null) as JsonValue,
  Function(node, value, scope) {
    const given = (node.children ?? []).map((one) => absorbed(one, value, scope));
    return callFunction(node.name ?? '', given);
  },
  ExpressionReference(node, _value, scope) {
    const body = node.children?.[0];
    return { evaluate: (value) => asJson(absorbed(body, value, scope)) } satisfies Expression;
  },
};
function chained(isAbsorbing: boolean): Visitor {
  return (node, value, scope) => {
    const left = (isAbsorbing ? absorbed : child)(node.children?.[0], value, scope);
    return child(node.children?.[1], asJson(left), scope);
  };
}

function projected(values: readonly JsonValue[], node: Node | undefined, scope: Scope): JsonValue {
  return values.map((one) => asJson(absorbed(node, one, scope))).filter((one) => one !== null);
}

function compared(operator: string, left: JsonValue, right: JsonValue): JsonValue {
  if (operator === 'EQ') return stableStringify(left) === stableStringify(right);
  if (operator === 'NE') return stableStringify(left) !== stableStringify(right);
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  if (operator === 'GT') return left > right;
  if (operator === 'GTE') return left >= right;
  return operator === 'LT' ? left < right : left <= right;
}

function sliced(
  values: readonly JsonValue[],
  start: number | null,
  stop: number | null,
  step: number,
): JsonValue {
  if (step === 0) throw new EvaluationError('Invalid slice, step cannot be 0');
  const length = values.length;
  const capped = (given: number): number => {
    if (given < 0) return given + length < 0 ? (step < 0 ? -1 : 0) : given + length;
    return given >= length ? (step < 0 ? length - 1 : length) : given;
  };
  const from = start === null ? (step < 0 ? length - 1 : 0) : capped(start);
  const to = stop === null ? (step < 0 ? -1 : length) : capped(stop);
  const result: JsonValue[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) result.push(values[at] ?? null);
  return result;
}

/** JMESPath's own truth: what is empty is false, numbers are true. */
function isTrue(value: Value): boolean {
  if (value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isObject(value) || Object.keys(value).length > 0;
}

function asJson(value: Value): JsonValue {
  if (isObject(value) && typeof value.evaluate === 'function')
    throw new EvaluationError('an expression is no value');
  return value as JsonValue;
}
