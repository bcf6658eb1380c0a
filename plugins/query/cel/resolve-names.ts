import { type ASTNode, comprehensions, nameFrom, safeMatches } from '../../cel/index.ts';
import { type SubjectKind, shownAs } from '../subjects/index.ts';
import { lookups } from './lookups.ts';

/**
 * Finds what an expression speaks of, and renames in the tree: names of a row to `$name`, so that none can
 * collide with CEL's types (`type`, `string`), and to `?name` where the author allows for absence
 * (`has(spec.x)`, `spec.?x`).
 */
export function resolveNames(root: ASTNode, scope: NameScope): Names {
  const names: Names = { nodes: [], unknown: [], paths: [], guards: [], calls: [] };
  walk(root, { scope, names, bound: new Map(), lenient: false, isOperand: false });
  return names;
}

function walk(node: ASTNode, state: State): void {
  state.names.nodes.push(node);
  const strict = { ...state, lenient: false, isOperand: takesTexts.has(node.op) };
  switch (node.op) {
    case 'value':
      return;
    case 'id':
      identifier(node, state);
      return;
    case '.':
    case '[]':
      access(node, strict);
      return;
    case '.?':
    case '[?]':
      guard(node, strict);
      walk(node.args[0], { ...state, lenient: true });
      if (node.op === '[?]') walk(node.args[1], strict);
      return;
    case 'call':
      call(node.args[0], node.args[1], node, strict);
      return;
    case 'rcall':
      method(node, strict);
      return;
    case 'map':
      for (const [key, value] of node.args) {
        walk(key, strict);
        walk(value, strict);
      }
      return;
    case '!_':
    case '-_':
      walk(node.args, strict);
      return;
    default:
      for (const child of node.args) walk(child, strict);
  }
}

function identifier(node: Extract<ASTNode, { op: 'id' }>, state: State): void {
  const { scope, names, bound, lenient, isOperand } = state;
  if (bound.has(node.args)) return;
  const name = nameFrom(node.args);
  if (scope.names.has(name)) rename(node, `${lenient ? '?' : '$'}${name}`);
  // By itself `type` is CEL's own, and more likely the column of a table that is called so.
  else if (!scope.constants.has(name) || (scope.row !== null && shownAs(scope.row, name) !== undefined))
    names.unknown.push({ name, start: node.start, end: node.end, isOperand });
}

/**
 * A chain of fields: its root decides whose fields they are; parts inside `[…]` are expressions of their own.
 */
function access(node: ASTNode, state: State): void {
  const found = chainOf(node, state);
  if (found !== undefined) state.names.paths.push(found);
  let current: ASTNode = node;
  while (current.op === '.' || current.op === '[]') {
    if (current !== node) state.names.nodes.push(current);
    if (current.op === '[]') walk(current.args[1], { ...state, isOperand: true });
    current = current.args[0];
  }
  walk(current, state);
}

/**
 * The keys that `has(…)`, `.?` or `in` allow to be absent: paths that begin so are not held against the
 * model.
 */
function guard(node: ASTNode, state: State): void {
  const found = chainOf(node, state);
  if (found !== undefined) state.names.guards.push(found);
}

function call(name: string, args: ASTNode[], node: ASTNode, state: State): void {
  const [argument] = args;
  if (name === 'has' && args.length === 1 && argument !== undefined) {
    guard(argument, state);
    let root = argument;
    while (root.op === '.' || root.op === '.?') root = root.args[0];
    if (root.op === 'id') walk(root, { ...state, lenient: true });
    return;
  }
  state.names.calls.push({ name, method: false, node });
  for (const one of args) walk(one, { ...state, isOperand: true });
}

