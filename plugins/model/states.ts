/** Glob nodes as a set of states: time is at most length of the value × number of states. */

export function compileStates(nodes: Node[]): Program {
  const states: State[] = [];
  const end = add({ type: 'end' });
  return { states, start: sequence(nodes, end) };

  function add(state: State): number {
    states.push(state);
    return states.length - 1;
  }

  function sequence(list: Node[], next: number): number {
    let after = next;
    for (const node of list.toReversed()) after = single(node, after);
    return after;
  }

  function single(node: Node, next: number): number {
    if (node.type === 'run') return add({ type: 'run', except: node.except, next });
    if (node.type === 'either')
      return add({ type: 'split', to: node.branches.map((branch) => sequence(branch, next)) });
    return add({ type: 'test', node, next });
  }
}

export function runStates(program: Program, value: string): boolean {
  let current = new Set<number>();
  enter(program, program.start, current);
  for (const char of value) {
    const next = new Set<number>();
    for (const index of current) {
      const state = program.states[index];
      if (state?.type === 'run' && !state.except.includes(char)) enter(program, index, next);
      else if (state?.type === 'test' && accepts(state.node, char)) enter(program, state.next, next);
    }
    if (next.size === 0) return false;
    current = next;
  }
  for (const index of current) if (program.states[index]?.type === 'end') return true;
  return false;
}

function enter(program: Program, index: number, into: Set<number>): void {
  if (into.has(index)) return;
  into.add(index);
  const state = program.states[index];
  if (state?.type === 'split') for (const to of state.to) enter(program, to, into);
  if (state?.type === 'run') enter(program, state.next, into);
}

function accepts(node: Test, char: string): boolean {
  if (node.type === 'char') return node.char === char;
  if (node.except.includes(char)) return false;
  if (node.type === 'one') return true;
  const code = char.codePointAt(0) ?? 0;
  const inside = node.ranges.some(
    ([low, high]) => code >= (low.codePointAt(0) ?? 0) && code <= (high.codePointAt(0) ?? 0),
  );
  return inside !== node.not;
}

type Test =
  | { type: 'char'; char: string }
  | { type: 'one'; except: string[] }
  | { type: 'class'; not: boolean; ranges: [string, string][]; except: string[] };
export type Node = Test | { type: 'run'; except: string[] } | { type: 'either'; branches: Node[][] };
type State =
  | { type: 'end' }
  | { type: 'split'; to: number[] }
  | { type: 'run'; except: string[]; next: number }
  | { type: 'test'; node: Test; next: number };
export interface Program {
  states: State[];
  start: number;
}
