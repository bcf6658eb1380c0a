import { type ASTNode, EvaluationError } from '@marcbachmann/cel-js';

/**
 * Counts the steps of comprehensions and bounds what `+` makes, by putting a counter before the engine's own evaluation of a node.
 * The engine has limits for parsing only, and swallows errors inside `all` and `exists`: there the loop is told to stop instead.
 */
export function meterNode(node: ASTNode, budget: Budget): void {
  const inner = node as unknown as InnerNode;
  if (node.op === '+') {
    const evaluate = inner.meta.evaluate;
    inner.setMeta('evaluate', (evaluator, ast, context) =>
      bounded(evaluate(evaluator, ast, context), budget),
    );
  }
  const comprehension = inner.meta.alternate;
  if (comprehension?.op !== 'comprehension') return;
  const { step, init, kind } = comprehension.args;
  const evaluate = step.meta.evaluate;
  step.setMeta('evaluate', (evaluator, ast, context) => {
    budget.spent += 1;
    if (budget.spent <= maximumSteps) return evaluate(evaluator, ast, context);
    budget.exhausted = true;
    if (kind === 'quantifier' && typeof init.args === 'boolean') return !init.args;
    throw tooMuch();
  });
}

export function newBudget(): Budget {
  return { spent: 0, exhausted: false };
}

function bounded(value: unknown, budget: Budget): unknown {
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : 0;
  budget.spent += size >> 6;
  if (size <= maximumSize && budget.spent <= maximumSteps) return value;
  budget.exhausted = true;
  throw tooMuch();
}

function tooMuch(): EvaluationError {
  return new EvaluationError({ code: 'budget', message: 'the expression takes too much work' });
}

/** Of one query over all its rows: a second or so of work, two hundred steps a row at ten thousand rows. */
const maximumSteps = 2_000_000;
const maximumSize = 1_000_000;

export interface Budget {
  spent: number;
  exhausted: boolean;
}

/** What the engine's nodes carry beyond their published type. */
interface InnerNode {
  op: string;
  meta: { evaluate: Evaluate; alternate?: { op: string; args: Comprehension } };
  setMeta(key: 'evaluate', value: Evaluate): void;
}
interface Comprehension {
  kind?: 'quantifier';
  step: InnerNode;
  init: { args: unknown };
}
type Evaluate = (evaluator: unknown, ast: unknown, context: unknown) => unknown;
