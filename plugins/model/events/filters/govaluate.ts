/**
 * Expressions of `exprs` filters: Knetic/govaluate over the fields that the filter names. Read are literals,
 * names (also `[in brackets]`), `! -`, `* / % + -`, comparisons, `=~ !~` (RE2), `in` with a list, `&& ||`,
 * `? :` and `??`. Dates, bit operators and functions are not.
 */
import { compileRe2, type JsonValue, takeSteps } from '../../../base/index.ts';

/** @throws ExpressionError where govaluate reports one, UnreadExpression where it is not read here. */
export function evaluateExpression(text: string, parameters: ReadonlyMap<string, JsonValue>): Value {
  const tokens = tokensOf(text);
  const parser = { tokens, at: 0 };
  const run = ternary(parser, 0);
  if (parser.at < tokens.length) throw new ExpressionError(`unexpected '${tokens[parser.at]?.text ?? ''}'`);
  return run(parameters);
}

export class ExpressionError extends Error {}
export class UnreadExpression extends Error {}

function ternary(parser: Parser, depth: number): Run {
  if (depth > deepest) throw new UnreadExpression('nested too deeply');
  const condition = level(parser, 0, depth);
  if (take(parser, '?')) {
    const yes = ternary(parser, depth + 1);
    const no = take(parser, ':') ? ternary(parser, depth + 1) : () => null;
    return (known) => (truth(condition(known)) ? yes(known) : no(known));
  }
  return condition;
}

/** Binary operators from the loosest to the tightest, all from left to right. */
const levels: string[][] = [
  ['??'],
  ['||'],
  ['&&'],
  ['==', '!=', '>', '<', '>=', '<=', '=~', '!~', 'in', 'IN'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
];

function level(parser: Parser, index: number, depth: number): Run {
  const operators = levels[index];
  if (operators === undefined) return prefix(parser, depth);
  let left = level(parser, index + 1, depth);
  for (;;) {
    const token = parser.tokens[parser.at];
    if (token?.type !== 'operator' || !operators.includes(token.text)) return left;
    parser.at += 1;
    const [before, right] = [left, level(parser, index + 1, depth)];
    left = (known) => apply(token.text, before, right, known);
  }
}

function prefix(parser: Parser, depth: number): Run {
  if (depth > deepest) throw new UnreadExpression('nested too deeply');
  if (take(parser, '!')) {
    const inner = prefix(parser, depth + 1);
    return (known) => !truth(inner(known));
  }
  if (take(parser, '-')) {
    const inner = prefix(parser, depth + 1);
    return (known) => -number(inner(known));
  }
  const token = parser.tokens[parser.at];
  parser.at += 1;
  if (token === undefined) throw new ExpressionError('unexpected end of expression');
  switch (token.type) {
    case 'number':
      return () => Number(token.text);
    case 'text':
      return () => token.text;
    case 'name':
      if (token.text === 'true' || token.text === 'false') return () => token.text === 'true';
      return (known) => {
        const found = known.get(token.text);
        if (found === undefined) throw new ExpressionError(`No parameter '${token.text}' found.`);
        return found;
      };
    case 'bracketed':
      return (known) => {
        const found = known.get(token.text);
        if (found === undefined) throw new ExpressionError(`No parameter '${token.text}' found.`);
        return found;
      };
    default:
      return clause(parser, token.text, depth);
  }
}

/** `(a)`, or `(a, b)`: a list for `in`. */
function clause(parser: Parser, opened: string, depth: number): Run {
  if (opened !== '(') throw new ExpressionError(`unexpected '${opened}'`);
  const parts = [ternary(parser, depth + 1)];
  while (take(parser, ',')) parts.push(ternary(parser, depth + 1));
  if (!take(parser, ')')) throw new ExpressionError('unbalanced parenthesis');
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? only
    : (known) => parts.map((part) => part(known)) as JsonValue[];
}

function apply(operator: string, left: Run, right: Run, known: Known): Value {
  const first = left(known);
  // Both are short-circuited.
  if (operator === '&&') return truth(first) && truth(right(known));
  if (operator === '||') return truth(first) || truth(right(known));
  if (operator === '??') return first ?? right(known);
  const second = right(known);
  switch (operator) {
    case '==':
      return same(first, second);
    case '!=':
      return !same(first, second);
    case '+':
      return typeof first === 'string' || typeof second === 'string'
        ? `${shown(first)}${shown(second)}`
        : number(first) + number(second);
    case '=~':
    case '!~': {
      if (typeof first !== 'string' || typeof second !== 'string')
        throw new ExpressionError(`cannot match ${shown(first)} with ${shown(second)}`);
      if (!takeSteps(1 + first.length / 100)) throw new UnreadExpression('takes too much work');
      return compileRe2(second).finds(first) === (operator === '=~');
    }
    case 'in':
    case 'IN':
      if (!Array.isArray(second)) throw new ExpressionError('`in` needs a list');
      return second.some((one) => same(first, one));
    case '>':
    case '<':
    case '>=':
    case '<=':
      return ordered(operator, first, second);
    default:
      return calculated(operator, number(first), number(second));
  }
}

function ordered(operator: string, left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string')
    return holds(operator, left < right, left === right);
  const [a, b] = [number(left), number(right)];
  return holds(operator, a < b, a === b);
}

function holds(operator: string, isLess: boolean, isSame: boolean): boolean {
  if (operator === '<') return isLess;
  if (operator === '<=') return isLess || isSame;
  return operator === '>' ? !isLess && !isSame : !isLess;
}

function calculated(operator: string, left: number, right: number): number {
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return left ** right;
  }
}

