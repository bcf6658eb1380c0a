import { type ASTNode, bindingOf, childrenOf, parseExpression, serialize } from '../../cel/index.ts';
import { lookups } from './lookups.ts';

/**
 * What an expression reads of the whole model: of each list the elements that count, and what is looked up by
 * name. Every key that it asks for is told, so that one may see whether it reads a field that is not known
 * for sure.
 */
export function modelReads(expression: string, lists: ReadonlySet<string>): ModelReads {
  const reads: ModelReads = { lists: [], lookups: [], keys: new Set() };
  const root = parseExpression(expression);
  if (root !== undefined) visit(root, { lists, reads, bound: new Set() });
  return reads;
}

function visit(node: ASTNode, state: State): void {
  const { reads, bound } = state;
  const selection = listIn(node, state);
  if (selection !== undefined) reads.lists.push({ ...selection, unless: null });
  noteKeys(node, reads);
  if (node.op === 'call' && lookups[node.args[0]] !== undefined) {
    const [argument] = node.args[1];
    const text = argument?.op === 'value' && typeof argument.args === 'string' ? argument.args : null;
    reads.lookups.push({ name: node.args[0], argument: text });
  }
  const binding = bindingOf(node);
  if (binding === undefined) {
    for (const child of selection === undefined ? childrenOf(node) : []) visit(child, state);
    return;
  }
  const inside = { ...state, bound: new Set([...bound, binding.variable]) };
  for (const body of binding.bodies) visit(body, inside);
  const over = binding.over === null ? undefined : listIn(binding.over, state);
  const [test] = binding.bodies;
  if (over === undefined || test === undefined) {
    if (binding.over !== null) visit(binding.over, state);
    return;
  }
  // Of a selection the parts that it was made of are told with it; what they speak of is not passed over.
  if (selection === undefined) {
    const own = aboutRow(test, binding.variable);
    const isTest = ['exists', 'exists_one'].includes(binding.name) || binding.bodies.length > 1;
    if (binding.name === 'all') reads.lists.push({ ...over, unless: own });
    else reads.lists.push({ ...over, tests: isTest ? [...over.tests, own] : over.tests, unless: null });
  }
  if (binding.over !== null && binding.over.op !== 'id') visitBodies(binding.over, state);
}

/** Inside a chain of `filter`s: the conditions alone, as the list is told already. */
function visitBodies(node: ASTNode, state: State): void {
  const binding = bindingOf(node);
  if (binding === undefined) return;
  for (const body of binding.bodies)
    visit(body, { ...state, bound: new Set([...state.bound, binding.variable]) });
  if (binding.over !== null) visitBodies(binding.over, state);
}

/** A list of the model, or what `filter` leaves of one. */
function listIn(node: ASTNode, { lists, bound }: State): Omit<ListRead, 'unless'> | undefined {
  if (node.op === 'id')
    return lists.has(node.args) && !bound.has(node.args) ? { list: node.args, tests: [] } : undefined;
  const binding = bindingOf(node);
  if (binding?.name !== 'filter' || binding.over === null) return undefined;
  const over = listIn(binding.over, { lists, bound, reads: { lists: [], lookups: [], keys: new Set() } });
  const [test] = binding.bodies;
  return over && test ? { ...over, tests: [...over.tests, aboutRow(test, binding.variable)] } : undefined;
}

/**
 * A condition about `x.kind` as one about the row's `kind`. What it takes from elsewhere gets a name that no
 * row has.
 */
function aboutRow(node: ASTNode, variable: string): string {
  return serialize(rewritten(node, variable, new Set()));
}

function rewritten(node: ASTNode, variable: string, bound: ReadonlySet<string>): ASTNode {
  const again = (child: ASTNode, inside = bound) => rewritten(child, variable, inside);
  const named = (name: string) => ({ ...node, op: 'id', args: name }) as ASTNode;
  if (node.op === 'id') return bound.has(node.args) ? node : named(elsewhere);
  if ((node.op === '.' || node.op === '[]') && node.args[0].op === 'id' && node.args[0].args === variable) {
    const key = node.op === '.' ? node.args[1] : node.args[1].op === 'value' ? node.args[1].args : null;
    return named(typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key) ? key : elsewhere);
  }
  const binding = bindingOf(node);
  if (binding !== undefined && node.op === 'rcall') {
    const [name, receiver, [first, ...others]] = node.args;
    const inside = new Set([...bound, binding.variable]);
    const isBind = name === 'bind';
    const bodies = others.map((body, index) => again(body, isBind && index === 0 ? bound : inside));
    return { ...node, args: [name, isBind ? receiver : again(receiver), [first, ...bodies]] } as ASTNode;
  }
  switch (node.op) {
    case 'value':
      return node;
    case '.':
    case '.?':
      return { ...node, args: [again(node.args[0]), node.args[1]] } as ASTNode;
    case 'call':
      return { ...node, args: [node.args[0], node.args[1].map((one) => again(one))] } as ASTNode;
    case 'rcall': {
      const [name, receiver, args] = node.args;
      return { ...node, args: [name, again(receiver), args.map((one) => again(one))] } as ASTNode;
    }
    case 'map':
      return { ...node, args: node.args.map((pair) => pair.map((one) => again(one))) } as ASTNode;
    case '!_':
    case '-_':
      return { ...node, args: again(node.args) } as ASTNode;
    default:
      return { ...node, args: node.args.map((one) => again(one)) } as ASTNode;
  }
}

function noteKeys(node: ASTNode, { keys }: ModelReads): void {
  if (node.op === '.' || node.op === '.?') keys.add(node.args[1]);
  if ((node.op === '[]' || node.op === '[?]') && node.args[1].op === 'value')
    keys.add(String(node.args[1].args));
}

const elsewhere = '_elsewhere';

export interface ModelReads {
  lists: ListRead[];
  lookups: { name: string /** Null where it is worked out. */; argument: string | null }[];
  /** Every key that is asked of anything. */
  keys: Set<string>;
}

/** Elements of a list that the expression's value rests on. */
interface ListRead {
  list: string;
  /** Conditions about the element, in the names of its row; all that hold leave it in. */
  tests: string[];
  /** A condition that must hold of all of them; null where it is not that which is asked. */
  unless: string | null;
}

interface State {
  lists: ReadonlySet<string>;
  reads: ModelReads;
  bound: ReadonlySet<string>;
}