function method(node: Extract<ASTNode, { op: 'rcall' }>, state: State): void {
  const [name, receiver, args] = node.args;
  const [variable] = args;
  if (variable?.op === 'id' && name === 'bind' && receiver.op === 'id' && receiver.args === 'cel') {
    const [, value, body] = args;
    if (value) walk(value, state);
    if (body) walk(body, { ...state, bound: new Map([...state.bound, [variable.args, null]]) });
    return;
  }
  walk(receiver, state.lenient ? state : { ...state });
  if (variable?.op === 'id' && args.length > 1 && comprehensions.has(name)) {
    const bound = new Map([...state.bound, [variable.args, elementsOf(receiver, state)]]);
    for (const body of args.slice(1)) walk(body, { ...state, bound });
    return;
  }
  state.names.calls.push({ name, method: true, node });
  if (name === 'matches') node.args[0] = safeMatches;
  for (const one of args) walk(one, { ...state, isOperand: true });
}

/** Kind of the elements of a list: of a model's list itself, or of one that was filtered. */
function elementsOf(node: ASTNode, state: State): SubjectKind | null {
  if (node.op === 'id') return state.scope.lists[originalName(node.args)] ?? null;
  if (node.op === 'rcall' && node.args[0] === 'filter') return elementsOf(node.args[1], state);
  return null;
}

/** The path below a row, a row of a model's list, or what a look-up gives; undefined for anything else. */
function chainOf(node: ASTNode, { scope, bound }: State): Path | undefined {
  const segments: Segment[] = [];
  let current = node;
  while (current.op === '.' || current.op === '[]' || current.op === '.?' || current.op === '[?]') {
    const [left, right] = current.args;
    let key: unknown;
    if (typeof right === 'string') key = right;
    else if (right.op === 'value') key = right.args;
    const index = typeof key === 'bigint' ? Number(key) : key;
    // What comes after a computed key cannot be known: the chain counts up to there.
    if (typeof index !== 'string' && typeof index !== 'number') segments.length = 0;
    else
      segments.unshift({
        key: index,
        start: typeof right === 'string' ? current.end - right.length : right.start,
        end: current.end,
      });
    current = left;
  }
  if (current.op === 'id') {
    const name = originalName(current.args);
    const kind = bound.get(current.args);
    if (kind) return { kind, segments };
    if (bound.has(current.args) || scope.row === null || !scope.names.has(name)) return undefined;
    return {
      kind: scope.row,
      segments: [{ key: name, start: current.start, end: current.end }, ...segments],
    };
  }
  const kind = current.op === 'call' ? lookups[current.args[0]] : undefined;
  return kind === undefined ? undefined : { kind, segments };
}

/** A name as the author wrote it. */
function originalName(name: string): string {
  return nameFrom(name.replace(/^[$?]/, ''));
}

function rename(node: Extract<ASTNode, { op: 'id' }>, name: string): void {
  (node as { args: string }).args = name;
}

const takesTexts = new Set(['==', '!=', 'in', 'list']);

/** What an expression may name. */
export interface NameScope {
  /** Kind of the row that it is about; null for a value of the whole model. */
  row: SubjectKind | null;
  /** Top-level names that have a value. */
  names: ReadonlySet<string>;
  /** Names of CEL itself: types, `cel`, `optional`. */
  constants: ReadonlySet<string>;
  /** Kind of the elements of the model's lists. */
  lists: Readonly<Record<string, SubjectKind | undefined>>;
}

export interface Names {
  nodes: ASTNode[];
  /**
   * Names that there are not; an operand stands where a text may: compared, in a list, given to a function.
   */
  unknown: { name: string; start: number; end: number; isOperand: boolean }[];
  /** Keys that the expression takes for granted. */
  paths: Path[];
  /** Keys whose absence it allows for. */
  guards: Path[];
  calls: { name: string; method: boolean; node: ASTNode }[];
}

export interface Path {
  kind: SubjectKind;
  segments: Segment[];
}
interface Segment {
  key: string | number;
  start: number;
  end: number;
}

interface State {
  scope: NameScope;
  names: Names;
  bound: ReadonlyMap<string, SubjectKind | null>;
  lenient: boolean;
  isOperand: boolean;
}
