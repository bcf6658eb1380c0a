/** Expressions of admission policies: those of Kyverno and of Kubernetes. */
import { byName, type JsonValue, keepAnswers, takeSteps } from '../../base/index.ts';
import type { EngineError } from '../engine-errors.ts';
import { safeMatches } from '../environment.ts';
import { maximumWeight, toJson, weigh } from '../json-values.ts';
import { parseIn, type Run } from '../run-expression.ts';
import { type ASTNode, bindingOf, childrenOf } from '../syntax-tree.ts';
import { type Budget, newBudget } from '../work-budget.ts';
import { countingInto, policyEnvironment } from './environment.ts';
import { askedDuring, notKnown } from './libraries/library.ts';
import { mendMacro } from './macros.ts';
import { plainLiterals } from './typed-literals.ts';

/** An expression that is ready to be evaluated any number of times; each is parsed once and kept. */
export function policyExpression(text: string): PolicyExpression {
  return expressions(text, () => compile(text));
}

function compile(text: string): PolicyExpression {
  const wrong = (error: EngineError | null): PolicyExpression => ({
    fault: error?.summary ?? '',
    evaluate: () => ({ status: 'error', message: error?.summary ?? '' }),
  });
  const unknown = (message: string): PolicyExpression => ({
    fault: null,
    evaluate: () => ({ status: 'unknown', message }),
  });
  if (text.length > maximumLength) return unknown(tooMuch);
  const environment = policyEnvironment();
  const parsed = parseIn(environment, plainLiterals(text));
  if (!parsed.ok) return wrong(parsed.error);
  constants ??= new Set(environment.getDefinitions().variables.map(({ name }) => name));
  const nodes: ASTNode[] = [];
  walk(parsed.value.tree, nodes, new Set());
  const budget = newBudget(maximumSteps);
  const ready = parsed.value.ready(nodes, budget);
  if (!ready.ok) return nodes.some(isLacking) ? unknown(notEvaluated) : wrong(ready.error);
  return { fault: null, evaluate: (variables) => evaluated(ready.value, budget, variables) };
}

/** Gathers the nodes, mends the macros, and marks the names that the policy gives values to. */
function walk(node: ASTNode, nodes: ASTNode[], bound: ReadonlySet<string>): void {
  nodes.push(node);
  mendMacro(node);
  if (node.op === 'id') {
    if (!bound.has(node.args) && !constants?.has(node.args))
      (node as { args: string }).args = `$${node.args}`;
    return;
  }
  // CEL has it as a function too: `matches(text, pattern)`.
  if ((node.op === 'rcall' || node.op === 'call') && node.args[0] === 'matches') node.args[0] = safeMatches;
  const binding = bindingOf(node) ?? optionalBinding(node);
  if (binding === undefined) {
    for (const child of childrenOf(node)) walk(child, nodes, bound);
    return;
  }
  if (binding.over !== null) walk(binding.over, nodes, bound);
  for (const body of binding.bodies) walk(body, nodes, new Set([...bound, binding.variable]));
}

/** A call that cel-go knows and the engine does not: it would be told as no function. */
function isLacking(node: ASTNode): boolean {
  return node.op === 'rcall' && (lacking[node.args[0]]?.includes(node.args[2].length) ?? false);
}

function optionalBinding(node: ASTNode) {
  if (node.op !== 'rcall' || !/^opt(Flat)?Map$/.test(node.args[0])) return undefined;
  const [, over, [variable, body]] = node.args;
  return variable?.op === 'id' && body ? { variable: variable.args, over, bodies: [body] } : undefined;
}

/**
 * What nobody here can know makes the answer unknown only where it hangs on it: `known || unknown` may be
 * decided by what is known.
 */
function evaluated(run: Run, budget: Budget, variables: Variables): Evaluated {
  if (depth === 0) left = maximumSteps;
  Object.assign(budget, newBudget(left));
  const lookUp = (name: string) => {
    const value = variables(name);
    if (value instanceof Unknown) throw notKnown(value.why);
    return value;
  };
  depth += 1;
  const { value: result, asked } = askedDuring(() => countingInto(budget, () => run(lookUp)));
  depth -= 1;
  left -= budget.spent;
  takeSteps(1 + budget.spent / stepsOfOne);
  if (result.ok) return { status: 'value', value: result.value };
  if (result.error === null) return { status: 'unknown', message: tooMuch };
  if (asked !== null) return { status: 'unknown', message: asked };
  return { status: 'error', message: result.error.summary.replaceAll(/(?<=[\s:'])\$(?=\w)/g, '') };
}

/** A value as the JSON that it stands for; undefined where it is larger than anybody would read. */
export function policyValue(value: unknown): JsonValue | undefined {
  return weigh(value) > maximumWeight ? undefined : toJson(value);
}

/** A name whose value only a cluster knows. */
export class Unknown {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

const expressions = keepAnswers<string, PolicyExpression>(2000);
let constants: ReadonlySet<string> | undefined;
const maximumLength = 50_000;
/** Of one expression with the variables that it asks for. */
const maximumSteps = 100_000;
let left = maximumSteps;
let depth = 0;
/** Of the budget of an expression, that are one of a run. */
const stepsOfOne = 4;
const tooMuch = 'the expression takes too much work';
const notEvaluated = 'the expression calls a function that is not evaluated here';

/**
 * By the numbers of their arguments. Sources: `TwoVarComprehensions`, `Lists` and `Math` among the extensions
 * of cel-go.
 */
const lacking: Record<string, readonly number[] | undefined> = byName({
  all: [3],
  exists: [3],
  exists_one: [3],
  existsOne: [2, 3],
  transformList: [3, 4],
  transformMap: [3, 4],
  transformMapEntry: [3, 4],
  sortBy: [2],
  isNaN: [1],
  isInf: [1],
  isFinite: [1],
  sqrt: [1],
  bitAnd: [2],
  bitOr: [2],
  bitXor: [2],
  bitNot: [1],
  bitShiftLeft: [2],
  bitShiftRight: [2],
});

/** The value of a name, `Unknown` where only a cluster has it, undefined where there is no such name. */
export type Variables = (name: string) => unknown;

export interface PolicyExpression {
  /** Why it cannot be evaluated, whatever of; null where it can. */
  fault: string | null;
  evaluate(variables: Variables): Evaluated;
}

export type Evaluated =
  | { status: 'value'; value: unknown }
  | { status: 'error'; message: string }
  /** It hangs on what is not known here, or takes more work than there is room for. */
  | { status: 'unknown'; message: string };
