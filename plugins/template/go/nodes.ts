/** The tree of a parsed template, and its text as Go's errors quote it. */
import type { GoValue } from './values.ts';

export function show(node: Operand | Command | Pipeline): string {
  switch (node.type) {
    case 'pipeline': {
      const names = node.variables.map((name) => name).join(', ');
      const head = names === '' ? '' : `${names} ${node.assigns ? '=' : ':='} `;
      return head + node.commands.map(show).join(' | ');
    }
    case 'command':
      return node.operands
        .map((operand) => (operand.type === 'pipeline' ? `(${show(operand)})` : show(operand)))
        .join(' ');
    case 'field':
      return `.${node.path.join('.')}`;
    case 'variable':
      return [node.name, ...node.path].join('.');
    case 'chain':
      return `${node.of.type === 'pipeline' ? `(${show(node.of)})` : show(node.of)}.${node.path.join('.')}`;
    case 'function':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'literal':
      return node.text;
  }
}

export type Operand =
  | { type: 'dot'; offset: number }
  | { type: 'nil'; offset: number }
  | { type: 'field'; path: string[]; offset: number }
  | { type: 'variable'; name: string; path: string[]; offset: number }
  | { type: 'chain'; of: Operand; path: string[]; offset: number }
  | { type: 'function'; name: string; offset: number }
  /** `fraction`: what a number literal is where a float is wanted. */
  | { type: 'literal'; value: GoValue; text: string; fraction?: number; offset: number }
  | Pipeline;

export interface Command {
  type: 'command';
  operands: Operand[];
  offset: number;
}

export interface Pipeline {
  type: 'pipeline';
  variables: string[];
  /** `=` and not `:=`. */
  assigns: boolean;
  commands: Command[];
  offset: number;
}

export type Node =
  /** `offset`: of its first character, in the template. */
  | { type: 'text'; text: string; offset: number }
  | { type: 'action'; pipeline: Pipeline }
  | {
      type: 'if' | 'with' | 'range';
      pipeline: Pipeline;
      body: Node[];
      otherwise: Node[] | null;
      offset: number;
    }
  | { type: 'template'; name: string; pipeline: Pipeline | null; offset: number }
  | { type: 'break' | 'continue' };

export interface Template {
  text: string;
  body: Node[];
  /** What `define` and `block` name. */
  named: Map<string, Node[]>;
}
