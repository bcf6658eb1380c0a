import type { JsonValue } from '../../base/index.ts';
import {
  type ASTNode,
  bindingOf,
  childrenOf,
  nameFrom,
  parseExpression,
  serialize,
} from '../../cel/index.ts';

/**
 * Whether an expression holds of a row of which not everything is known: Kleene's logic over its tree. What
 * speaks of known names alone is evaluated as it stands, for every value that they may have; all else is
 * known only where the form of the expression decides it.
 */
export function truthOf(expression: string, row: PartialRow, evaluate: Evaluate): Truth {
  const root = parseExpression(expression);
  return root === undefined ? 'maybe' : truth(root, row, evaluate);
}

export function and(...truths: Truth[]): Truth {
  if (truths.includes('no')) return 'no';
  return truths.every((one) => one === 'yes') ? 'yes' : 'maybe';
}

export function not(one: Truth): Truth {
  return one === 'maybe' ? 'maybe' : one === 'yes' ? 'no' : 'yes';
}

function truth(node: ASTNode, row: PartialRow, evaluate: Evaluate): Truth {
  const values = valuesOf(node, row);
  if (values !== undefined) return overall(values.map((known) => evaluated(node, known, evaluate)));
  const inner = (child: ASTNode) => truth(child, row, evaluate);
  switch (node.op) {
    case '&&':
      return and(...node.args.map(inner));
    case '||':
      return not(and(...node.args.map((child) => not(inner(child)))));
    case '!_':
      return not(inner(node.args));
    case '?:': {
      const [condition, first, second] = node.args;
      const decided = inner(condition);
      if (decided !== 'maybe') return inner(decided === 'yes' ? first : second);
      return overall([inner(first), inner(second)]);
    }
    case '==':
      return equal(...node.args, row);
    case '!=':
      return not(equal(...node.args, row));
    case 'in': {
      const [item, list] = node.args;
      if (list.op !== 'list') return 'maybe';
      return not(and(...list.args.map((one) => not(equal(item, one, row)))));
    }
    default:
      return 'maybe';
  }
}

/** A name that is not known, against a value that it is known not to have. */
function equal(left: ASTNode, right: ASTNode, row: PartialRow): Truth {
  const [name, value] = right.op === 'id' ? [right, left] : [left, right];
  if (name.op !== 'id' || value.op !== 'value') return 'maybe';
  const known = row(nameFrom(name.args));
  if (known === undefined) return 'maybe';
  const literal = typeof value.args === 'bigint' ? Number(value.args) : value.args;
  if ('values' in known) return overall(known.values.map((one) => (one === literal ? 'yes' : 'no')));
  return known.lacks(literal) ? 'no' : 'maybe';
}

/**
 * Every combination of the values of its names; undefined where one of them is not known, or there are too
 * many.
 */
function valuesOf(node: ASTNode, row: PartialRow): Map<string, JsonValue>[] | undefined {
  let combined: Map<string, JsonValue>[] = [new Map()];
  for (const name of namesIn(node)) {
    const known = row(name);
    if (known === undefined || !('values' in known)) return undefined;
    if (combined.length * known.values.length > maximumCombinations) return undefined;
    combined = known.values.flatMap((value) => combined.map((one) => new Map(one).set(name, value)));
  }
  return combined;
}

function evaluated(node: ASTNode, known: Map<string, JsonValue>, evaluate: Evaluate): Truth {
  const result = evaluate(serialize(node), (name) => known.get(name));
  return result === undefined ? 'maybe' : result ? 'yes' : 'no';
}

function overall(truths: Truth[]): Truth {
  const [first = 'maybe', ...others] = truths;
  return others.every((one) => one === first) ? first : 'maybe';
}

/** Names that the expression takes from the row. */
export function namesIn(node: ASTNode, bound: ReadonlySet<string> = new Set()): Set<string> {
  const names = new Set<string>();
  const add = (child: ASTNode, inside = bound) => {
    for (const name of namesIn(child, inside)) names.add(name);
  };
  if (node.op === 'id') {
    if (!bound.has(node.args)) names.add(nameFrom(node.args));
    return names;
  }
  const binding = bindingOf(node);
  if (binding === undefined) for (const child of childrenOf(node)) add(child);
  else {
    if (binding.over !== null) add(binding.over);
    for (const body of binding.bodies) add(body, new Set([...bound, binding.variable]));
  }
  return names;
}

/** Of what is evaluated for each combination of the values of its names. */
const maximumCombinations = 32;

export type Truth = 'yes' | 'no' | 'maybe';

/**
 * What is known of a row's name: all the values that it may have, or values that it has not; undefined where
 * nothing is.
 */
export type PartialRow = (name: string) => PartialValue | undefined;
export type PartialValue = { values: readonly JsonValue[] } | { lacks(value: unknown): boolean };

/** A condition over known names; undefined where it is an error, such as a key that is not set. */
export type Evaluate = (
  expression: string,
  known: (name: string) => JsonValue | undefined,
) => boolean | undefined;