function same(left: Value, right: Value): boolean {
  return typeof left === 'object' || typeof right === 'object'
    ? JSON.stringify(left) === JSON.stringify(right)
    : left === right;
}

function truth(value: Value): boolean {
  if (typeof value !== 'boolean') throw new ExpressionError(`'${shown(value)}' is no bool`);
  return value;
}

function number(value: Value): number {
  if (typeof value !== 'number') throw new ExpressionError(`'${shown(value)}' is no number`);
  return value;
}

function shown(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function take(parser: Parser, text: string): boolean {
  const token = parser.tokens[parser.at];
  if (token?.type !== 'operator' || token.text !== text) return false;
  parser.at += 1;
  return true;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (match === null) throw new UnreadExpression(`'${text[at]}'`);
    at = tokenPattern.lastIndex;
    const [whole, blank, numeral, double, single, bracketed, name] = match;
    if (blank !== undefined) continue;
    const string = double ?? single;
    if (numeral !== undefined) tokens.push({ type: 'number', text: numeral });
    else if (string !== undefined) tokens.push(textToken(string.replace(/\\([\s\S])/g, '$1')));
    else if (bracketed !== undefined) tokens.push({ type: 'bracketed', text: bracketed });
    else if (name === 'in' || name === 'IN') tokens.push({ type: 'operator', text: name });
    else if (name !== undefined) {
      if (text[at] === '(' || text[at] === '.') throw new UnreadExpression(name);
      tokens.push({ type: 'name', text: name });
    } else tokens.push({ type: 'operator', text: whole });
  }
  return tokens;
}

/** govaluate takes a text that looks like a date for one. */
function textToken(text: string): Token {
  if (/^\d{4}-\d\d-\d\d|^\d{1,2}:\d\d/.test(text)) throw new UnreadExpression('a date');
  return { type: 'text', text };
}

const tokenPattern =
  /(\s+)|(0x[0-9a-fA-F]+|\d+(?:\.\d+)?)|"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|\[([^\]]+)\]|(\p{L}[\p{L}\p{Nd}_]*)|&&|\|\||\?\?|==|!=|>=|<=|=~|!~|\*\*|[()<>!?:,*/%+-]/uy;
const deepest = 200;

type Known = ReadonlyMap<string, JsonValue>;
type Value = JsonValue;
type Run = (known: Known) => Value;
interface Token {
  type: 'number' | 'text' | 'name' | 'bracketed' | 'operator';
  text: string;
}
interface Parser {
  tokens: Token[];
  at: number;
}
