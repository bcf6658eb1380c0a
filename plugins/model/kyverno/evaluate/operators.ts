/** The operators of conditions. Source: kyverno `pkg/engine/variables/operator`. */
import { parse as parseVersion } from 'semver';
import {
  asText,
  byName,
  compareDecimals,
  isObject,
  type JsonValue,
  parseDuration,
  parseFloatText,
  parseQuantity,
  stableStringify,
} from '../../../base/index.ts';
import { wildcard } from '../wildcard.ts';
import { leafMatches } from './leaf.ts';

/**
 * Null where there is no such operator, which is an error of the rule. Names are taken in any case, but those
 * that compare sizes then compare nothing.
 */
export function compareBy(operator: string, key: JsonValue, value: JsonValue): boolean | null {
  const handler = handlers[operator.toLowerCase()];
  if (!handler) return null;
  return key !== null && handler(key, value, operator);
}

type Handler = (key: JsonValue, value: JsonValue, operator: string) => boolean;

const sizes = ['GreaterThan', 'GreaterThanOrEquals', 'LessThan', 'LessThanOrEquals'];
const handlers: Record<string, Handler> = byName({
  equal: equals,
  equals,
  notequal: (key, value) => !equals(key, value),
  notequals: (key, value) => !equals(key, value),
  in: deprecated('every', true),
  notin: deprecated('some', false),
  anyin: membership('some', true),
  allin: membership('every', true),
  anynotin: membership('some', false),
  allnotin: membership('every', false),
  ...Object.fromEntries(sizes.map((name) => [name.toLowerCase(), comparesSize])),
  ...Object.fromEntries(sizes.map((name) => [`duration${name.toLowerCase()}`, comparesDuration])),
});

function equals(key: JsonValue, value: JsonValue): boolean {
  if (typeof key === 'boolean') return key === value;
  if (typeof key === 'number')
    return typeof value === 'string' ? parseFloatText(value) === key : key === value;
  if (typeof key !== 'string') return stableStringify(key) === stableStringify(value);
  const order = orderOfDurations(key, value) ?? orderOfQuantities(key, value);
  if (order !== null) return order === 0;
  return typeof value === 'string' && wildcard(value, key);
}

/**
 * A number stands for seconds where the other side is a duration; null where neither is one, or one is
 * neither.
 */
function orderOfDurations(key: JsonValue, value: JsonValue): number | null {
  const [left, right] = [writtenDuration(key), writtenDuration(value)];
  if (left === null && right === null) return null;
  const [own, other] = [left ?? secondsOf(key), right ?? secondsOf(value)];
  if (own === null || other === null) return null;
  return own < other ? -1 : own > other ? 1 : 0;
}

function writtenDuration(value: JsonValue): bigint | null {
  return typeof value === 'string' && value !== '0' ? parseDuration(value) : null;
}

function secondsOf(value: JsonValue): bigint | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return BigInt(Math.trunc(value)) * 1_000_000_000n;
}

function orderOfQuantities(key: JsonValue, value: JsonValue): number | null {
  if (typeof key !== 'string' || typeof value !== 'string') return null;
  const [left, right] = [parseQuantity(key), parseQuantity(value)];
  return left && right ? compareDecimals(left, right) : null;
}

/** Of several keys `some` or `every`; what is no list of texts to look into is false whatever is asked. */
function membership(quantifier: 'some' | 'every', isWanted: boolean): Handler {
  return (key, value) => {
    const room = roomOf(key, value);
    if (!room) return false;
    const keys = Array.isArray(key) ? key : [key];
    return keys[quantifier]((one) => room(one) === isWanted);
  };
}

/** The deprecated operators know no ranges, and of texts only one value and lists as JSON. */
function deprecated(quantifier: 'some' | 'every', isWanted: boolean): Handler {
  const asked = membership(quantifier, isWanted);
  return (key, value) => {
    if (typeof value !== 'string') return (Array.isArray(value) || isObject(key)) && asked(key, value, '');
    const isAlone = Array.isArray(key) ? key.length === 1 && key[0] === value : wildcard(value, asText(key));
    return isAlone ? isWanted : listIn(value) !== null && asked(key, value, '');
  };
}

/** Tells whether one key is in the value; null where the value is nothing that a key could be in. */
function roomOf(key: JsonValue, value: JsonValue): ((one: JsonValue) => boolean) | null {
  if (isObject(key) || isObject(value) || value === null) return null;
  const within = (texts: string[]) => (one: JsonValue) =>
    texts.some((text) => wildcard(text, asText(one)) || wildcard(asText(one), text));
  if (Array.isArray(value)) return within(value.map(asText));
  if (typeof value !== 'string') return Array.isArray(key) ? within([asText(value)]) : null;
  if (Array.isArray(key) ? key.length === 1 && key[0] === value : wildcard(value, asText(key)))
    return () => true;
  if (range.test(value)) return (one) => leafMatches(typeof one === 'boolean' ? asText(one) : one, value);
  if (isJson(value)) {
    const list = listIn(value);
    return list && ((one) => list.includes(asText(one)));
  }
  return Array.isArray(key) ? within([value]) : () => false;
}

const range = /^[-|+]?\d+(?:\.\d+)?[A-Za-z]*!?-[-|+]?\d+(?:\.\d+)?[A-Za-z]*$/;

function isJson(text: string): boolean {
  return parsed(text) !== undefined;
}

/** The texts of a list that is given as JSON; null for anything else. */
function listIn(text: string): string[] | null {
  const value = parsed(text);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function comparesSize(key: JsonValue, value: JsonValue, operator: string): boolean {
  if (typeof key !== 'number' && typeof key !== 'string') return false;
  const order =
    orderOfDurations(key, value) ??
    orderOfQuantities(key, value) ??
    orderOfNumbers(key, value) ??
    orderOfVersions(key, value);
  return order !== null && holds(operator, order);
}

function comparesDuration(key: JsonValue, value: JsonValue, operator: string): boolean {
  const side = (one: JsonValue): bigint | null =>
    typeof one === 'string' ? parseDuration(one) : secondsOf(one);
  const [left, right] = [side(key), side(value)];
  if (left === null || right === null) return false;
  return holds(operator.replace(/^Duration/, ''), left < right ? -1 : left > right ? 1 : 0);
}

function orderOfNumbers(key: JsonValue, value: JsonValue): number | null {
  const side = (one: JsonValue): number | null =>
    typeof one === 'number' ? one : typeof one === 'string' ? parseFloatText(one) : null;
  const [left, right] = [side(key), side(value)];
  return left === null || right === null ? null : Math.sign(left - right);
}

function orderOfVersions(key: JsonValue, value: JsonValue): number | null {
  const side = (one: JsonValue) =>
    typeof one === 'string' && /^\d\S*$/.test(one) ? parseVersion(one) : null;
  const [left, right] = [side(key), side(value)];
  return left && right ? left.compare(right) : null;
}

function holds(operator: string, order: number): boolean {
  if (operator === 'GreaterThan') return order > 0;
  if (operator === 'GreaterThanOrEquals') return order >= 0;
  if (operator === 'LessThan') return order < 0;
  return operator === 'LessThanOrEquals' && order <= 0;
}
