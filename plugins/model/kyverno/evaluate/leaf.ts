/** One value against one scalar of a pattern. Source: kyverno `pkg/engine/pattern`. */
import {
  compareDecimals,
  isObject,
  type JsonValue,
  matchedText,
  numberText,
  parseDuration,
  parseFloatText,
  parseQuantity,
} from '../../../base/index.ts';
import { wildcard } from '../wildcard.ts';

/** @param value undefined and null are the same: what is absent. */
export function leafMatches(value: JsonValue | undefined, pattern: JsonValue): boolean {
  if (typeof pattern === 'string') return textMatches(value ?? null, pattern);
  if (typeof pattern === 'boolean') return value === pattern;
  if (typeof pattern === 'number')
    return typeof value === 'string' ? parseFloatText(value) === pattern : value === pattern;
  if (pattern === null) return [null, undefined, '', 0, false].some((empty) => empty === value);
  return isObject(pattern) && isObject(value);
}

function textMatches(value: JsonValue, pattern: string): boolean {
  if (value === pattern) return true;
  return pattern.split('|').some((either) =>
    trimmed(either)
      .split('&')
      .every((each) => partMatches(value, trimmed(each))),
  );
}

/** A part between `|` and `&`: an operator or none, a range, a value. */
function partMatches(value: JsonValue, part: string): boolean {
  const operator = operatorOf(part);
  if (operator !== '!-' && operator !== '-')
    return compares(value, operator, trimmed(part.slice(operator.length)));
  const [, low = '', high = ''] = (operator === '-' ? inside : outside).exec(part) ?? [];
  return operator === '-'
    ? compares(value, '>=', low) && compares(value, '<=', high)
    : compares(value, '<', low) || compares(value, '>', high);
}

/** The operator that a part begins with, or that stands between two ends of a range; '' for neither. */
export function operatorOf(part: string): Operator | '-' | '!-' {
  if (part.length < 2) return '';
  const before = operators.find((one) => part.startsWith(one));
  if (before) return before;
  return outside.test(part) ? '!-' : inside.test(part) ? '-' : '';
}

const operators = ['>=', '<=', '>', '<', '!'] as const;
type Operator = (typeof operators)[number] | '';
const end = String.raw`([-+]?\d+(?:\.\d+)?[A-Za-z]*)`;
const outside = new RegExp(`^${end}!-${end}$`);
const inside = new RegExp(`^${end}-${end}$`);

/** The first of duration, quantity and text that both sides are decides. */
function compares(value: JsonValue, operator: Operator, wanted: string): boolean {
  const given = comparable(value);
  if (given !== null) {
    const durations = [parseDuration(given), parseDuration(wanted)];
    const [left = null, right = null] = durations;
    if (left !== null && right !== null) return holds(operator, left < right ? -1 : left > right ? 1 : 0);
    const [own, other] = [parseQuantity(given), parseQuantity(wanted)];
    if (own && other) return holds(operator, compareDecimals(own, other));
  }
  const text = writtenText(value);
  if (text === null) return false;
  if (operator === '') return wildcard(wanted, text);
  return operator === '!' && !wildcard(wanted, text);
}

function holds(operator: Operator, order: number): boolean {
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  return (order === 0) !== (operator === '!');
}

/** What is compared as a duration or a quantity: what is absent counts as `0`. */
function comparable(value: JsonValue): string | null {
  if (value === null) return '0';
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? value : null;
}

function writtenText(value: JsonValue): string | null {
  if (typeof value === 'number') return matchedText(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : null;
}

function trimmed(text: string): string {
  return text.replace(/^ +| +$/g, '');
}
