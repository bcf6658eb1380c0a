import { byName, type JsonPath, keepAnswers } from '../../base/index.ts';
import { type ASTNode, comprehensions, nameFrom, parseExpression } from '../../cel/index.ts';

/**
 * What an expression speaks of, from its syntax tree. Of one that does not parse nothing is known but its
 * text.
 */
export function readExpression(expression: string): ExpressionReading {
  return readings(expression, () => read(expression));
}

function read(expression: string): ExpressionReading {
  const reading: ExpressionReading = { fields: [], parts: [], calls: [], texts: [] };
  const root = parseExpression(expression);
  if (root === undefined) {
    const text = expression.trim();
    return {
      ...reading,
      parts: text === '' ? [] : [{ text, offset: expression.indexOf(text), comparison: null }],
    };
  }
  visit(root, { expression, reading, bound: new Set() });
  reading.parts = conjuncts(root, expression).map((node) => {
    const { start, end } = withBrackets(node, expression);
    return { text: expression.slice(start, end), offset: start, comparison: comparisonOf(node, expression) };
  });
  return reading;
}

function visit(node: ASTNode, state: State): void {
  const { reading, bound } = state;
  switch (node.op) {
    case 'value':
      if (typeof node.args === 'string') reading.texts.push(node.args);
      return;
    case 'id':
    case '.':
    case '.?':
    case '[]':
    case '[?]':
      access(node, state);
      return;
    case 'call': {
      const [name, args] = node.args;
      if (name !== 'has') reading.calls.push({ name, texts: textsIn(args), path: [] });
      for (const one of args) visit(one, state);
      return;
    }
    case 'rcall': {
      const [name, receiver, args] = node.args;
      const [variable, ...bodies] = args;
      const isBinding = name === 'bind' && variable?.op === 'id';
      // `cel` and `optional` hold functions, no values.
      if (receiver.op !== 'id' || !namespaces.has(receiver.args)) visit(receiver, state);
      if (variable?.op !== 'id' || bodies.length === 0 || !(isBinding || comprehensions.has(name)))
        for (const one of args) visit(one, state);
      else for (const body of bodies) visit(body, { ...state, bound: new Set([...bound, variable.args]) });
      return;
    }
    case 'map':
      for (const [key, value] of node.args) for (const one of [key, value]) visit(one, state);
      return;
    case '!_':
    case '-_':
      visit(node.args, state);
      return;
    default:
      for (const child of node.args) visit(child, state);
  }
}

/**
 * A name with what is asked of it: a field of the row, of a variable of a loop, or of what a function gives.
 */
function access(node: ASTNode, state: State): void {
  const { root, path } = chainOf(node);
  if (root.op === 'id') {
    if (!state.bound.has(root.args)) state.reading.fields.push(fieldOf(node, state.expression));
  } else if (root.op === '[]' || root.op === '[?]') {
    for (const child of root.args) visit(child, state);
  } else {
    visit(root, state);
    const call =
      root.op === 'call' ? state.reading.calls.find(({ name }) => name === root.args[0]) : undefined;
    if (call !== undefined && call.path.length === 0) call.path = path;
  }
}

/**
 * The keys that are written out, from what they are asked of. A computed key ends the chain: what comes after
 * it cannot be told.
 */
function chainOf(node: ASTNode): { root: ASTNode; path: JsonPath } {
  let path: JsonPath = [];
  let root = node;
  while (root.op === '.' || root.op === '.?' || root.op === '[]' || root.op === '[?]') {
    const [left, right] = root.args;
    const key = typeof right === 'string' ? right : right.op === 'value' ? right.args : undefined;
    if (typeof key !== 'string' && typeof key !== 'bigint') break;
    path = [typeof key === 'bigint' ? Number(key) : key, ...path];
    root = left;
  }
  return { root, path };
}

function fieldOf(node: ASTNode, expression: string): FieldRead {
  const { root, path } = chainOf(node);
  const name = root.op === 'id' ? nameFrom(root.args) : '';
  const text = expression.slice(node.start, node.end);
  return { path: [name, ...path], text: text.includes(')') ? name + path.map(written).join('') : text };
}

function written(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key}']`;
}

/** What the outermost `&&`s join; one part where there is none. */
function conjuncts(node: ASTNode, expression: string): ASTNode[] {
  if (node.op !== '&&' || withBrackets(node, expression).start < node.start) return [node];
  return node.args.flatMap((child) => conjuncts(child, expression));
}

/** Where a part of the text is written with the brackets around it, of which the tree knows nothing. */
function withBrackets({ start, end }: ASTNode, expression: string): { start: number; end: number } {
  let range = { start, end };
  for (;;) {
    const before = expression.slice(0, range.start).trimEnd();
    const after = expression.slice(range.end).trimStart();
    if (!before.endsWith('(') || !after.startsWith(')')) return range;
    range = { start: before.length - 1, end: expression.length - after.length + 1 };
  }
}

function comparisonOf(node: ASTNode, expression: string): Comparison | null {
  const turned = turnedOperators[node.op];
  if (turned === undefined || !Array.isArray(node.args)) return null;
  const [left, right] = node.args as [ASTNode, ASTNode];
  if (isField(left) && right.op === 'value')
    return { field: fieldOf(left, expression), operator: node.op, literal: right.args };
  if (isField(right) && left.op === 'value')
    return { field: fieldOf(right, expression), operator: turned, literal: left.args };
  return null;
}

function isField(node: ASTNode): boolean {
  return chainOf(node).root.op === 'id';
}

function textsIn(nodes: readonly ASTNode[]): string[] {
  return nodes.flatMap((node) => (node.op === 'value' && typeof node.args === 'string' ? [node.args] : []));
}

const readings = keepAnswers<string, ExpressionReading>(2000);
const namespaces = new Set(['cel', 'optional']);
/** Operators that compare, with what each becomes where its sides change places. */
const turnedOperators: Record<string, string | undefined> = byName({
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
});

export interface ExpressionReading {
  /** Fields of the row, in the order in which they are written. */
  fields: FieldRead[];
  /** What its outermost `&&`s join. */
  parts: ExpressionPart[];
  /** Calls of functions, with the texts among what they take, and what is asked of what they give. */
  calls: { name: string; texts: string[]; path: JsonPath }[];
  /** Every text that is written in it, but for keys. */
  texts: string[];
}

/** `spec.x`, `labels['a/b']`: its keys from the row on, and as it is written. */
interface FieldRead {
  path: JsonPath;
  text: string;
}

export interface ExpressionPart {
  text: string;
  /** Where in the expression, from 0. */
  offset: number;
  comparison: Comparison | null;
}

/** A field and what it is compared with; the field stands on the left, whatever the expression says. */
interface Comparison {
  field: FieldRead;
  operator: string;
  literal: unknown;
}

interface State {
  expression: string;
  reading: ExpressionReading;
  bound: ReadonlySet<string>;
}
