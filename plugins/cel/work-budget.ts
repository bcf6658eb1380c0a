import { type ASTNode, EvaluationError } from '@marcbachmann/cel-js';
import { weigh } from './json-values.ts';

/**
 * Puts counters before the engine's own evaluation of a node: the engine has limits for parsing only. Counted
 * are the turns of comprehensions, the characters that functions read, what `+` and `join` make, and the
 * values that are compared. The engine swallows errors inside `all` and `exists`: there the loop is told to
 * stop instead. `size` is how many nodes the whole expression has.
 */
export function meterNode(node: ASTNode, budget: Budget, size: number): void {
  if (node.op === '+') intercept(node, (value) => spend(budget, lengthOf(value) >> 6, lengthOf(value)));
  else if (node.op === '==' || node.op === '!=' || node.op === 'in') meterComparison(node, budget);
  else if (node.op === 'rcall') meterCall(node.args[0], [node.args[1], ...node.args[2]], budget);
  else if (node.op === 'call') meterCall(node.args[0], node.args[1], budget);

  const comprehension = (node as unknown as InnerNode).meta.alternate;
  if (comprehension?.op !== 'comprehension') return;
  const { step, init, kind } = comprehension.args as Comprehension;
  const evaluate = step.meta.evaluate;
  step.setMeta('evaluate', (evaluator, ast, context) => {
    budget.spent += 1 + (size >> 4);
    if (budget.spent <= budget.limit) return evaluate(evaluator, ast, context);
    budget.exhausted = true;
    if (kind === 'quantifier' && typeof init.args === 'boolean') return !init.args;
    throw tooMuch();
  });
}

/** Two values are compared as deep as the smaller one goes. */
function meterComparison(node: Extract<ASTNode, { op: '==' | '!=' | 'in' }>, budget: Budget): void {
  const [left, right] = node.args;
  let first = 0;
  intercept(left, (value) => {
    first = weigh(value);
  });
  intercept(right, (value) => {
    const times = node.op === 'in' && Array.isArray(value) ? value.length : 1;
    spend(budget, Math.min(first * times, weigh(value)) / 4);
  });
}

/** Functions read their texts once; a search for a long text may go through both. */
function meterCall(name: string, args: ASTNode[], budget: Budget): void {
  let first = 0;
  for (const [index, argument] of args.entries()) {
    intercept(argument, (value) => {
      const length = typeof value === 'string' ? value.length : 0;
      if (index === 0) first = length;
      spend(budget, length >> 6);
      if (index === 1 && length > 64) spend(budget, (first * length) / 4096);
      // What comes out is as long as all of them together.
      if (name === 'join' && Array.isArray(value)) spend(budget, totalLength(value) >> 6, totalLength(value));
      if (name === 'split') spend(budget, length >> 3);
      // With a time zone, the engine formats a whole date for each.
      if (index === 1 && /^get[A-Z]/.test(name)) spend(budget, 200);
    });
  }
}

/**
 * Lets `look` see each value of a node; what it throws is the node's error. Types are checked by now, so the
 * way to evaluate is settled.
 */
function intercept(node: ASTNode, look: (value: unknown) => void): void {
  const inner = node as unknown as InnerNode;
  const other = inner.meta.alternate ?? inner.meta.macro;
  const { evaluate } = other === undefined ? inner.meta : other;
  const own = Object.hasOwn(inner, 'evaluate') ? inner.evaluate : undefined;
  inner.evaluate = (evaluator, ast, context) => {
    const value = own
      ? own(evaluator, ast, context)
      : other === undefined
        ? evaluate(evaluator, ast, context)
        : other.evaluate(evaluator, other, context);
    look(value);
    return value;
  };
}

export function newBudget(limit = maximumSteps): Budget {
  return { spent: 0, limit, exhausted: false, paid: new Set() };
}

/**
 * Takes steps from the budget, and refuses a value that is `size` long. @throws EvaluationError where there
 * are none left.
 */
export function spend(budget: Budget, steps: number, size = 0): void {
  budget.spent += steps;
  if (size <= maximumSize && budget.spent <= budget.limit) return;
  budget.exhausted = true;
  throw tooMuch();
}

/** Takes steps for what is kept once it is made. What is remembered is bounded as what is kept is. */
export function spendOnce(budget: Budget, what: string, steps: number): void {
  if (budget.paid.has(what)) return;
  if (budget.paid.size >= maximumPaid) budget.paid.clear();
  budget.paid.add(what);
  spend(budget, steps);
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

function totalLength(list: unknown[]): number {
  return list.reduce<number>((sum, one) => sum + 1 + lengthOf(one), 0);
}

function tooMuch(): EvaluationError {
  return new EvaluationError({ code: 'budget', message: 'the expression takes too much work' });
}

/** Of one query over all its rows: a second or so of work, two hundred steps a row at ten thousand rows. */
const maximumSteps = 2_000_000;
/** Of one row by itself, as tables ask for each of their cells. */
export const maximumRowSteps = 50_000;
const maximumSize = 1_000_000;
const maximumPaid = 500;

export interface Budget {
  spent: number;
  limit: number;
  exhausted: boolean;
  /** What is paid for already. */
  paid: Set<string>;
}

/** What the engine's nodes carry beyond their published type. */
interface InnerNode {
  op: string;
  evaluate: Evaluate;
  meta: { evaluate: Evaluate; alternate?: InnerNode; macro?: { evaluate: Evaluate } };
  args: unknown;
  setMeta(key: 'evaluate', value: Evaluate): void;
}
interface Comprehension {
  kind?: 'quantifier';
  step: InnerNode;
  init: { args: unknown };
}
type Evaluate = (evaluator: unknown, ast: unknown, context: unknown) => unknown;
