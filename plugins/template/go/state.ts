/** What the execution of one template carries, and how it fails. */
import { TemplateError } from './errors.ts';
import type { FunctionTable } from './functions.ts';
import { type Command, type Operand, show, type Template } from './nodes.ts';
import type { GoValue } from './values.ts';

/**
 * `base` is the name that Argo CD gives the template; the column counts bytes of the line, from one where a
 * newline precedes.
 */
export function failure(state: State, what: string, isMissing = false): TemplateError {
  const node = state.at;
  if (node === null) return new TemplateError(`template: base: ${what}`, isMissing);
  const before = state.template.text.slice(0, node.offset);
  const line = before.split('\n').length;
  const column = Buffer.byteLength(before.slice(before.lastIndexOf('\n') + 1));
  const message = `template: base:${line}:${column}: executing "base" at <${show(node)}>: ${what}`;
  return new TemplateError(message, isMissing);
}

export type MissingKey = 'invalid' | 'zero' | 'error';

export interface State {
  template: Template;
  functions: FunctionTable;
  missingKey: MissingKey;
  variables: [string, GoValue][];
  output: string[];
  depth: number;
  /** What is being evaluated, for errors. */
  at: Operand | Command | null;
}
