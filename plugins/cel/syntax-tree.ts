/** What an expression is made of, as the engine parses it. */
import type { ASTNode } from '@marcbachmann/cel-js';

export { type ASTNode, serialize } from '@marcbachmann/cel-js';

/** A part that gives a name to something: `list.filter(x, …)`, `cel.bind(x, value, …)`. */
export function bindingOf(node: ASTNode): Binding | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, receiver, [variable, ...bodies]] = node.args;
  if (variable?.op !== 'id' || bodies.length === 0) return undefined;
  const isBind = name === 'bind' && receiver.op === 'id' && receiver.args === 'cel';
  if (isBind) return { name, variable: variable.args, over: bodies[0] ?? null, bodies: bodies.slice(1) };
  return comprehensions.has(name) ? { name, variable: variable.args, over: receiver, bodies } : undefined;
}

export function childrenOf(node: ASTNode): ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall': {
      const [, receiver, args] = node.args;
      return receiver.op === 'id' && ['cel', 'optional'].includes(receiver.args) ? args : [receiver, ...args];
    }
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** Methods whose first argument names what the others are asked of. */
export const comprehensions: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

export interface Binding {
  name: string;
  variable: string;
  /** What is gone through, or bound. */
  over: ASTNode | null;
  bodies: ASTNode[];
}
