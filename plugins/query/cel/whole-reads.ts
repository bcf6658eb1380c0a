import { type ASTNode, bindingOf, childrenOf, nameFrom, parseExpression } from '../../cel/index.ts';
import { lookups } from './lookups.ts';

/**
 * The chains such as `spec.template.metadata` of expressions: what each ends with is taken whole, whatever it
 * holds. Of `spec.containers.all(c, c.image != '')` that is `spec.containers.image`, as nothing else of a
 * container counts.
 * @param lists names of lists of rows.
 */
export function wholeReads(expressions: readonly string[], lists: ReadonlySet<string>): Chain[] {
  const found: Chain[] = [];
  for (const expression of expressions) {
    const root = parseExpression(expression);
    if (root !== undefined) visit(root, { found, lists, bound: new Map() });
  }
  return found.filter(({ keys }) => keys.length > 0);
}

/** Whether a chain takes the value that these keys lead to, something that it is part of, or a part of it. */
export function takes({ keys, isRow }: Chain, path: readonly string[]): boolean {
  const agree = (from: number) =>
    keys.slice(0, path.length - from).every((key, index) => key === path[from + index]);
  if (isRow) return agree(0) || (ofMetadata.has(keys[0] ?? '') && path[0] === 'metadata' && agree(1));
  return path.some((_key, from) => agree(from));
}

function visit(node: ASTNode, state: State): void {
  const chain = heldKey(node, state) ?? chainOf(node, state);
  if (chain !== undefined) {
    state.found.push(chain);
    // What a chain begins with, and keys that are worked out.
    for (let inner: ASTNode | undefined = node; inner !== undefined; inner = receiverOf(inner)) {
      if (inner.op === '[]' || inner.op === '[?]') visit(inner.args[1], state);
      if (inner.op === 'call') for (const child of childrenOf(inner)) visit(child, state);
    }
    return;
  }
  const receiver = receiverOf(node);
  if (receiver !== undefined) state.found.push({ keys: keysFrom(node), isRow: false });
  const binding = bindingOf(node);
  if (binding === undefined) {
    for (const child of childrenOf(node)) visit(child, state);
    return;
  }
  const over = binding.over === null ? undefined : chainOf(binding.over, state);
  if (binding.over !== null && over === undefined) visit(binding.over, state);
  const bound = new Map(state.bound).set(binding.variable, over ?? selectedOf(binding.over, state));
  for (const body of binding.bodies) visit(body, { ...state, bound });
}

/** Of `'key' in data` the key, as the others do not matter; of a list it is the list and more. */
function heldKey(node: ASTNode, state: State): Chain | undefined {
  if (node.op !== 'in') return undefined;
  const [key, map] = node.args;
  const chain = key.op === 'value' && typeof key.args === 'string' ? chainOf(map, state) : undefined;
  if (chain === undefined || chain.isOpen || chain.keys.length === 0) return undefined;
  return { ...chain, keys: [...chain.keys, String(key.args)] };
}

/** Undefined for what is none, or begins with what is worked out. */
function chainOf(node: ASTNode, state: State): Chain | undefined {
  if (node.op === 'id') {
    if (state.bound.has(node.args)) return state.bound.get(node.args);
    return { keys: state.lists.has(node.args) ? [] : [nameFrom(node.args)], isRow: true };
  }
  if (node.op === 'call') return lookups[node.args[0]] === undefined ? undefined : { keys: [], isRow: true };
  const receiver = receiverOf(node);
  const chain = receiver && chainOf(receiver, state);
  if (chain === undefined || chain.isOpen) return chain;
  const key = node.op === '[]' || node.op === '[?]' ? node.args[1] : undefined;
  return {
    ...chain,
    keys: [...chain.keys, ...keysFrom(node)],
    isOpen: key !== undefined && key.op !== 'value',
  };
}

/** Of `x.filter(…)` what it selects from. */
function selectedOf(node: ASTNode | null, state: State): Chain {
  const binding = node === null ? undefined : bindingOf(node);
  if (binding?.name !== 'filter' || binding.over === null) return { keys: [], isRow: false };
  return chainOf(binding.over, state) ?? selectedOf(binding.over, state);
}

/** None for a position. */
function keysFrom(node: ASTNode): string[] {
  if (node.op === '.' || node.op === '.?') return [node.args[1]];
  const key = node.op === '[]' || node.op === '[?]' ? node.args[1] : undefined;
  return key?.op === 'value' && typeof key.args === 'string' ? [key.args] : [];
}

function receiverOf(node: ASTNode): ASTNode | undefined {
  return node.op === '.' || node.op === '.?' || node.op === '[]' || node.op === '[?]'
    ? node.args[0]
    : undefined;
}

/** Names of a row that stand under `metadata` in the manifest. */
const ofMetadata = new Set(['labels', 'annotations']);

export interface Chain {
  keys: string[];
  /** True where it begins at a row; else anywhere in one. */
  isRow: boolean;
  /** True where a key follows that is worked out, which may be any. */
  isOpen?: boolean;
}

interface State {
  found: Chain[];
  lists: ReadonlySet<string>;
  /** What the elements of each variable are taken of. */
  bound: ReadonlyMap<string, Chain>;
}
